"""How large functions are, against Lambda's limit and against what they are made of."""

from __future__ import annotations

import zipfile
from pathlib import Path

from migrator.verify.functions import Function
from migrator.verify.results import Detail
from migrator.verify.sizes import LARGE_BYTES, LIMIT, size_details, unzipped_size
from migrator.verify.workspace import Mode, Workspace
from tests.verify.projects import write

MEGABYTE = 1_000_000


def holding(file: Path, size: int) -> None:
    """A file of that size, which takes no room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        opened.truncate(size)


def function(root: Path, bundle: int, packages: dict[str, int] | None = None, *, source: str = "") -> Function:
    """A function with a bundle of that size, and with this source."""
    entry = Workspace(root).app(Mode.BRANCH) / "amplify" / "function" / "hello" / "index.js"
    write(entry.parent, {"index.js": source or "export const handler = () => 1;"})
    folder = root / "out" / "asset"
    holding(folder / "index.mjs", bundle)
    return Function("hello", "nodejs20.x", "index.handler", folder, "", {}, False, (entry,), packages or {})


def told(function: Function, root: Path) -> list[Detail]:
    return list(size_details(function, Workspace(root)))


def package(root: Path, name: str, size: int, needs: str = "{}") -> None:
    place = Workspace(root).app(Mode.BRANCH) / "node_modules" / name
    write(place, {"package.json": f'{{"name": "{name}", "dependencies": {needs}}}'})
    holding(place / "index.js", size)


def test_a_bundle_of_its_own_sources_is_nothing_to_tell(tmp_path: Path) -> None:
    made = function(tmp_path, 3 * MEGABYTE)
    holding(made.sources[0].with_name("words.json"), 2 * MEGABYTE)
    assert told(made, tmp_path) == []


def test_a_small_bundle_is_nothing_to_tell_whatever_it_holds(tmp_path: Path) -> None:
    assert told(function(tmp_path, LARGE_BYTES), tmp_path) == []


def test_a_bundle_of_packages_that_its_sources_name_is_nothing_to_tell(tmp_path: Path) -> None:
    package(tmp_path, "named", MEGABYTE, '{"deeper": "1"}')
    package(tmp_path, "deeper", 20 * MEGABYTE)
    held = {"named": MEGABYTE, "deeper": 19 * MEGABYTE}
    made = function(tmp_path, 20 * MEGABYTE, held, source="import { one } from 'named/lib';")
    assert told(made, tmp_path) == []


def test_a_package_that_lambda_brings_makes_no_room_for_others(tmp_path: Path) -> None:
    package(tmp_path, "@aws-sdk/client-s3", 90 * MEGABYTE)
    package(tmp_path, "aws-cdk-lib", 60 * MEGABYTE)
    package(tmp_path, "..", 0, '{"aws-cdk-lib": "2"}')  # the project's own package.json
    source = "import { S3Client } from '@aws-sdk/client-s3'; import(`../shared/${name}.js`);"
    (one,) = told(function(tmp_path, 60 * MEGABYTE, {"aws-cdk-lib": 60 * MEGABYTE}, source=source), tmp_path)
    assert one.message.endswith("the largest packages in it: aws-cdk-lib 60.0 MB")


def test_a_bundle_with_more_than_that_is_a_warning_with_numbers(tmp_path: Path) -> None:
    package(tmp_path, "named", 2 * MEGABYTE)
    package(tmp_path, "aws-cdk-lib", 180 * MEGABYTE)
    held = {"named": 2 * MEGABYTE, "aws-cdk-lib": 180 * MEGABYTE}
    (one,) = told(function(tmp_path, 201 * MEGABYTE, held, source="require('named'); require(x);"), tmp_path)
    assert one.severity == "warning"
    assert one.message == (
        "its bundle has 201.0 MB, its own sources 0.000 MB, and what it holds of packages that these name 2.0 MB; "
        "the largest packages in it: aws-cdk-lib 180.0 MB"
    )


def test_source_maps_do_not_make_a_bundle_remarkable(tmp_path: Path) -> None:
    made = function(tmp_path, 1_000)
    holding(tmp_path / "out" / "asset" / "index.mjs.map", 5 * MEGABYTE)
    assert told(made, tmp_path) == []


def test_a_function_over_lambdas_limit_is_an_error(tmp_path: Path) -> None:
    (one,) = told(function(tmp_path, LIMIT + 1, {"aws-cdk-lib": 180 * MEGABYTE}), tmp_path)
    assert (one.severity, one.subject) == ("error", "hello")
    assert one.message == (
        "it has 262.1 MB unzipped, and Lambda takes at most 262.1 MB, layers included; "
        "the largest packages in it: aws-cdk-lib 180.0 MB"
    )


def test_a_function_up_to_the_limit_is_none(tmp_path: Path) -> None:
    assert [one.severity for one in told(function(tmp_path, LIMIT), tmp_path)] == ["warning"]


def test_an_archive_counts_as_what_it_holds(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "code.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "a" * 5_000)
        archive.writestr("b.txt", "b" * 5_000)
    assert unzipped_size(tmp_path / "code.zip") == 10_000
