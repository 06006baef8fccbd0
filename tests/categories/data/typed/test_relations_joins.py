"""`@manyToMany` as an explicit model, as Gen 1's transformer makes it."""

from __future__ import annotations

import pytest

from migrator.categories.data.sdl_text import printed
from migrator.categories.data.typed.joins import JoinFlags, joined, merged_rules
from tests.categories.data.typed.relation_schemas import SCHEMAS, definitions, fields, patched

TEXT = SCHEMAS["many to many"]


def test_the_join_model_has_the_names_keys_and_indexes_of_gen_1() -> None:
    (*_, join) = joined(definitions(TEXT))[0]
    assert printed([join]).split("\n")[1:-2] == [
        "  id: ID!",
        '  plantId: ID! @index(name: "byPlant", queryField: "plantPestsByPlantId")',
        '  pestName: String! @index(name: "byPest", sortKeyFields: ["peststage"], '
        'queryField: "plantPestsByPestNameAndPeststage")',
        "  peststage: Int!",
        '  plant: Plant! @belongsTo(fields: ["plantId"])',
        '  pest: Pest! @belongsTo(fields: ["pestName", "peststage"])',
    ]


def test_without_the_flag_keys_are_called_id_and_keep_their_types_and_sort_keys() -> None:
    (*_, join) = joined(definitions(TEXT), JoinFlags(own_keys=False, queries=False))[0]
    assert printed([join]).split("\n")[2:-2] == [
        '  plantID: ID! @index(name: "byPlant", queryField: null)',
        '  pestID: String! @index(name: "byPest", sortKeyFields: ["peststage"], queryField: null)',
        "  peststage: Int!",
        '  plant: Plant! @belongsTo(fields: ["plantID"])',
        '  pest: Pest! @belongsTo(fields: ["pestID", "peststage"])',
    ]


def test_both_models_list_the_join_model_by_its_index() -> None:
    assert patched(TEXT) == [
        (
            "Plant.pests",
            '[PlantPest] @hasMany(references: ["plantId"])',
            '[PlantPest!] @hasMany(indexName: "byPlant", fields: ["id"])',
        ),
        ("PlantPest.plant", 'Plant @belongsTo(references: ["plantId"])', 'Plant! @belongsTo(fields: ["plantId"])'),
        (
            "Pest.plants",
            '@hasMany(references: ["pestName","peststage"])',
            '@hasMany(indexName: "byPest", fields: ["name", "stage"], limit: 10)',
        ),
        (
            "PlantPest.pest",
            'Pest @belongsTo(references: ["pestName","peststage"])',
            'Pest! @belongsTo(fields: ["pestName", "peststage"])',
        ),
    ]


def test_the_join_model_stands_after_the_second_of_its_models() -> None:
    text = f"{TEXT} type Tool @model {{ name: String }}"
    assert [one.name for one in joined(definitions(text))[0]] == ["Plant", "Pest", "PlantPest", "Tool"]


def test_an_id_that_gen_1_adds_is_declared_because_the_relation_names_it() -> None:
    text = """type A @model { bs: [B] @manyToMany(relationName: "ab") }
        type B @model { as: [A] @manyToMany(relationName: "ab") }"""
    assert fields(text, "A") == ["id: ID!", 'bs: [Ab] @hasMany(references: ["aId"])']


@pytest.mark.parametrize(
    ("said", "name"), [("postTags", "PostTags"), ("post-tags", "Posttags"), ("9 lives", "lives"), ("_a", "_a")]
)
def test_the_name_of_the_join_model_is_the_relations_without_odd_characters(said: str, name: str) -> None:
    text = f"""type A @model {{ bs: [B] @manyToMany(relationName: "{said}") }}
        type B @model {{ as: [A] @manyToMany(relationName: "{said}") }}"""
    assert [one.name for one in joined(definitions(text))[0]] == ["A", "B", name]


RULES = {
    "those of both": (
        "{allow: owner}",
        "{allow: private, operations: [read]}",
        [{"allow": "owner"}, {"allow": "private", "operations": ["read"]}],
    ),
    "the second's for the same callers": (
        "{allow: private}, {allow: public}",
        "{allow: private, provider: userPools, operations: [read]}, {allow: public, provider: apiKey}",
        [
            {"allow": "private", "provider": "userPools", "operations": ["read"]},
            {"allow": "public", "provider": "apiKey"},
        ],
    ),
    "the second's for one of the groups": (
        '{allow: groups, groups: ["A", "B", "C"]}',
        '{allow: groups, groups: ["B"], operations: [read]}',
        [
            {"allow": "groups", "groups": ["A", "C"]},
            {"allow": "groups", "groups": ["B"], "operations": ["read"]},
        ],
    ),
    "both for owners in other fields": (
        '{allow: owner, ownerField: "a"}',
        '{allow: owner, ownerField: "b"}',
        [{"allow": "owner", "ownerField": "a"}, {"allow": "owner", "ownerField": "b"}],
    ),
}


@pytest.mark.parametrize(("one", "two", "made"), [pytest.param(*case, id=name) for name, case in RULES.items()])
def test_the_join_model_has_the_rules(one: str, two: str, made: list[object]) -> None:
    first, second = definitions(f"type A @auth(rules: [{one}]) {{ n: ID }} type B @auth(rules: [{two}]) {{ n: ID }}")
    assert merged_rules(first, second) == made


def test_without_rules_on_either_model_there_are_none() -> None:
    text = """type A @model { bs: [B] @manyToMany(relationName: "ab") }
        type B @model { as: [A] @manyToMany(relationName: "ab") }"""
    assert joined(definitions(text))[0][-1].directive("auth") is None


REFUSED = {
    "one side is missing": 'type A @model { bs: [B] @manyToMany(relationName: "ab") } type B @model { n: ID }',
    "it has no name": """type A @model { bs: [B] @manyToMany } type B @model { as: [A] @manyToMany }""",
    "it is of one model": """
        type A @model { b: [A] @manyToMany(relationName: "ab") c: [A] @manyToMany(relationName: "ab") }""",
    "it relates others": """
        type A @model { bs: [C] @manyToMany(relationName: "ab") } type C @model { n: ID }
        type B @model { as: [A] @manyToMany(relationName: "ab") }""",
    "it is no list": """
        type A @model { bs: B @manyToMany(relationName: "ab") }
        type B @model { as: [A] @manyToMany(relationName: "ab") }""",
    "its name is taken": """
        type A @model { bs: [B] @manyToMany(relationName: "ab") } type Ab { n: ID }
        type B @model { as: [A] @manyToMany(relationName: "ab") }""",
    "a declared id would widen rules of fields": """
        type A @model { n: ID @auth(rules: [{allow: owner}]) bs: [B] @manyToMany(relationName: "ab") }
        type B @model { as: [A] @manyToMany(relationName: "ab") }""",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in REFUSED.items()])
def test_a_relation_that_cannot_be_written_out_is_left_and_named(text: str) -> None:
    made, found = joined(definitions(text))
    assert made == definitions(text)
    assert {one.construct for one in found} == {"@manyToMany"}


def test_a_table_with_another_name_keeps_its_joins_sdl() -> None:
    text = TEXT.replace("type Plant @model", 'type Plant @model @mapsTo(name: "Flower")')
    assert {one.construct for one in joined(definitions(text))[1]} == {"@manyToMany"}
