"""The library prints what we expect of it, and the patched SDL means what the schema means."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.data.proof import SchemaContext, compare
from migrator.node.toolchain import Toolchain
from tests.categories.data.typed import test_code, test_directives, test_sayable
from tests.categories.data.typed.emission import MODE, emitted, planned, reached

P = "@auth(rules: [{ allow: private }])"


def schemas() -> dict[str, str]:
    """Those of the other tests, wherever they are typed."""
    found = {f"patch: {name}": case[0] for name, case in test_directives.CASES.items()}
    found |= {f"plain: {name}": text for name, text in test_directives.UNPATCHED.items()}
    found |= {f"said: {name}": text for name, text in test_sayable.SAID.items()}
    found |= {f"operation: {text}": text for text in test_code.OPERATIONS}
    for field in test_code.FIELDS:
        found[f"field: {field}"] = f"enum Kind {{ A }} type Post @model {P} {{ f: {field} }}"
    for rule in test_code.RULES:
        found[f"rule: {rule}"] = f"type Post @model @auth(rules: [{{ {rule} }}]) {{ all: [String] }}"
    for arguments in test_code.INDEXES:
        found[f"index: {arguments}"] = f"type Post @model {P} {{ k: ID @index({arguments}) l: Int }}"
    return found


@pytest.mark.node
def test_every_schema_is_what_it_was(tmp_path: Path, toolchain: Toolchain) -> None:
    texts = schemas()
    plans = {name: one for name, text in texts.items() if (one := planned(text)).typed}
    made = emitted(plans, tmp_path, toolchain)
    wrong = {}
    for name, plan in plans.items():
        if "error" in made[name]:
            wrong[name] = made[name]["error"]
            continue
        found = compare([texts[name]], reached(texts[name], plan, made[name]["schema"]), SchemaContext(MODE))
        if found.differences:
            wrong[name] = str(found.differences)
    assert not wrong
    assert len(plans) > 100
