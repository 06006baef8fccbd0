"""Converted APIs, synthesized: the same resolvers, tables and rights as in Gen 1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.node.toolchain import Toolchain
from migrator.verify.workspace import Mode
from tests.categories.data.final_schema import differences, synthesized
from tests.categories.data.gen1_api import CUSTOM, project
from tests.categories.data.synthesis import resources, synthesis
from tests.categories.data.test_resolver_files import garden
from tests.projects import ROOT

pytestmark = pytest.mark.node

CORPUS = ROOT.parent / "shared" / "corpus" / "apps"
MODES = {
    "aws__discussions": "@aws_api_key",
    "aws__mood-board": "@aws_api_key",
    "aws__product-catalog": "@aws_iam",
    "aws__project-boards": "@aws_api_key",
}
"""Deployed apps with the directive of their default mode."""
FILTERS_OF_KEYS = {
    "aws__discussions": {
        "only Gen 1: ModelSubscriptionTopicFilterInput.topicPostsId",
        "only Gen 1: ModelSubscriptionPostFilterInput.postCommentsId",
        "only Gen 2: ModelSubscriptionPostFilterInput.topicPostsId",
        "only Gen 2: ModelSubscriptionCommentFilterInput.postCommentsId",
    },
    "aws__project-boards": {"only Gen 2: ModelSubscriptionTodoFilterInput.projectTodosId"},
}
"""Foreign keys: Gen 1 has them in the filter of the wrong model's subscriptions, where they match nothing (DATA804)."""


@pytest.mark.parametrize("name", MODES)
def test_the_deployed_schema_is_that_of_gen_1(name: str, tmp_path: Path, toolchain: Toolchain) -> None:
    app = CORPUS / name
    if not app.is_dir():
        pytest.skip(f"no app at {app}")
    (deployed,) = app.glob("amplify/#current-cloud-backend/api/*/build/schema.graphql")
    with synthesis(app, tmp_path / "gen2", toolchain) as made:
        assert made.assembly, made.errors
        found = differences(deployed.read_text(), synthesized(made.assembly.folder), MODES[name])
        assert set(found) == FILTERS_OF_KEYS.get(name, set())


def test_resolvers_by_hand_stand_where_gen_1_has_them(tmp_path: Path, toolchain: Toolchain) -> None:
    gen1 = project(tmp_path / "gen1", files=CUSTOM)
    with synthesis(gen1, tmp_path / "gen2", toolchain) as made:
        resolvers = resources(made, "AWS::AppSync::Resolver")
        functions = resources(made, "AWS::AppSync::FunctionConfiguration")
    ran = [one["Fn::GetAtt"][0] for one in resolvers["GetPlantResolver"]["Properties"]["PipelineConfig"]["Functions"]]
    places = [next(n for n, word in enumerate(WORDS) if one.startswith(f"Query{word}")) for one in ran]
    assert places == [0, 1, 2, 3]
    replaced = next(f for name, f in functions.items() if name.startswith("QuerygetPlantpostAuth0Function"))
    assert replaced["Properties"]["RequestMappingTemplate"] == "$util.toJson({})\n"
    assert "RequestMappingTemplateS3Location" not in replaced["Properties"]
    weather = resolvers["QueryWeatherResolver"]
    assert weather["Properties"]["DataSourceName"] == {"Fn::GetAtt": ["WeatherSource", "Name"]}
    assert any("TransformerSchema" in name for name in weather["DependsOn"])


WORDS = ("getPlantauth0Function", "getPlantpostAuth0Function", "getPlantpostAuth2", "GetPlantDataResolverFn")
"""Beginnings of the functions of a pipeline, in order."""


def test_live_tables_are_taken_over_on_their_branch_only(tmp_path: Path, toolchain: Toolchain) -> None:
    gen1 = project(tmp_path / "gen1")
    kept: Any = {"reuse": frozenset({"data"}), "api_id": "abcdefghij", "branch_map": {"prod": "main"}}
    imported, made = "Custom::ImportedAmplifyDynamoDBTable", "Custom::AmplifyDynamoDBTable"
    with synthesis(gen1, tmp_path / "branch", toolchain, **kept) as branch:
        names = {r["Properties"]["tableName"] for r in resources(branch, imported).values()}
        assert names == {"Plant-abcdefghij-prod", "Watering-abcdefghij-prod"}
        assert resources(branch, made) == {}
    with synthesis(gen1, tmp_path / "sandbox", toolchain, Mode.SANDBOX, **kept) as sandbox:
        assert resources(sandbox, imported) == {}
        assert len(resources(sandbox, made)) == 2
    with synthesis(gen1, tmp_path / "other", toolchain, branch="test", **kept) as other:
        assert "names no tables for the branch 'test'" in other.errors[0].message


def test_join_tables_of_a_typed_schema_are_taken_over(tmp_path: Path, toolchain: Toolchain) -> None:
    gen1 = project(tmp_path / "gen1", schema=JOINED)
    kept: Any = {"reuse": frozenset({"data"}), "api_id": "abcdefghij", "schema": "typed"}
    with synthesis(gen1, tmp_path / "out", toolchain, branch="prod", **kept) as made:
        tables = resources(made, "Custom::ImportedAmplifyDynamoDBTable").values()
        found = {
            r["Properties"]["tableName"]: r["Properties"]["globalSecondaryIndexes"]
            for r in tables
            if "PostTags" in str(r)
        }
        assert resources(made, "Custom::AmplifyDynamoDBTable") == {}
    (indexes,) = found.values()
    assert set(found) == {"PostTags-abcdefghij-prod"}
    assert {index["indexName"] for index in indexes} == {"byPost", "byTag"}


JOINED = """\
type Post @model @auth(rules: [{ allow: private }]) { id: ID! tags: [Tag] @manyToMany(relationName: "PostTags") }
type Tag @model @auth(rules: [{ allow: private }]) { id: ID! posts: [Post] @manyToMany(relationName: "PostTags") }
"""


@pytest.mark.parametrize("style", ["sdl", "typed"])
def test_what_is_said_of_a_function_holds_in_both_styles(style: str, tmp_path: Path, toolchain: Toolchain) -> None:
    names = ("InvokeEchoLambdaDataSource.req.vtl", "Query.echo.res.vtl", "Query.getPlant.postAuth.req.vtl")
    gen1 = garden(tmp_path / "gen1", *names, conf={"StackMapping": {"InvokeEchoLambdaDataSource": "Calls"}})
    with synthesis(gen1, tmp_path / "out", toolchain, branch="prod", schema=style) as made:
        resolvers = resources(made, "AWS::AppSync::Resolver").values()
        calls = [
            f for name, f in resources(made, "AWS::AppSync::FunctionConfiguration").items() if name[:6] == "Invoke"
        ]
        assert made.assembly
        assert list(made.assembly.folder.glob("*Calls*.nested.template.json"))
    by_field = {one["Properties"]["FieldName"]: one["Properties"] for one in resolvers}
    assert {f["Properties"]["RequestMappingTemplate"] for f in calls} == {"{}\n"}
    assert by_field["echo"]["ResponseMappingTemplate"] == "{}\n"
    assert "EchoLambdaDataSource" in str(by_field["again"]["DataSourceName"])
    ran = [one["Fn::GetAtt"][0] for one in by_field["getPlant"]["PipelineConfig"]["Functions"]]
    assert [name.startswith("QuerygetPlantpostAuth") for name in ran] == [False, True, True, False]
