"""Converting apps: several at once, what is left out, and what is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from migrator.commands.assessment import Assessment
from migrator.commands.assessment import _read as read_resource
from migrator.commands.convert import Request, convert
from migrator.commands.scan import scan
from migrator.core.errors import UsageError
from migrator.core.finding import Finding
from migrator.engine.category import Category
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Resource
from migrator.gen1.project import App, discover
from migrator.output.manifest import read_manifest


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def function(root: Path, name: str, runtime: str) -> None:
    """A function as the CLI lays it out."""
    folder = root / "amplify/backend/function" / name
    properties = {"Runtime": runtime, "Handler": "index.handler", "Timeout": 25}
    resource = {"Type": "AWS::Lambda::Function", "Properties": properties}
    write(folder / f"{name}-cloudformation-template.json", {"Resources": {"LambdaFunction": resource}})
    write(folder / "src/index.js", "exports.handler = async () => ({});\n")


def project(root: Path, **runtimes: str) -> Path:
    index = {"function": {name: {"service": "Lambda", "build": True} for name in runtimes}}
    write(root / "amplify/backend/backend-config.json", index)
    for name, runtime in runtimes.items():
        function(root, name, runtime)
    return root


def told(found: tuple[Finding, ...], resource: str) -> bool:
    return any(str(one.resource) == resource for one in found)


def test_what_cannot_be_converted_is_told_with_the_conversion(tmp_path: Path) -> None:
    project(tmp_path / "app", snake="python3.8", bell="nodejs18.x")
    (done,) = convert(Request(tmp_path / "app", tmp_path / "out"))
    assert told(done.findings, "function/snake")


def test_what_cannot_be_converted_is_in_the_notes(tmp_path: Path) -> None:
    project(tmp_path / "app", snake="python3.8", bell="nodejs18.x")
    convert(Request(tmp_path / "app", tmp_path / "out"))
    assert "function/snake" in (tmp_path / "out/MIGRATION.md").read_text(encoding="utf-8")


def test_what_cannot_be_converted_is_not_in_the_backend(tmp_path: Path) -> None:
    project(tmp_path / "app", snake="python3.8", bell="nodejs18.x")
    convert(Request(tmp_path / "app", tmp_path / "out"))
    assert "snake" not in (tmp_path / "out/amplify/features.ts").read_text(encoding="utf-8")


def test_findings_are_told_once_and_heaviest_first(tmp_path: Path) -> None:
    project(tmp_path / "app", snake="python3.8", bell="nodejs18.x")
    (done,) = convert(Request(tmp_path / "app", tmp_path / "out"))
    ranks = [one.severity.rank for one in done.findings]
    assert ranks == sorted(ranks)
    assert len(set(done.findings)) == len(done.findings)


def test_scanned_findings_are_told_once_and_heaviest_first(tmp_path: Path) -> None:
    project(tmp_path / "one", snake="python3.8")
    project(tmp_path / "two", snake="python3.8")
    found = scan(tmp_path).findings
    ranks = [one.severity.rank for one in found]
    assert ranks == sorted(ranks)
    assert len(set(found)) == len(found)


def test_several_apps_get_a_folder_each(tmp_path: Path) -> None:
    project(tmp_path / "all/one", bell="nodejs18.x")
    project(tmp_path / "all/two", horn="nodejs18.x")
    done = convert(Request(tmp_path / "all", tmp_path / "out"))
    assert sorted(one.folder.relative_to(tmp_path).as_posix() for one in done) == ["out/one", "out/two"]
    assert (tmp_path / "out/two/amplify/function/horn/resource.ts").exists()


def test_one_app_of_several_can_be_chosen(tmp_path: Path) -> None:
    project(tmp_path / "all/one", bell="nodejs18.x")
    project(tmp_path / "all/two", horn="nodejs18.x")
    (done,) = convert(Request(tmp_path / "all", tmp_path / "out", app="two"))
    assert done.app == "two"
    assert not (tmp_path / "out/amplify/function/bell").exists()


def test_a_choice_that_one_of_several_apps_lacks_leaves_nothing_behind(tmp_path: Path) -> None:
    project(tmp_path / "all/one", bell="nodejs18.x")
    write(tmp_path / "all/two/amplify/backend/backend-config.json", {})
    with pytest.raises(UsageError, match="no function"):
        convert(Request(tmp_path / "all", tmp_path / "out", ("function",)))
    assert not (tmp_path / "out").exists()


def test_apps_of_one_name_do_not_share_a_folder(tmp_path: Path) -> None:
    project(tmp_path / "all/a/web", bell="nodejs18.x")
    project(tmp_path / "all/b/web", horn="nodejs18.x")
    done = convert(Request(tmp_path / "all", tmp_path / "out"))
    assert len({one.folder for one in done}) == 2


def test_choices_are_remembered_for_later_slices(tmp_path: Path) -> None:
    project(tmp_path / "app", bell="nodejs18.x")
    convert(Request(tmp_path / "app", tmp_path / "out", branch_map={"prod": "main"}, api_id="abc"))
    convert(Request(tmp_path / "app", tmp_path / "out"))
    kept = read_manifest(tmp_path / "out").options
    assert (kept.branch_map, kept.api_id) == ({"prod": "main"}, "abc")


def test_a_new_choice_of_a_branch_joins_the_earlier_ones(tmp_path: Path) -> None:
    project(tmp_path / "app", bell="nodejs18.x")
    convert(Request(tmp_path / "app", tmp_path / "out", branch_map={"prod": "main", "dev": "one"}))
    convert(Request(tmp_path / "app", tmp_path / "out", branch_map={"dev": "two"}))
    assert read_manifest(tmp_path / "out").options.branch_map == {"prod": "main", "dev": "two"}


def with_map(root: Path) -> Path:
    project(root, bell="nodejs18.x")
    index = {"function": {"bell": {"service": "Lambda"}}, "geo": {"world": {"service": "Map"}}}
    write(root / "amplify/backend/backend-config.json", index)
    return root


def test_resources_that_no_converter_is_for_are_in_the_notes(tmp_path: Path) -> None:
    convert(Request(with_map(tmp_path / "app"), tmp_path / "out"))
    assert "geo/world" in (tmp_path / "out/MIGRATION.md").read_text(encoding="utf-8")


def test_a_scan_of_some_features_lists_their_resources_only(tmp_path: Path) -> None:
    found = scan(with_map(tmp_path), features=("function",))
    assert [str(one.ref) for one in found.resources] == ["function/bell"]
    assert not told(found.findings, "geo/world")


def test_the_project_as_a_whole_is_part_of_every_slice(tmp_path: Path) -> None:
    one = Assessment(discover(project(tmp_path, bell="nodejs18.x")).apps[0])
    one.narrow(frozenset())
    assert one.whole
    assert one.context.selection == one.whole


def test_a_reader_that_throws_leaves_its_resource_with_every_setting_a_gap(tmp_path: Path) -> None:
    def throws(entry: Entry, app: App) -> Resource:
        raise ZeroDivisionError("no such luck")

    app = discover(project(tmp_path, bell="nodejs18.x")).apps[0]
    found = read_resource(app.entries[0], app, Category(name="function", nodes=(), read=throws))
    assert [one.rule for one in found.findings] == ["GEN006"]
    assert found.documents
    assert not found.convertible
