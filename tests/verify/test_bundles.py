"""Bundles, written by hand and loaded by the real Node; no synth needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from migrator.node.process import Processes
from migrator.node.runtime import Node
from migrator.verify.bundles import check_bundles
from migrator.verify.functions import Function, bundle_file, export_name
from migrator.verify.results import CheckResult, Detail, Status
from migrator.verify.workspace import Workspace

pytestmark = pytest.mark.node
HANDLER = "export const handler = async () => 1;"
Load = Callable[..., CheckResult]


def function(**other: Any) -> Function:
    given = {"name": "hello", "runtime": "nodejs20.x", "handler": "index.handler", "folder": None, "inline": ""}
    rest = {"environment": {}, "layers": False, "sources": (), "packages": {}}
    return Function(**{**given, **rest, **other})


@pytest.fixture
def load(node: Node, tmp_path: Path) -> Load:
    """Loads one bundle `name` (index.mjs unless said) with the given text."""

    def load(text: str, *, name: str = "index.mjs", limit: float = 20.0, **other: Any) -> CheckResult:
        workspace = Workspace(tmp_path)
        workspace.home.mkdir()
        folder = tmp_path / "out" / "asset"
        folder.mkdir(parents=True)
        (folder / name).write_text(text)
        with Processes() as processes:
            return check_bundles([function(**{"folder": folder, **other})], node, workspace, processes, limit)

    return load


def only(result: CheckResult) -> Detail:
    (detail,) = result.details
    return detail


def test_a_module_that_exports_its_handler_passes(load: Load) -> None:
    assert load(HANDLER).status is Status.PASSED


def test_a_commonjs_file_that_exports_its_handler_passes(load: Load) -> None:
    assert load("Object.assign(exports, { handler: () => 1 })", name="index.js").status is Status.PASSED


def test_commonjs_in_a_module_file_is_told_with_its_error(load: Load) -> None:
    result = load("exports.handler = () => 1;")
    assert only(result).message.startswith("throws while it loads: ReferenceError: exports is not defined")


def test_a_bundle_without_the_handler_fails_and_says_what_it_exports(load: Load) -> None:
    assert only(load("export const main = 1;")).message == "does not export handler (it exports main)"


def test_a_default_export_is_no_handler(load: Load) -> None:
    result = load("export default { handler: () => 1 };")
    assert only(result).message == "does not export handler (it exports default)"


def test_a_handler_must_be_a_function(load: Load) -> None:
    assert only(load("export const handler = {};")).message == "exports handler as object, not as a function"


def test_the_handlers_name_is_the_templates(load: Load) -> None:
    assert load("export const main = () => 1;", handler="index.main").status is Status.PASSED


def test_a_file_that_the_handler_names_must_exist(load: Load) -> None:
    result = load(HANDLER, handler="other.handler")
    assert only(result).message == "its bundle holds no file for the handler other.handler"


def test_a_timer_does_not_keep_the_check_waiting(load: Load) -> None:
    assert load(f"setInterval(() => {{}}, 1000); {HANDLER}").status is Status.PASSED


def test_a_bundle_that_throws_fails_with_its_error(load: Load) -> None:
    assert only(load("throw new TypeError('no table');")).message == "throws while it loads: TypeError: no table"


def test_a_bundle_that_never_ends_loading_is_stopped(load: Load) -> None:
    assert only(load("while (true);", limit=1.0)).message == "did not finish loading within 1 s"


def test_a_bundle_that_waits_for_ever_is_stopped(load: Load) -> None:
    text = f"setInterval(() => {{}}, 1000); await new Promise(() => {{}}); {HANDLER}"
    assert only(load(text, limit=1.0)).message == "did not finish loading within 1 s"


def test_a_bundle_that_ends_the_process_fails(load: Load) -> None:
    assert only(load("process.exit(7);")).message == "ends the process with code 7 while it loads"


def test_a_bundle_that_waits_for_the_network_fails(load: Load) -> None:
    result = load(f"await fetch('http://127.0.0.1:8000/'); {HANDLER}")
    assert only(result).message == (
        "throws while it loads: TypeError: fetch failed: refused while loading: a connection to 127.0.0.1:8000"
    )


def test_a_connection_in_the_background_is_refused_and_told(load: Load) -> None:
    text = f"import net from 'node:net'; net.connect(9, '127.0.0.1'); {HANDLER}"
    detail = only(load(text))
    assert (detail.severity, detail.message) == (
        "warning",
        "exports handler, but does more than load: a connection to 127.0.0.1:9",
    )


def test_looking_up_a_name_is_refused(load: Load) -> None:
    result = load(f"import {{ lookup }} from 'node:dns/promises'; await lookup('example.com'); {HANDLER}")
    assert only(result).message == "throws while it loads: Error: refused while loading: looking up example.com"


@pytest.mark.parametrize("name", ["spawn", "spawnSync", "exec", "execSync", "execFile", "execFileSync", "fork"])
def test_a_child_process_is_refused(load: Load, name: str) -> None:
    result = load(f"import {{ {name} }} from 'node:child_process'; {name}('true'); {HANDLER}")
    assert only(result).message == "throws while it loads: Error: refused while loading: starting true"


def test_a_refusal_that_the_bundle_swallows_is_told(load: Load) -> None:
    text = "const { execSync } = require('child_process'); try { execSync('id'); } catch {} exports.handler = () => 1;"
    result = load(text, name="index.js")
    assert only(result).message == "exports handler, but does more than load: starting id"


def test_no_credential_reaches_a_bundle(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "private")
    result = load("if (Object.values(process.env).includes('private')) throw new Error('seen'); " + HANDLER)
    assert result.status is Status.PASSED


def test_the_functions_own_variables_reach_it(load: Load) -> None:
    text = "if (process.env.TABLE !== 'todo') throw new Error('no table'); " + HANDLER
    assert load(text, environment={"TABLE": "todo"}).status is Status.PASSED


def test_a_module_that_a_layer_may_bring_is_no_failure(load: Load) -> None:
    result = load("import 'sharp'; " + HANDLER, layers=True)
    assert (result.status, only(result).severity) == (Status.PASSED, "info")


def test_a_module_that_nothing_brings_is_a_failure(load: Load) -> None:
    assert "Cannot find package 'sharp'" in only(load("import 'sharp'; " + HANDLER)).message


def test_a_function_of_another_language_is_read_and_not_loaded(load: Load) -> None:
    result = load(HANDLER, runtime="python3.12")
    assert only(result).message.startswith("its code holds no file for the handler")


def test_code_in_the_template_is_loaded_too(load: Load) -> None:
    result = load("", folder=None, inline="exports.handler = () => 1;")
    assert result.status is Status.PASSED


def test_a_bundle_that_fails_is_counted_by_function(load: Load) -> None:
    assert load("throw 1;").reason == "1 of 1 functions would fail; the first: hello: throws while it loads: threw 1"


def test_the_file_of_a_handler_in_a_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.cjs").write_text(json.dumps({}))
    assert bundle_file(tmp_path, "src/app.handler") == tmp_path / "src" / "app.cjs"


def test_the_export_of_a_handler_may_be_nested() -> None:
    assert export_name("src/app.api.handler") == "api.handler"
