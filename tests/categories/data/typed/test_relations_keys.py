"""Names of keys and queries as the transformers make them, and what data-schema prints of relations."""

from __future__ import annotations

import json
import subprocess

import pytest

from migrator.categories.data.sdl import parse
from migrator.categories.data.typed.code import members
from migrator.categories.data.typed.keys import foreign_key, index_query, key_fields
from migrator.categories.data.typed.patches import applied
from migrator.categories.data.typed.plan import plan
from migrator.node.toolchain import Toolchain
from migrator.typescript.build import obj
from migrator.typescript.printer import print_node
from tests.categories.data.typed.relation_schemas import SCHEMAS, gen1_again, relation_patches, sorted_text


def test_the_query_of_an_index_is_named_after_the_model_and_the_keys() -> None:
    assert index_query("BlogPost", "author", ["createdAt", "n"]) == "blogPostsByAuthorAndCreatedAtAndN"


def test_only_first_letters_change_in_names_of_foreign_keys() -> None:
    assert foreign_key("my_Post", "my_comments", "id") == "my_PostMy_commentsId"


def test_a_model_without_a_key_has_an_id() -> None:
    (model,) = parse("type A @model { n: ID }")
    assert [(key.name, key.type) for key in key_fields(model)] == [("id", "ID!")]


@pytest.mark.node
def test_patches_fit_what_a_schema_prints(toolchain: Toolchain) -> None:
    plans = {name: plan((text,)) for name, text in SCHEMAS.items()}
    codes = {name: print_node(obj({m.name: m.value for m in members(one.typed, {})})) for name, one in plans.items()}
    code = (
        "const { a } = require('@aws-amplify/data-schema');"
        "const made = (c) => a.schema(new Function('a', `return ${c}`)(a)).transform().schema;"
        "const codes = JSON.parse(process.argv[1]);"
        "console.log(JSON.stringify(Object.fromEntries(Object.entries(codes).map(([n, c]) => [n, made(c)]))));"
    )
    command = ["node", "-e", code, json.dumps(codes)]
    said = subprocess.run(command, cwd=toolchain.modules, check=True, capture_output=True, text=True)
    for name, sdl in json.loads(said.stdout).items():
        patched = sorted_text(parse(applied(sdl, relation_patches(plans[name].patches))))
        assert _without_ids(patched) == _without_ids(gen1_again(SCHEMAS[name])), name


def _without_ids(text: str) -> str:
    return text.replace("  id: ID!\n", "")
