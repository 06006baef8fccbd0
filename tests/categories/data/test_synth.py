"""Converted APIs, synthesized: the same resolvers, tables and rights as in Gen 1."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from migrator.categories.data.observe_tables import capitalized
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


KEYED = """\
type Plain @model @auth(rules: [{ allow: private }]) { id: ID! name: String! @index(name: "byName") }
type Slug @model @auth(rules: [{ allow: private }]) { slug: String! @primaryKey }
type Line @model @auth(rules: [{ allow: private }]) {
  order: ID! @primaryKey(sortKeyFields: ["position"])
  position: Int!
  product: ID! @index(name: "byProduct", sortKeyFields: ["position", "state"])
  state: State!
}
type Reading @model @auth(rules: [{ allow: private }]) {
  state: State! @primaryKey(sortKeyFields: ["place", "at"])
  place: String!
  at: AWSTimestamp!
}
enum State { OPEN DONE }
"""


def test_amplifys_importer_takes_live_tables_whatever_their_keys_are(tmp_path: Path, toolchain: Toolchain) -> None:
    gen1 = project(tmp_path / "gen1", schema=KEYED)
    kept: Any = {"reuse": frozenset({"data"}), "api_id": "abcdefghij"}
    with synthesis(gen1, tmp_path / "live", toolchain, branch="prod", **kept) as made:
        live = resources(made, "Custom::ImportedAmplifyDynamoDBTable")
    with synthesis(gen1, tmp_path / "new", toolchain, branch="prod") as made:
        new = resources(made, "Custom::AmplifyDynamoDBTable")
    expected = {_model(one): one["Properties"] for one in live.values()}
    described = {_model(one): described_table(one["Properties"]) for one in new.values()}
    assert set(described) == {"Plain", "Slug", "Line", "Reading"}
    assert imported(expected, described, toolchain, tmp_path) == dict.fromkeys(described)
    refused = imported(expected, {**described, "Slug": described["Plain"]}, toolchain, tmp_path)
    assert "KeySchema does not match" in str(refused["Slug"])


def _model(resource: Mapping[str, Any]) -> str:
    return str(resource["Metadata"]["aws:cdk:path"]).split("/")[-4]


def described_table(made: Mapping[str, Any]) -> dict[str, Any]:
    """What DynamoDB says of a table that is on demand, with the keys and indexes of this one."""
    keys = {name[:1].upper() + name[1:]: capitalized(made[name]) for name in ("attributeDefinitions", "keySchema")}
    none = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}
    indexes = [
        {key: value for key, value in capitalized(one).items() if key != "ProvisionedThroughput"}
        for one in made.get("globalSecondaryIndexes", ())
    ]
    return {
        **keys,
        **({"GlobalSecondaryIndexes": [{**one, "ProvisionedThroughput": none} for one in indexes]} if indexes else {}),
        "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
        "ProvisionedThroughput": none,
        "StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        "DeletionProtectionEnabled": True,
    }


def imported(
    expected: Mapping[str, Mapping[str, Any]], described: Mapping[str, Any], toolchain: Toolchain, folder: Path
) -> dict[str, str | None]:
    """What Amplify's importer has against each table; None where it takes it."""
    none = {"readCapacityUnits": 0, "writeCapacityUnits": 0}
    asked = {}
    for model, said in expected.items():
        indexes = [{**one, "provisionedThroughput": none} for one in said.get("globalSecondaryIndexes", ())]
        evaluated = {key: value for key, value in said.items() if "Fn::" not in json.dumps(value)}
        evaluated |= {"billingMode": "PAY_PER_REQUEST", **({"globalSecondaryIndexes": indexes} if indexes else {})}
        asked[model] = {"properties": evaluated, "table": described[model]}
    (folder / "tables.json").write_text(json.dumps(asked))
    program = Path(__file__).with_name("importer.mjs")
    ran = subprocess.run(
        [toolchain.node.program, program, toolchain.module(IMPORTER), folder / "tables.json"],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, str | None] = json.loads(ran.stdout)
    return found


IMPORTER = (
    "@aws-amplify/graphql-api-construct/node_modules/@aws-amplify/graphql-model-transformer/lib/resources"
    "/amplify-dynamodb-table/amplify-table-manager-lambda"
)


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
