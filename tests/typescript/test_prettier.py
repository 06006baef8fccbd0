"""What is printed against the real tools: prettier leaves it alone, TypeScript parses it, strings read back the same.

One Node process judges all modules. `MIGRATE_NODE_MODULES` names a `node_modules` folder with both tools.
"""

from __future__ import annotations

import difflib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from migrator.typescript.literals import quoted
from migrator.typescript.nodes import Const, Lit, Module, Template
from migrator.typescript.printer import print_module, print_node
from tests.typescript import trees

pytestmark = pytest.mark.node

COUNT = 400
JUDGE = """
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
const require = createRequire(process.argv[1] + '/');
const prettier = require('prettier');
const ts = require('typescript');
const { modules, literals } = JSON.parse(readFileSync(0, 'utf8'));
const options = { parser: 'typescript', singleQuote: true, trailingComma: 'es5' };
const formatted = [];
for (const text of modules) {
  try { formatted.push(await prettier.format(text, options)); } catch (error) { formatted.push(String(error)); }
}
const faults = modules.map((text) => ts
  .createSourceFile('a.ts', text, ts.ScriptTarget.ES2022, false, ts.ScriptKind.TS)
  .parseDiagnostics.map((each) => ts.flattenDiagnosticMessageText(each.messageText, ' ')));
const values = literals.map((text) => JSON.stringify((0, eval)(text)));
process.stdout.write(JSON.stringify({ formatted, faults, values }));
"""
TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("'\"`\\$\u007b\u007d\n\r\t\0\u2028\u2029\u202e\ufeff\U0001f600"))
)


def _sample(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """The same values every time."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


@pytest.fixture(scope="module")
def judged() -> dict[str, list[Any]]:
    """Modules and literals, and what the tools make of them."""
    node, modules = shutil.which("node"), os.environ.get("MIGRATE_NODE_MODULES")
    if node is None or not modules:
        pytest.skip("needs node, and MIGRATE_NODE_MODULES naming a node_modules folder with prettier and typescript")
    # An export makes each text a module to TypeScript's parser: else a top-level await could be an identifier.
    anchor = Const("anchor", Lit(1), export=True)
    printed = [print_module(Module((anchor, *each.body), each.header)) for each in _sample(trees.modules, COUNT)]
    texts = _sample(TEXTS, COUNT)
    literals = [quoted(text) for text in texts] + [print_node(Template((text,))) for text in texts]
    answer = subprocess.run(
        [node, "--input-type=module", "-e", JUDGE, str(Path(modules).resolve().parent)],
        input=json.dumps({"modules": printed, "literals": literals}),
        capture_output=True,
        text=True,
        check=True,
    )
    return {"modules": printed, "texts": texts * 2, **json.loads(answer.stdout)}


def test_prettier_leaves_every_module_as_it_is(judged):
    pairs = zip(judged["modules"], judged["formatted"], strict=True)
    changed = sorted(((ours, theirs) for ours, theirs in pairs if ours != theirs), key=lambda pair: len(pair[0]))
    ours, theirs = changed[0] if changed else ("", "")
    difference = "\n".join(
        difflib.unified_diff(ours.splitlines(), theirs.splitlines(), "ours", "prettier", lineterm="")
    )
    assert not changed, f"{len(changed)} of {len(judged['modules'])} differ; the shortest:\n{difference}"


def test_typescript_parses_every_module(judged):
    faults = [(text, fault) for text, fault in zip(judged["modules"], judged["faults"], strict=True) if fault]
    assert not faults


def test_every_literal_reads_back_as_its_text(judged):
    assert [json.loads(value) for value in judged["values"]] == judged["texts"]
