"""What is written for a GraphQL API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.core.errors import ConversionError, UsageError
from migrator.engine.assemble import assemble
from migrator.gen2.backend import Task
from migrator.output.emit import emit
from tests.categories.data.gen1_api import API, CONFIG, CUSTOM, KEY, USERS, assess, project


def files(root: Path, **options: Any) -> dict[str, str]:
    """The files of the backend, by path."""
    assessment = assess(root, **options)
    backend, failed = assemble(assessment.matches.matches, assessment.context, assessment.categories)
    assert failed == ()
    emission = emit(backend, assessment.context, assessment.categories)
    return {file.path.removeprefix("amplify/"): str(file.content) for file in emission.files}


def test_the_definition_reads_the_schema_and_names_the_modes(tmp_path: Path) -> None:
    assert (
        files(project(tmp_path), schema="sdl")["data/resource.ts"]
        == """\
import { defineData } from '@aws-amplify/backend';
import { readFileSync } from 'node:fs';

export const data = defineData({
  name: 'garden',
  schema: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  authorizationModes: {
    defaultAuthorizationMode: 'apiKey',
    apiKeyAuthorizationMode: { description: 'visitors', expiresInDays: 30 },
  },
});
"""
    )


def test_the_schema_is_the_users_own_text_with_what_gen_2_needs_said(tmp_path: Path) -> None:
    schema = files(project(tmp_path), schema="sdl")["data/schema.graphql"]
    assert "# What the station measures\ntype Weather @aws_api_key {" in schema
    assert "  weather(place: String!): Weather @aws_api_key\n" in schema
    assert "type Bed {\n" in schema


def test_every_table_outlives_its_stack(tmp_path: Path) -> None:
    assert "table.applyRemovalPolicy(RemovalPolicy.RETAIN);" in files(project(tmp_path))["data/wiring.ts"]


def test_a_folder_of_schemas_keeps_its_files(tmp_path: Path) -> None:
    texts = {
        f"{API}/schema/plants.graphql": "type Plant @model @auth(rules: [{ allow: owner }]) { id: ID! }",
        f"{API}/schema/more/beds.graphql": "type Bed @aws_api_key { row: Int }",
    }
    made = files(project(tmp_path, schema=texts), schema="sdl")
    assert made["data/schema/more/beds.graphql"] == "type Bed @aws_api_key { row: Int }"
    assert "readdirSync(folder, { recursive: true, encoding: 'utf8' })" in made["data/resource.ts"]


def test_openid_connect_times_become_seconds(tmp_path: Path) -> None:
    oidc = {"mode": "OPENID_CONNECT", "openIDProviderName": "Example", "openIDIssuerURL": "https://example.com"}
    made = files(project(tmp_path, modes=(oidc | {"openIDAuthTTL": 3_600_000},)))
    assert "tokenExpiryFromAuthInSeconds: 3600," in made["data/resource.ts"]
    assert "defaultAuthorizationMode: 'oidc'" in made["data/resource.ts"]


def test_the_mode_is_said_although_the_users_are_missing(tmp_path: Path) -> None:
    root = project(tmp_path, modes=(USERS,), config={"api": CONFIG["api"]})
    assert "defaultAuthorizationMode: 'userPool'" in files(root)["data/resource.ts"]


def test_an_api_that_cannot_be_converted_leaves_the_rest(tmp_path: Path) -> None:
    made = files(project(tmp_path, schema="type Plant {"))
    assert not [path for path in made if path.startswith("data/")]
    assert "auth/resource.ts" in made


def test_resolvers_by_hand_stand_beside_their_templates(tmp_path: Path) -> None:
    made = files(project(tmp_path, files=CUSTOM))
    wiring = made["data/wiring.ts"]
    assert "setSlot(backend.data, 'Query.getPlant', 'postAuth', 2, {" in wiring
    assert "replaceTemplates(cfnFunctionConfigurations['QueryListPlantsDataResolverFn'], {" in wiring
    assert "dataSourceName: weatherSource.attrName," in wiring
    assert ".node.addDependency(cfnGraphqlSchema);" in wiring
    assert "data/resolvers/Query.weather.req.vtl" in made
    assert {"data/slots.ts", "data/templates.ts"} <= made.keys()


def test_a_resolver_whose_template_is_missing_is_left_out(tmp_path: Path) -> None:
    root = project(tmp_path, files=CUSTOM)
    (root / API / "resolvers/Query.weather.req.vtl").unlink()
    assert "CfnResolver" not in files(root)["data/wiring.ts"]
    assert "DATA304" in {f.rule for f in assess(root).findings}


def test_rows_that_expire_are_a_property_of_the_table(tmp_path: Path) -> None:
    text = "type Visit @model @auth(rules: [{ allow: public }]) { id: ID! until: AWSTimestamp @ttl }"
    made = files(project(tmp_path, schema=text))
    assert "until: a.timestamp()," in made["data/schema.ts"]
    assert "timeToLiveAttribute = {" in made["data/wiring.ts"]


def live(root: Path, **options: Any) -> dict[str, str]:
    return files(root, reuse=frozenset({"data"}), **options)


def test_live_tables_are_named_for_the_branch_of_their_environment(tmp_path: Path) -> None:
    made = live(project(tmp_path), api_id="abcdefghij", branch_map={"prod": "main"})
    tables = made["data/tables.ts"]
    assert "main: {\n    Plant: 'Plant-abcdefghij-prod',\n    Watering: 'Watering-abcdefghij-prod',\n  }," in tables
    assert "migratedAmplifyGen1DynamoDbTableMappings: tableMappings()," in made["data/resource.ts"]


def test_live_tables_need_the_id_of_the_api(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="id of its API") as caught:
        live(project(tmp_path))
    assert "--api-id" in caught.value.hint


def test_join_tables_of_a_schema_that_stays_sdl_cannot_be_kept(tmp_path: Path) -> None:
    text = """\
