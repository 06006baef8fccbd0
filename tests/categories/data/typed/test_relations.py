"""Relations in Gen 2's form, and the patches back to Gen 1's; every fact was run through Amplify's transformer."""

from __future__ import annotations

import pytest

from migrator.categories.data.typed.relations import rewritten, touching
from migrator.categories.data.typed.sides import RELATIONS
from tests.categories.data.typed.relation_schemas import SCHEMAS, definitions, fields, gen1_again, patched, refused

MODEL = "@model @auth(rules: [{allow: private}])"


def test_a_list_and_its_way_back_need_no_patch() -> None:
    text = SCHEMAS["a list and the way back"]
    assert not patched(text)
    assert fields(text, "Garden") == ["name: String", 'plants: [Plant] @hasMany(references: ["gardenPlantsId"])']
    assert fields(text, "Plant") == [
        "name: String",
        "gardenPlantsId: ID",
        'garden: Garden @belongsTo(references: ["gardenPlantsId"])',
    ]


def test_a_relation_to_the_same_model_needs_no_patch_either() -> None:
    assert not patched(SCHEMAS["of itself"])
    assert fields(SCHEMAS["of itself"], "Plant") == [
        'cuttings: [Plant] @hasMany(references: ["plantCuttingsId"])',
        "plantCuttingsId: ID",
        'origin: Plant @belongsTo(references: ["plantCuttingsId"])',
    ]


def test_the_foreign_key_is_of_the_type_of_the_other_key() -> None:
    assert not patched(SCHEMAS["a key of another type"])
    assert fields(SCHEMAS["a key of another type"], "Plant")[0] == "gardenPlantsNumber: Int"


def test_a_required_list_makes_the_foreign_key_required_and_a_limit_stays() -> None:
    text = SCHEMAS["a required list"]
    assert fields(text, "Plant")[0] == "gardenPlantsId: ID!"
    assert patched(text) == [
        (
            "Garden.plants",
            '@hasMany(references: ["gardenPlantsId"])',
            '@hasMany(references: ["gardenPlantsId"], limit: 20)',
        )
    ]


def test_a_list_alone_gets_a_way_back_that_is_taken_out_again() -> None:
    text = SCHEMAS["a list alone"]
    assert fields(text, "Plant") == [
        "name: String",
        "garden: String",
        "gardenPlantsId: ID",
        'gardenOfPlants: Garden @belongsTo(references: ["gardenPlantsId"])',
    ]
    assert patched(text) == [
        ("Garden.plants", '@hasMany(references: ["gardenPlantsId"])', "@hasMany"),
        ("Plant.gardenOfPlants", "", ""),
    ]


def test_a_required_way_back_stays_required() -> None:
    assert patched(SCHEMAS["a required way back"]) == [
        ("Garden.plants", '@hasMany(references: ["gardenPlantsId"])', "@hasMany"),
        ("Plant.garden", 'Garden @belongsTo(references: ["gardenPlantsId"])', "Garden! @belongsTo"),
    ]


def test_has_one_stores_its_key_where_gen_1_does() -> None:
    text = SCHEMAS["one of another"]
    assert fields(text, "Plant") == ["plantLabelId: ID!", 'label: Label @belongsTo(references: ["plantLabelId"])']
    assert fields(text, "Label")[-1] == 'plant: Plant @hasOne(references: ["plantLabelId"])'
    assert patched(text) == [
        ("Label.plant", "", ""),
        ("Plant.label", 'Label @belongsTo(references: ["plantLabelId"])', "Label! @hasOne"),
    ]


def test_both_sides_of_one_to_one_store_a_key() -> None:
    text = SCHEMAS["one of each other"]
    assert fields(text, "Plant")[0] == "plantLabelId: ID"
    assert fields(text, "Label")[0] == "labelPlantId: ID"
    assert len(patched(text)) == 4


def test_an_index_keeps_its_name_and_its_sort_key() -> None:
    assert patched(SCHEMAS["over an index"]) == [
        (
            "Garden.plants",
            '@hasMany(references: ["gardenId"])',
            '@hasMany(indexName: "byGarden", fields: ["id"], limit: 50)',
        ),
        ("Plant.garden", '@belongsTo(references: ["gardenId"])', '@belongsTo(fields: ["gardenId"])'),
    ]


