"""Which packages the functions need."""

from __future__ import annotations

import json
from pathlib import Path

from migrator.node.npm import explain_failure
from migrator.node.packages import FunctionPackages, MissingPackage, failing_packages, prepare_packages, wanted_packages
from migrator.node.runtime import Node
from migrator.node.toolchain import Toolchain


def project(folder: Path, dependencies: dict[str, str], source: str, **sections: dict[str, str]) -> Path:
    function = folder / "amplify" / "function" / "hello"
    function.mkdir(parents=True)
    (function / "index.js").write_text(source)
    (folder / "package.json").write_text(json.dumps({"dependencies": dependencies, **sections}))
    return folder


def toolchain(folder: Path, *, own: bool = False) -> Toolchain:
    return Toolchain(Node("node", "20.0.0"), folder, own, {})


def test_a_package_that_a_function_requires_is_wanted(tmp_path: Path) -> None:
    assert wanted_packages(project(tmp_path, {"express": "^4"}, "require('express')")) == {"express": "^4"}


def test_a_path_inside_a_scoped_package_counts(tmp_path: Path) -> None:
    assert wanted_packages(project(tmp_path, {"@a/b": "1.0.0"}, 'import x from "@a/b/dist/x"')) == {"@a/b": "1.0.0"}


def test_a_package_of_the_front_end_is_not_wanted(tmp_path: Path) -> None:
    assert wanted_packages(project(tmp_path, {"react": "^18"}, "require('express')")) == {}


def test_a_package_that_is_not_listed_is_not_wanted(tmp_path: Path) -> None:
    assert wanted_packages(project(tmp_path, {}, "require('express')")) == {}


def test_development_dependencies_count(tmp_path: Path) -> None:
    folder = project(tmp_path, {}, "require('nanoid')", devDependencies={"nanoid": "^5"})
    assert wanted_packages(folder) == {"nanoid": "^5"}


def test_what_the_tools_bring_is_not_installed_twice(tmp_path: Path) -> None:
    assert wanted_packages(project(tmp_path, {"aws-cdk-lib": "^2"}, "import 'aws-cdk-lib'")) == {}


def test_a_package_json_that_cannot_be_read_wants_nothing(tmp_path: Path) -> None:
    folder = project(tmp_path, {}, "require('express')")
    (folder / "package.json").write_text("{")
    assert wanted_packages(folder) == {}


def test_a_package_outside_the_registry_is_reported_by_name(tmp_path: Path) -> None:
    folder = project(tmp_path, {"mine": "file:../mine"}, "require('mine')")
    found = prepare_packages(folder, toolchain(tmp_path), install=True, progress=print)
    assert [(package.name, package.spec) for package in found.missing] == [("mine", "file:../mine")]


def test_nothing_is_downloaded_unasked(tmp_path: Path) -> None:
    folder = project(tmp_path, {"express": "^4"}, "require('express')")
    found = prepare_packages(folder, toolchain(tmp_path), install=False, progress=print)
    assert found.missing == (MissingPackage("express", "^4", "it is not installed, and downloads were not allowed"),)


def test_a_project_with_its_own_packages_needs_none(tmp_path: Path) -> None:
    folder = project(tmp_path, {"express": "^4"}, "require('express')")
    found = prepare_packages(folder, toolchain(tmp_path, own=True), install=False, progress=print)
    assert found == FunctionPackages()


def test_npm_blames_the_package_that_does_not_exist() -> None:
    failure = explain_failure("npm error code E404\nnpm error 404  'bad@^1' is not in this registry.\n")
    assert failing_packages(failure, {"bad": "^1", "good": "^1"}) == ("bad",)


def test_a_name_inside_another_name_is_not_blamed() -> None:
    failure = explain_failure("npm error code ETARGET\nnpm error notarget No matching version found for @x/bad@^9.\n")
    assert failing_packages(failure, {"bad": "^1", "@x/bad": "^9"}) == ("@x/bad",)


def test_no_package_is_blamed_for_the_network() -> None:
    failure = explain_failure("npm error code ECONNREFUSED\nnpm error request to bad@^1 failed\n")
    assert failing_packages(failure, {"bad": "^1"}) == ()