type Post @model @auth(rules: [{ allow: owner }]) { id: ID! tags: [Tag] @manyToMany(relationName: "PostTags") }
type Tag @model @auth(rules: [{ allow: owner }]) { id: ID! posts: [Post] @manyToMany(relationName: "PostTags") }
"""
    with pytest.raises(ConversionError, match="PostTags"):
        live(project(tmp_path, schema=text), api_id="abcdefghij", schema="sdl")


def test_other_environments_are_left_to_the_user(tmp_path: Path) -> None:
    team = {env: {"awscloudformation": {"Region": "eu-west-1"}} for env in ("prod", "test")}
    root = project(tmp_path, files={"amplify/team-provider-info.json": team})
    assessment = assess(root, "prod", reuse=frozenset({"data"}), api_id="abcdefghij")
    backend, _ = assemble(assessment.matches.matches, assessment.context, assessment.categories)
    (task,) = (piece for piece in backend.pieces if isinstance(piece, Task) and piece.rule == "DATA250")
    assert "(test)" in task.text


def test_new_tables_need_no_mapping(tmp_path: Path) -> None:
    assert "data/tables.ts" not in files(project(tmp_path, modes=(KEY,)))


def test_provisioned_capacity_is_a_parameter_as_in_gen_1(tmp_path: Path) -> None:
    parameters = {"DynamoDBBillingMode": "PROVISIONED", "DynamoDBModelTableReadIOPS": 7}
    wiring = files(project(tmp_path, parameters=parameters))["data/wiring.ts"]
    assert "billingMode.default = 'PROVISIONED';" in wiring
    assert "readCapacity.default = 7;" in wiring
    assert "DynamoDBModelTableWriteIOPS" not in wiring


def test_tables_are_encrypted_unless_gen_1_was_told_not_to(tmp_path: Path) -> None:
    root = project(tmp_path)
    (root / API / "parameters.json").write_text('{"AppSyncApiName": "garden"}')
    assert "table.sseSpecification = { sseEnabled: true };" in files(root)["data/wiring.ts"]