def test_a_way_back_without_a_key_of_its_own_is_typed_over_the_index() -> None:
    text = SCHEMAS["over an index, the way back by itself"]
    assert fields(text, "Plant")[-1] == 'garden: Garden @belongsTo(references: ["gardenId"])'
    assert patched(text)[-1] == ("Plant.garden", '@belongsTo(references: ["gardenId"])', "@belongsTo")


def test_an_index_without_fields_adds_the_field_that_gen_1_adds_for_nothing() -> None:
    text = f"""type Garden {MODEL} {{ plants: [Plant] @hasMany(indexName: "byGarden") }}
        type Plant {MODEL} {{ gardenId: ID @index(name: "byGarden") garden: Garden @belongsTo }}"""
    assert "gardenPlantsId: ID" in fields(text, "Plant")
    assert fields(text, "Plant")[-1] == 'garden: Garden @belongsTo(references: ["gardenId"])'


def test_keys_of_several_parts_are_patched_for_gen_2_stores_more() -> None:
    text = SCHEMAS["a key of three parts"]
    names = ["gardenPlantsTown", "gardenPlantsStreet", "gardenPlantsHouse"]
    assert fields(text, "Plant")[:3] == [f"{names[0]}: String", f"{names[1]}: String", f"{names[2]}: Int"]
    listed = ",".join(f'"{name}"' for name in names)
    assert patched(text) == [
        ("Garden.plants", f"@hasMany(references: [{listed}])", "@hasMany"),
        ("Plant.garden", f"@belongsTo(references: [{listed}])", "@belongsTo"),
    ]


def test_of_two_lists_each_has_its_way_back() -> None:
    assert fields(SCHEMAS["two lists"], "Plant")[-1] == 'b: Garden @belongsTo(references: ["gardenHerbsId"])'
    assert {wanted for _, _, wanted in patched(SCHEMAS["two lists"])} == {"@hasMany", "@belongsTo"}


def test_one_form_is_used_for_all_relations_of_two_models() -> None:
    assert ("Garden.plants", '@hasMany(references: ["gardenPlantsId"])', "@hasMany") in patched(
        SCHEMAS["a list and one"]
    )


def test_has_one_above_the_list_gives_the_way_back_a_key_of_its_own() -> None:
    text = f"""type Garden {MODEL} {{ oldest: Plant @hasOne plants: [Plant] @hasMany }}
        type Plant {MODEL} {{ garden: Garden @belongsTo }}"""
    assert 'garden: Garden @belongsTo(references: ["plantGardenId"])' in fields(text, "Plant")


def test_a_foreign_key_that_rules_of_fields_would_list_is_taken_out() -> None:
    assert ("Plant.gardenPlantsId", "", "") in patched(SCHEMAS["rules on fields"])
    assert patched(SCHEMAS["rules on fields"])[0][2] == "@hasMany"


@pytest.mark.parametrize(
    "head", ["@model @searchable", "@model @auth(rules: [{allow: owner}, {allow: private, operations: [delete]}])"]
)
def test_so_is_one_that_search_or_a_right_to_delete_would_take_in(head: str) -> None:
    text = f"type Garden @model {{ plants: [Plant] @hasMany }} type Plant {head} {{ garden: Garden @belongsTo }}"
    assert ("Plant.gardenPlantsId", "", "") in patched(text)


def test_a_declared_foreign_key_stays_as_it_is() -> None:
    text = f"""type Garden {MODEL} {{ plants: [Plant] @hasMany }}
        type Plant {MODEL} {{ garden: Garden @belongsTo gardenPlantsId: String! @index(name: "byGarden") }}"""
    assert fields(text, "Plant")[1] == 'gardenPlantsId: String! @index(name: "byGarden")'
    assert len(fields(text, "Plant")) == 2


def test_references_that_are_there_already_keep_what_a_schema_cannot_say() -> None:
    assert patched(SCHEMAS["by references already"]) == [
        (
            "Plant.garden",
            '@belongsTo(references: ["gardenId"])',
            '@belongsTo(references: ["gardenId"], overrideIndexName: "byGarden")',
        )
    ]


def test_rules_of_a_relation_stay() -> None:
    assert fields(SCHEMAS["rules on fields"], "Plant")[-1].endswith(" @auth(rules: [{allow: owner}])")


