"""Every way to write a handler, bundled by the real tools: the bundle must export `handler`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from migrator.commands.convert import Request, convert
from migrator.verify.results import Check, Status
from migrator.verify.run import verify
from tests.categories.function.gen1_function import HANDLER, app, template

MODULES = '{"type": "module"}'
COMPILED = (
    '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nexports.handler = void 0;\n'
    'const a_1 = require("./a");\nconst handler = async () => a_1.a;\nexports.handler = handler;\n'
)
LOADER = (
    "const modules = process.env.MODULES.split(',').map((name) => require(`./${name}`));\n"
    "exports.handler = async (event, context) => {\n"
    "  for (const module of modules) await module.handler(event, context);\n  return event;\n};\n"
)
PAGE = (
    "const fs = require('fs');\nconst path = require('path');\n"
    "const page = fs.readFileSync(path.join(__dirname, 'page.html'), 'utf8');\nexports.handler = async () => page;\n"
)
SOURCES: dict[str, dict[str, str]] = {
    "files": {
        "index.js": "const { help } = require('./lib');\nconst data = require('./data.json');\n"
        "exports.handler = async () => help(data);\n",
        "lib/index.js": "exports.help = (x) => x;\n",
        "data.json": "{}",
    },
    "whole": {"index.js": "const main = async (event) => event;\nmodule.exports = main;\nmodule.exports.extra = 1;\n"},
    "object": {"index.js": "const handler = async () => 1;\nmodule.exports = { handler };\n", "package.json": "{}"},
    "modules": {
        "index.js": "import { a } from './a.js';\nexport const handler = async () => a;\n",
        "a.js": "export const a = 1;\n",
        "package.json": MODULES,
    },
    "suffix": {"index.mjs": "export const handler = async () => 1;\n"},
    "mislabelled": {"index.js": HANDLER, "package.json": MODULES},
    "compiled": {"index.js": COMPILED, "a.js": "exports.a = 1;\n"},
    "typed": {
        "index.ts": "import { a } from './a';\nexport const handler = async (event) => a + event;\n",
        "a.ts": "export const a: number = 1;\n",
    },
    "loader": {"index.js": LOADER, "first.js": HANDLER, "second.js": HANDLER},
    "page": {"index.js": PAGE, "page.html": "<p>page</p>\n"},
    "sloppy": {"index.js": "count = 0;\nexports.handler = async () => { count += 1; return count; };\n"},
    "dynamic": {
        "index.js": "exports.handler = async (event) => require('./' + event.name);\n",
        "a.js": "exports.a = 1;\n",
    },
}


def files(name: str, source: dict[str, str]) -> dict[str, Any]:
    variables = {"MODULES": "first,second"} if name == "loader" else {}
    body = template(variables=variables)
    return {f"{name}-cloudformation-template.json": body, **{f"src/{path}": text for path, text in source.items()}}


@pytest.mark.node
def test_every_bundle_exports_its_handler(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("Node is not installed")
    app(tmp_path / "gen1", {name: files(name, source) for name, source in SOURCES.items()})
    convert(Request(tmp_path / "gen1", tmp_path / "gen2"))
    report = verify(tmp_path / "gen2", only=("types", "cycles", "bundles"), install=True)
    found = {result.name: (result.status, result.reason) for result in report.checks}
    assert found == dict.fromkeys((Check.TYPES, Check.CYCLES, Check.BUNDLES), (Status.PASSED, ""))
    bundles = next(result for result in report.checks if result.name is Check.BUNDLES)
    assert {detail.subject for detail in bundles.details if detail.message == "ok"} == set(SOURCES)
