"""The files of a typed schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.data.edits import Changes, edited
from migrator.categories.data.model import AuthMode, SchemaFile
from migrator.categories.data.typed.model import Patch, PatchKind, Style
from migrator.categories.data.typed.plan import chosen_plan, plan
from migrator.categories.data.typed.rest import rest_text
from migrator.core.errors import ConversionError
from tests.categories.data.gen1_api import project
from tests.categories.data.test_convert import files, live

PRIVATE = "@auth(rules: [{ allow: private }])"
PLANT = f"type Plant @model {PRIVATE} {{ name: String beds: [Bed] @hasMany }}\n"
BED = f"# Where plants stand\ntype Bed @model {PRIVATE} {{ row: Int }}\n"
UNION = "union Thing = Plant | Bed\n"
SEARCH = f'type Query {{ things: [Thing] @function(name: "find") {PRIVATE} }}\n'


def test_a_schema_without_patches_is_handed_over_as_it_is(tmp_path: Path) -> None:
    made = files(project(tmp_path, schema=f"type Plant @model {PRIVATE} {{ name: String }}"))
    assert "  schema,\n" in made["data/resource.ts"]
    assert "data/deployed.ts" not in made
    assert "data/patch.ts" not in made


def test_the_client_gets_its_types(tmp_path: Path) -> None:
    resource = files(project(tmp_path))["data/resource.ts"]
    assert "export type Schema = ClientSchema<typeof schema>;" in resource


def test_a_schema_with_patches_is_handed_over_patched(tmp_path: Path) -> None:
    made = files(project(tmp_path))
    assert "  schema: deployed,\n" in made["data/resource.ts"]
    assert "{ place: 'Plant.id', found: 'ID! @primaryKey', wanted: 'ID!' }," in made["data/deployed.ts"]
    assert "export function patched(" in made["data/patch.ts"]


def test_what_stays_sdl_is_appended(tmp_path: Path) -> None:
    made = files(project(tmp_path, schema=PLANT + BED + UNION + SEARCH))
    assert made["data/schema.graphql"].startswith("union Thing = Plant | Bed\n\ntype Query {\n  things: [Thing] ")
    assert "join('\\n')" in made["data/deployed.ts"]


def test_comments_stay_with_what_they_are_about(tmp_path: Path) -> None:
    assert "  // Where plants stand\n  Bed: a" in files(project(tmp_path, schema=PLANT + BED))["data/schema.ts"]


def test_a_large_schema_is_split_by_type(tmp_path: Path) -> None:
    fields = " ".join(f"f{number}: String" for number in range(100))
    models = "".join(f"type {name} @model {PRIVATE} {{ {fields} }}\n" for name in ("Plant", "Bed", "Map"))
    made = files(project(tmp_path, schema=f"{models}enum Kind {{ TREE }}\ntype Query {{ delete: Kind }}\n"))
    assert {"data/models/Plant.ts", "data/models/Map.ts", "data/enums.ts", "data/operations.ts"} < made.keys()
    assert "export const delete_ = a.query()" in made["data/operations.ts"]
    assert "  Plant,\n" in made["data/schema.ts"]
    assert "  delete: delete_,\n" in made["data/schema.ts"]


def test_live_tables_get_the_schema_as_text(tmp_path: Path) -> None:
    resource = live(project(tmp_path), api_id="abcdefghij")["data/resource.ts"]
    assert "const made = deployed.transform();" in resource
    assert "  schema: made.schema,\n" in resource


def test_a_union_takes_along_what_refers_to_it() -> None:
    planned = plan((PLANT + BED + UNION + SEARCH,))
    assert planned.style is Style.MIXED
    assert planned.rest == ("Thing", "Query.things")


def test_models_stay_together_with_the_models_they_are_related_to() -> None:
    board = f"type Board implements Thing @model {PRIVATE} {{ name: String plants: [Plant] @hasMany }}\n"
    assert plan((PLANT + BED + board + "interface Thing { name: String }",)).style is Style.SDL


def test_a_field_without_a_form_is_patched_in() -> None:
    board = f"type Board @model {PRIVATE} {{ cells: [[Int]] size: Int }}\n"
    planned = plan((board,))
    assert planned.style is Style.MIXED
    assert [field.name for field in planned.typed[0].fields] == ["size"]
    assert Patch(PatchKind.FIELD, "Board.cells", wanted="cells: [[Int]]") in planned.patches


def test_a_field_of_what_stays_sdl_is_patched_in() -> None:
    board = f"type Board @model {PRIVATE} {{ size: Int thing: Thing }}\n"
    planned = plan((PLANT + BED + UNION + board,))
    assert planned.rest == ("Thing",)
    assert [field.name for field in planned.typed[-1].fields] == ["size"]


def test_a_key_is_not_patched_in() -> None:
    board = f'type Board @model {PRIVATE} {{ row(of: Int): Int @index(name: "byRow") size: Int }}\n'
    assert plan((PLANT + BED + board,)).rest == ("Board",)


def test_a_schema_of_which_no_model_can_be_typed_stays_sdl() -> None:
    assert plan((f"type Board @model {PRIVATE} {{ cells: [[Int]] }} enum Kind {{ A }}",)).style is Style.SDL


def test_a_whole_typed_schema_can_be_asked_for() -> None:
    with pytest.raises(ConversionError, match=r"Thing: union"):
        chosen_plan((SchemaFile("schema.graphql", PLANT + BED + UNION),), "typed")


def test_sdl_can_be_asked_for() -> None:
    assert chosen_plan((SchemaFile("schema.graphql", PLANT + BED),), "sdl").style is Style.SDL


def test_a_root_type_that_is_typed_in_part_is_extended_by_the_rest() -> None:
    text = 'type Query {\n  "Found."\n  one: Thing\n  two: Int\n}\n' + PLANT + BED + UNION
    planned = plan(tuple(file.text for file in edited([SchemaFile("a", text)], AuthMode.USER_POOL, Changes())))
    rest = rest_text([text], planned.rest, planned.typed)
    assert rest == 'extend type Query {\n  "Found."\n  one: Thing\n}\n\nunion Thing = Plant | Bed\n'