def test_an_added_field_has_a_name_that_nothing_else_has() -> None:
    text = """type Plant @model @auth(rules: [{allow: owner}]) { name: String }
        type Owner @model @auth(rules: [{allow: private}]) { best: Plant @hasOne plants: [Plant] @hasMany }"""
    typed, _, _ = rewritten(definitions(text))
    assert {"ownerOfBest", "ownerOfPlants"} <= {field.name for field in typed[0].fields}


GEN1_FORM = [
    name for name in SCHEMAS if name not in ("many to many", "a list and the way back", "of itself", "a required list",
    "a key of another type", "by references already", "rules on fields")
]  # fmt: skip


@pytest.mark.parametrize("name", GEN1_FORM)
def test_patched_text_has_the_relations_of_gen_1_and_no_others(name: str) -> None:
    text = gen1_again(SCHEMAS[name])
    relations = [f for one in definitions(SCHEMAS[name]) for f in one.fields if f.directive(*RELATIONS)]
    for field in relations:
        assert f"{field.name}: {field.type} @{field.directives[0].name}" in text
    assert sum(text.count(f"@{kind}") for kind in RELATIONS) == len(relations)
    assert "references" not in text


def test_rules_of_fields_leave_exactly_the_text_of_gen_1() -> None:
    text = gen1_again(SCHEMAS["rules on fields"])
    assert "  plants: [Plant] @hasMany\n" in text
    assert "  garden: Garden @belongsTo\n" in text
    assert "gardenPlantsId" not in text


REFUSED = {
    "it is no model": "type Garden @model { plant: Plant @hasOne } type Plant { name: String }",
    "it is not there": "type Garden @model { plant: Plant @hasOne }",
    "it is in no model": "type Garden { plant: Plant @hasOne } type Plant @model { name: String }",
    "it is no list": "type Garden @model { plants: Plant @hasMany } type Plant @model { name: String }",
    "it is a list": "type Garden @model { plants: [Plant] @hasOne } type Plant @model { name: String }",
    "there is nothing to belong to": "type Garden @model { name: String } type Plant @model { g: Garden @belongsTo }",
    "there is no index": 'type G @model { ps: [P] @hasMany(indexName: "x", fields: ["id"]) } type P @model { n: ID }',
    "it names no fields": "type G @model { p: P @hasOne(fields: []) } type P @model { n: ID }",
    "its field is not there": 'type G @model { p: P @hasOne(fields: ["x"]) } type P @model { n: ID }',
    "its field is of another type": 'type G @model { n: Int p: P @hasOne(fields: ["n"]) } type P @model { n: ID }',
    "its field is a list": 'type G @model { n: [ID] p: P @hasOne(fields: ["n"]) } type P @model { n: ID }',
    "two go over one key": "type G @model { ps: [P] @hasMany } type P @model { a: G @belongsTo b: G @belongsTo }",
    "it holds a part of the key only": """
        type G @model { a: ID! @primaryKey(sortKeyFields: ["b"]) b: ID!
          ps: [P] @hasMany(indexName: "byG", fields: ["a"]) }
        type P @model { g: ID! @index(name: "byG", sortKeyFields: ["n"]) n: String! }""",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in REFUSED.items()])
def test_a_relation_without_that_form_is_left_and_named(text: str) -> None:
    typed, patches, found = rewritten(definitions(text))
    assert found
    assert not patches
    assert typed == definitions(text)


def test_a_refusal_says_what_does_not_fit() -> None:
    (one,) = refused(REFUSED["its field is of another type"])
    assert (one.place, one.construct) == ("G.p", "@hasOne")
    assert one.reason == "G.n is a Int, and P.id a ID!"


def test_related_models_touch_each_other_whichever_has_the_field() -> None:
    text = """type A @model { b: B @hasOne } type B @model { n: ID } type C @model { self: C @hasOne t: T }
        type D @model { es: [E] @manyToMany(relationName: "DE") }
        type E @model { ds: [D] @manyToMany(relationName: "DE") }
        type T { n: ID }"""
    assert touching(definitions(text)) == {
        "A": {"B"},
        "B": {"A"},
        "C": {"C"},
        "D": {"E"},
        "E": {"D"},
    }
