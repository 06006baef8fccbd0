"""An API of transformer 1 is read as one of transformer 2, with the places of what changed in the author's text."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.model import GraphqlSchema, LegacyChange, UnconvertedApi
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from tests.categories.data.gen1_api import API, USERS, assess, project

GARDEN = ResourceRef("api", "garden")
FIRST = """\
type Plant @model
  @key(name: "byName", fields: ["name"]) {
  id: ID!
  name: String
}
"""
EITHER = "type Plant @model { id: ID! }"
SECOND = "type Plant @model @auth(rules: [{ allow: private }]) { id: ID! name: String! @index }"


def template(logical_id: str) -> dict[str, object]:
    """A built template with the schema of one of the transformers."""
    schema = {"Type": "AWS::AppSync::GraphQLSchema", "Properties": {}}
    return {f"{API}/build/cloudformation-template.json": {"Resources": {logical_id: schema}}}


def schema(assessment: Assessment) -> GraphqlSchema:
    """The schema as it goes to Gen 2."""
    (found,) = assessment.context.graph.facts(GraphqlSchema, GARDEN)
    return found.node


def kinds(assessment: Assessment) -> set[ChangeKind]:
    """The kinds of changes that are reported."""
    return {found.node.kind for found in assessment.context.graph.facts(LegacyChange, GARDEN)}


@pytest.mark.parametrize(
    ("text", "flag", "transformer"),
    [(FIRST, 1, 1), (FIRST, 2, 1), (SECOND, 2, 2), (SECOND, 1, 2), (EITHER, 1, 1), (EITHER, 2, 2)],
)
def test_the_words_of_a_schema_tell_its_transformer_else_the_flag(
    tmp_path: Path, text: str, flag: int, transformer: int
) -> None:
    found = assess(project(tmp_path, schema=text, flags={"transformerversion": flag}))
    assert schema(found).transformer == transformer
    assert (ChangeKind.OTHER_TRANSFORMER in kinds(found)) is (flag != transformer)


@pytest.mark.parametrize(
    ("logical_id", "transformer"), [("GraphQLSchema", 1), ("GraphQLAPITransformerSchema3CB2AE18", 2)]
)
def test_what_fits_both_is_what_the_template_was_built_by(tmp_path: Path, logical_id: str, transformer: int) -> None:
    found = assess(project(tmp_path, schema=EITHER, files=template(logical_id)))
    assert schema(found).transformer == transformer


def test_the_schema_goes_on_in_the_words_of_the_second_transformer(tmp_path: Path) -> None:
    found = schema(assess(project(tmp_path, schema=FIRST, modes=(USERS,))))
    assert found.files[0].text == (
        "type Plant @model @auth(rules: [{ allow: private }]) {\n"
        "  id: ID!\n"
        '  name: String @index(name: "byName", queryField: null)\n'
        "}\n"
    )


def test_findings_name_the_line_of_the_authors_text(tmp_path: Path) -> None:
    found = assess(project(tmp_path, schema=f"# Plants\n\n{FIRST}", modes=(USERS,)))
    finding = next(f for f in found.findings if f.rule == "DATA500")
    assert finding.location is not None
    assert (finding.location.file, finding.location.line) == (f"{API}/schema.graphql", 3)


def test_every_setting_of_the_authors_text_is_accounted_for(tmp_path: Path) -> None:
    found = assess(project(tmp_path, schema=FIRST, flags={"transformerversion": 1, "improvepluralization": False}))
    account = next(one for one in found.accounts if one.ref == GARDEN)
    assert account.unread == ()
    assert [f.message for f in found.findings if f.rule in ("GEN001", "GEN002")] == []


def test_flags_of_the_second_transformer_do_nothing_in_the_first(tmp_path: Path) -> None:
    text = 'type Plant @model @auth(rules: [{ allow: owner }, { allow: groups, groups: ["A"] }]) { id: ID! }'
    flags = {"transformerversion": 1, "populateownerfieldforstaticgroupauth": False}
    assert schema(assess(project(tmp_path, schema=text, flags=flags))).ownerless_groups == ()


def test_local_indexes_are_named_as_in_the_second_transformer(tmp_path: Path) -> None:
    keys = '@key(fields: ["bed", "row"]) @key(name: "byName", fields: ["bed", "name"])'
    text = f"type Plant @model {keys} {{ bed: ID! row: Int! name: String! }}"
    flags = {"transformerversion": 1, "secondarykeyasgsi": False}
    assert schema(assess(project(tmp_path, schema=text, flags=flags))).local_indexes == ("Plant.byName",)


def test_directives_of_both_transformers_leave_the_api_out(tmp_path: Path) -> None:
    text = 'type Plant @model @key(fields: ["id"]) { id: ID! name: String! @index(name: "byName") }'
    (left_out,) = assess(project(tmp_path, schema=text)).context.graph.facts(UnconvertedApi, GARDEN)
    assert left_out.node.detail == "@key, @index"


@pytest.mark.parametrize(
    "text",
    [
        'type Plant @model @key(fields: []) { id: ID! bed: Bed @connection(name: "x") }',
        "type Plant @model { bed: [Bed] @connection }",
        'type Plant @model { bed: Bed @connection(keyField: "x: ID @deprecated") } type Bed @model { id: ID! }',
        'type Plant @model @auth(rules: "owner") @versioned(versionField: "a b") { id: ID! }',
        'type Plant @model @auth(rules: [{ allow: groups, operations: ["a # b"], queries: [] }, null]) { id: ID! }',
        'type Plant @model { beds: [Bed] @connection(keyName: "none", fields: ["gone"]) } type Bed @model { id: ID! }',
    ],
)
def test_odd_schemas_give_findings(tmp_path: Path, text: str) -> None:
    assert assess(project(tmp_path, schema=text, flags={"transformerversion": 1})).findings
