"""JavaScript as text."""

from __future__ import annotations

import pytest

from migrator.categories.function.model import Shape
from migrator.categories.function.modules import export_shape, imports, package_of
from migrator.categories.function.scanner import Script
from migrator.categories.function.sloppy import undeclared_assignment


def script(text: str) -> Script:
    return Script("src/index.js", text)


def loaded(text: str) -> list[str]:
    return [found.name for found in imports(script(text))]


@pytest.mark.parametrize(
    "text",
    [
        "// require('x')\n",
        "/* require('x') */",
        "const s = \"require('x')\";",
        "const s = `require('x')`;",
        "const r = /require('x')/;",
        "if (/['\"]/.test(s)) { /* require('x') */ }",
    ],
)
def test_what_is_no_code_loads_nothing(text: str) -> None:
    assert loaded(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "const x = require('x');",
        'var x=require("x")',
        "const x = require(`x`);",
        "import x from 'x';",
        "import 'x';",
        'import { a,\n  b } from "x";',
        "import * as x from 'x'",
        "export { a } from 'x';",
        "export * from 'x';",
        "const x = await import('x');",
        "const half = a / b; const x = require('x');",
        "const s = `${require('x')}`;",
    ],
)
def test_a_module_is_found_however_it_is_loaded(text: str) -> None:
    assert loaded(text) == ["x"]


@pytest.mark.parametrize("text", ["require(name)", "require(`./${name}`)", "require('./' + name)"])
def test_a_name_of_run_time_is_told_apart(text: str) -> None:
    assert loaded(text) == [""]


def test_types_are_not_loaded() -> None:
    assert loaded("import type { A } from 'x';") == []


def test_a_method_called_require_loads_nothing() -> None:
    assert loaded("loader.require('x'); my_require('y');") == []


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("express", "express"),
        ("lodash/get", "lodash"),
        ("@aws-sdk/client-s3", "@aws-sdk/client-s3"),
        ("@aws-sdk/client-s3/dist/x", "@aws-sdk/client-s3"),
        ("fs", ""),
        ("fs/promises", ""),
        ("node:test", ""),
        ("./lib", ""),
        ("/opt/nodejs/x", ""),
        ("#internal", ""),
    ],
)
def test_the_package_of_a_module(name: str, package: str) -> None:
    assert package_of(name) == package


@pytest.mark.parametrize(
    "text",
    [
        "exports.handler = async () => {};",
        "module.exports.handler = f;",
        "exports['handler'] = f;",
        "module.exports = { handler };",
        "module.exports = { handler: f, other };",
        "module.exports = { async handler(event) {} };",
        "module.exports = { ...all };",
        "this.handler = f;",
        "export const handler = f;",
        "export async function handler() {}",
        "export { handler };",
        "export { main as handler };",
        "Object.assign(exports, make());",
        "for (const n of names) exports[n] = f;",
        '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.handler = void 0;',
        'Object.defineProperty(exports, "handler", { get: () => f });',
        "const api = { handler };\nmodule.exports = api;",
        "module.exports = Object.assign({}, { handler });",
        "module.exports = __toCommonJS(index_exports);",
        "export * from './app.js';",
    ],
)
def test_a_named_export_is_recognized(text: str) -> None:
    assert export_shape(script(text), "handler")[0] is Shape.NAMED


@pytest.mark.parametrize(
    "text",
    [
        "module.exports = async (event) => event;",
        "module.exports = function (event) {};",
        "module.exports = middy(main);",
        "const main = async () => {};\nmodule.exports = main;",
        "function main() {}\nmodule.exports = main;",
    ],
)
def test_a_module_that_is_the_handler_is_recognized(text: str) -> None:
    assert export_shape(script(text), "handler")[0] is Shape.DEFAULT


def test_a_handler_within_an_export_is_recognized() -> None:
    assert export_shape(script("exports.api = { handler };"), "api.handler")[0] is Shape.NESTED


def test_a_handler_of_another_file_is_followed() -> None:
    assert export_shape(script("module.exports = require('./app');"), "handler")[1] == "./app"


@pytest.mark.parametrize("text", ["exports.other = f;", "module.exports = { other };", "// exports.handler = f", ""])
def test_a_missing_export_is_said(text: str) -> None:
    assert export_shape(script(text), "handler")[0] is None


@pytest.mark.parametrize(
    "text",
    ["count = 0;", "exports.handler = () => { total = 1; };", "for (i = 0; i < 3; i++) {}", "with (a) {}", "n += 1;"],
)
def test_sloppy_mode_is_recognized(text: str) -> None:
    assert undeclared_assignment(script(text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "let count; count = 0;",
        "var a = 1,\n  b = 2;\nb = 3;",
        "const { a, b: [c] } = x; c = 1;",
        "function f(total) { total = 1; }",
        "const f = (x, y = 2) => { y = x; };",
        "const f = x => { x = 1; };",
        "try {} catch (e) { e = 1; }",
        "import a from 'a';\na = 1;",
        "exports.x = 1; module.exports = {}; this.y = 2;",
        "'use strict'; count = 0;",
        "export {}; count = 0;",
        "if (a == b || a === c) {}",
        "const o = { count: 1 }; o.count = 2;",
        "const s = 'count = 0;';",
        "class A { x = 1; }",
    ],
)
def test_declared_names_are_no_sloppy_mode(text: str) -> None:
    assert undeclared_assignment(script(text)) is None


def test_a_place_has_file_and_line() -> None:
    assert script("a\nb\nc").place(4) == "src/index.js:3"
