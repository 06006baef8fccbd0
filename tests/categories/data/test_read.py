"""Reading GraphQL APIs: from recent and old settings files, from deployed templates, and when something is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, TypeVar

import pytest

from migrator.categories.data.authorization import half_open
from migrator.categories.data.model import (
    AuthMode,
    CustomResource,
    Expiry,
    FunctionUse,
    GraphqlApi,
    GraphqlSchema,
    ModelTable,
    ResolverFile,
    Unconverted,
    UnconvertedApi,
)
from migrator.categories.data.sdl import parse
from migrator.core.finding import Severity
from migrator.core.ref import ResourceRef
from migrator.gen1.graph import LinkKind, Node
from tests.categories.data.gen1_api import API, CONFIG, CUSTOM, KEY, USERS, assess, project

N = TypeVar("N", bound=Node)
GARDEN = ResourceRef("api", "garden")
OIDC = {
    "mode": "OPENID_CONNECT",
    "openIDProviderName": "Example",
    "openIDIssuerURL": "https://example.com",
    "openIDClientID": "abc",
    "openIDAuthTTL": "3600000",
    "openIDIatTTL": "60000",
}


def node(kind: type[N], root: Path, key: str = "") -> N:
    facts = assess(root).context.graph.facts(kind, GARDEN)
    return next(fact.node for fact in facts if not key or fact.key == key)


def test_modes_come_from_the_cli_inputs(tmp_path: Path) -> None:
    api = node(GraphqlApi, project(tmp_path))
    assert (api.default_mode, api.more_modes) == (AuthMode.API_KEY, (AuthMode.USER_POOL,))
    assert (api.api_key.used, api.api_key.days, api.api_key.description) == (True, 30, "visitors")
    assert api.user_pool == "people"


def test_openid_connect_and_lambda_are_read_with_their_times(tmp_path: Path) -> None:
    check = {"mode": "AWS_LAMBDA", "lambdaFunction": "check", "ttlSeconds": "0"}
    api = node(GraphqlApi, project(tmp_path, modes=(OIDC, check)))
    assert (api.oidc.name, api.oidc.after_authentication, api.oidc.after_issue) == ("Example", 3_600_000, 60_000)
    assert (api.authorizer.function, api.authorizer.ttl) == ("check", 0)


def test_an_authorizer_without_a_time_has_that_of_appsync(tmp_path: Path) -> None:
    api = node(GraphqlApi, project(tmp_path, modes=({"mode": "AWS_LAMBDA", "lambdaFunction": "check"},)))
    assert api.authorizer.ttl == 300


def old(**output: Any) -> dict[str, Any]:
    """`backend-config.json` as CLIs before 7.3 wrote it; they had no `cli-inputs.json`."""
    return {**CONFIG, "api": {"garden": {**CONFIG["api"]["garden"], "output": output}}}


def test_before_cli_inputs_the_index_says_the_modes(tmp_path: Path) -> None:
    config = old(
        authConfig={
            "defaultAuthentication": {
                "authenticationType": "AMAZON_COGNITO_USER_POOLS",
                "userPoolConfig": {"userPoolId": "authpeople"},
            },
            "additionalAuthenticationProviders": [
                {
                    "authenticationType": "API_KEY",
                    "apiKeyConfig": {
                        "apiKeyExpirationDays": 90,
                        "description": "",
                        "apiKeyExpirationDate": "2030-01-01",
                    },
                },
                {"authenticationType": "AWS_IAM"},
            ],
        }
    )
    root = project(tmp_path, config=config)
    (root / API / "cli-inputs.json").unlink()
    assessment = assess(root)
    (api,) = assessment.context.graph.facts(GraphqlApi, GARDEN)
    assert api.node.default_mode is AuthMode.USER_POOL
    assert api.node.more_modes == (AuthMode.API_KEY, AuthMode.IAM)
    assert api.node.api_key.days == 90
    assert next(a for a in assessment.accounts if a.ref == GARDEN).unread == ()


def test_the_oldest_index_says_one_word(tmp_path: Path) -> None:
    root = project(tmp_path, config=old(securityType="AMAZON_COGNITO_USER_POOLS"))
    (root / API / "cli-inputs.json").unlink()
    assert node(GraphqlApi, root).default_mode is AuthMode.USER_POOL


@pytest.mark.parametrize(
    "conf",
    [
        {"ResolverConfig": {"project": {"ConflictHandler": "AUTOMERGE", "ConflictDetection": "VERSION"}}},
        {"ResolverConfig": {"models": {"Plant": {"ConflictHandler": "AUTOMERGE", "ConflictDetection": "VERSION"}}}},
    ],
)
def test_conflict_resolution_is_a_blocker(tmp_path: Path, conf: dict[str, Any]) -> None:
    assessment = assess(project(tmp_path, conf=conf))
    found = next(f for f in assessment.findings if f.rule == "DATA030")
    assert found.severity is Severity.BLOCKER
    assert "AUTOMERGE" in found.message


def test_every_setting_is_accounted_for(tmp_path: Path) -> None:
    parameters = {
        "DynamoDBBillingMode": "PROVISIONED",
        "DynamoDBEnablePointInTimeRecovery": True,
        "AuthCognitoUserPoolId": {"Fn::GetAtt": ["authpeople", "Outputs.UserPoolId"]},
        "CreateAPIKey": 1,
    }
    assessment = assess(project(tmp_path, parameters=parameters, files=CUSTOM))
    account = next(a for a in assessment.accounts if a.ref == GARDEN)
    assert account.unread == ()
    assert not [f for f in account.findings if f.rule == "GEN002"]


def test_a_parameter_that_nobody_knows_is_unread(tmp_path: Path) -> None:
    assessment = assess(project(tmp_path, parameters={"Surprise": "x"}))
    account = next(a for a in assessment.accounts if a.ref == GARDEN)
    assert account.unread == (("parameters.json", "/Surprise"),)


def test_the_tables_take_the_parameters_of_the_api(tmp_path: Path) -> None:
    parameters = {"DynamoDBBillingMode": "PROVISIONED", "DynamoDBModelTableReadIOPS": 7}
    table = node(ModelTable, project(tmp_path, parameters=parameters))
    assert (table.model, table.on_demand, table.capacity.read, table.capacity.write) == ("*", False, 7, 5)


def test_the_schema_says_what_gen_2_understands_otherwise(tmp_path: Path) -> None:
    schema = node(GraphqlSchema, project(tmp_path))
    assert schema.models == ("Plant", "Watering")
    assert schema.unmarked_fields == ("Query.weather", "Query.season")
    assert schema.unmarked_types == ("Weather",)
    assert schema.owners == ("Plant",)


@pytest.mark.parametrize(
    ("flags", "attribute", "found"),
    [
        ({"enableautoindexquerynames": False}, "indexes_without_query", ("Plant.byName", "Watering.byPlant")),
        ({"usesubusernamefordefaultidentityclaim": False}, "owners_by_username", ("Plant",)),
        ({"secondarykeyasgsi": False}, "local_indexes", ()),
        ({"subscriptionsinheritprimaryauth": True}, "inherited_subscriptions", ("Plant",)),
        ({}, "indexes_without_query", ()),
    ],
)
def test_a_flag_touches_only_what_it_changes(
    tmp_path: Path, flags: dict[str, bool], attribute: str, found: tuple[str, ...]
) -> None:
    assert getattr(node(GraphqlSchema, project(tmp_path, flags=flags)), attribute) == found


def test_flags_about_keys_name_indexes_and_relations(tmp_path: Path) -> None:
    text = """\
type Plant @model @auth(rules: [{ allow: owner }, { allow: groups, groups: ["Admin"] }]) {
  code: ID! @primaryKey(sortKeyFields: ["row"]) @index(name: "byDay", sortKeyFields: ["day"])
  row: Int!
  day: AWSDate
  notes: [Note] @hasMany
}
type Note @model @auth(rules: [{ allow: private }]) { id: ID! }
"""
    names = (
        "secondarykeyasgsi",
        "respectprimarykeyattributesonconnectionfield",
        "populateownerfieldforstaticgroupauth",
    )
    schema = node(GraphqlSchema, project(tmp_path, schema=text, flags=dict.fromkeys(names, False)))
    assert schema.local_indexes == ("Plant.byDay",)
    assert schema.short_keys == ("Plant.notes",)
    assert schema.ownerless_groups == ("Plant",)


@pytest.mark.parametrize(
    ("rule", "models"),
    [
        ("{ allow: private }", ("Plant",)),
        ("{ allow: private, provider: oidc }", ("Plant",)),
        ("{ allow: private, provider: iam }", ()),
        ("{ allow: private, operations: [read] }", ()),
        ("{ allow: public }", ()),
    ],
)
def test_rows_that_signed_in_users_create_get_an_owner_in_gen_2(
    tmp_path: Path, rule: str, models: tuple[str, ...]
) -> None:
    text = f"type Plant @model @auth(rules: [{{ allow: owner }}, {rule}]) {{ id: ID! }}"
    found = project(tmp_path, schema=text, flags={"populateownerfieldforstaticgroupauth": False})
    assert node(GraphqlSchema, found).ownerless_groups == models


def test_a_folder_of_schemas_is_read_as_one(tmp_path: Path) -> None:
    files = {
        f"{API}/schema/plants.graphql": "type Plant @model @auth(rules: [{ allow: owner }]) { id: ID! }",
        f"{API}/schema/more/beds.graphql": "type Bed { row: Int }",
    }
    schema = node(GraphqlSchema, project(tmp_path, schema=files))
    assert [file.path for file in schema.files] == ["schema/more/beds.graphql", "schema/plants.graphql"]
    assert schema.models == ("Plant",)
    assert schema.unmarked_types == ("Bed",)


@pytest.mark.parametrize(
    ("rules", "mode", "found"),
    [
        ("{ allow: public, provider: iam, operations: [create] }", AuthMode.USER_POOL, True),
        ("{ allow: public, operations: [create, read] }", AuthMode.USER_POOL, True),
        ("{ allow: public, provider: iam }", AuthMode.USER_POOL, False),
        ("{ allow: public, provider: iam, operations: [create, update, delete, read] }", AuthMode.USER_POOL, False),
        ("{ allow: public, operations: [create] }", AuthMode.API_KEY, False),
        ("{ allow: public, operations: [create] }, { allow: owner, operations: [read] }", AuthMode.USER_POOL, False),
        ("{ allow: groups, groups: ['a'], operations: [read] }", AuthMode.IAM, False),
    ],
)
def test_a_model_is_half_open_where_an_operation_is_nobodys(rules: str, mode: AuthMode, found: bool) -> None:
    text = f"type Wish @model @auth(rules: [{rules}]) {{ id: ID! text: String }}".replace("'", '"')
    assert [one.name for one in half_open(parse(text), mode)] == (["Wish"] if found else [])


def test_functions_are_found_by_the_names_they_are_deployed_under(tmp_path: Path) -> None:
    def template(name: str, runtime: str) -> dict[str, Any]:
        properties = {"FunctionName": {"Fn::Join": ["-", [name, {"Ref": "env"}]]}, "Runtime": runtime}
        function = {"Type": "AWS::Lambda::Function", "Properties": properties}
        return {"Parameters": {"env": {"Type": "String"}}, "Resources": {"LambdaFunction": function}}

    runtimes = {"echo": "nodejs18.x", "snake": "python3.12"}
    config = {**CONFIG, "function": {n: {"service": "Lambda", "providerPlugin": "awscloudformation"} for n in runtimes}}
    files: dict[str, Any] = {
        f"amplify/backend/function/{n}/{n}-cloudformation-template.json": template(n, r) for n, r in runtimes.items()
    }
    text = """\
type Query {
  a: String @function(name: "echo-${env}") @auth(rules: [{ allow: public }])
  b: String @function(name: "Echo-${env}") @auth(rules: [{ allow: public }])
  c: String @function(name: "snake-${env}") @auth(rules: [{ allow: public }])
  d: String @function(name: "elsewhere") @auth(rules: [{ allow: public }])
}
"""
    root = project(tmp_path, config=config, files=files, schema=text)
    schema = node(GraphqlSchema, root)
    assert schema.functions[0] == FunctionUse("Query.a", "echo-${env}", "echo")
    assert schema.outside == ("Query.d (elsewhere)",)
    assert schema.misspelt == ("Query.b (Echo-${env}, meaning echo)",)
    links = assess(root).context.graph.links(source=GARDEN, kind=LinkKind.TRIGGER)
    assert {link.target for link in links} == {ResourceRef("function", "echo"), ResourceRef("function", "snake")}


def test_an_api_of_users_needs_the_auth_resource(tmp_path: Path) -> None:
    users = assess(project(tmp_path / "users")).context.graph.links(source=GARDEN, kind=LinkKind.AUTHORIZES)
    key_only = assess(project(tmp_path / "key", modes=(KEY,))).context.graph
    assert [link.target for link in users] == [ResourceRef("auth", "people")]
    assert key_only.links(source=GARDEN, kind=LinkKind.AUTHORIZES) == ()


def test_users_of_a_pool_that_is_not_there_are_a_blocker(tmp_path: Path) -> None:
    root = project(tmp_path, modes=(USERS,), config={"api": CONFIG["api"]})
    shutil.rmtree(root / "amplify/backend/auth")
    assessment = assess(root)
    assert "DATA151" in {f.rule for f in assessment.findings if f.severity is Severity.BLOCKER}


def test_directives_of_plugins_are_known_by_what_they_do(tmp_path: Path) -> None:
    text = "type Visit @model @auth(rules: []) { id: ID! until: AWSTimestamp @ttl by: String @audit }"
    schema = node(GraphqlSchema, project(tmp_path, schema=text, conf={"transformers": ["graphql-ttl-transformer"]}))
    assert schema.expiry == (Expiry("Visit", "until"),)
    assert schema.unknown == ("@audit on Visit.by",)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"schema": 'type Plant @model @key(fields: ["id"]) { id: ID! name: String @index }'}, Unconverted.LEGACY),
        ({"schema": "type Plant {"}, Unconverted.BROKEN),
        ({"schema": {}}, Unconverted.MISSING),
        ({"schema": 'input AMPLIFY { engine: String = "mysql" }\ntype Plant @model { id: ID! }'}, Unconverted.SQL),
    ],
)
def test_an_api_that_cannot_be_converted_says_why(tmp_path: Path, given: dict[str, Any], reason: Unconverted) -> None:
    assessment = assess(project(tmp_path, **given))
    (fact,) = assessment.context.graph.facts(UnconvertedApi, GARDEN)
    assert fact.node.reason is reason
    assert assessment.blocked(GARDEN)
    assert not assessment.context.converted(GARDEN)


def test_a_schema_that_does_not_parse_names_the_line(tmp_path: Path) -> None:
    assessment = assess(project(tmp_path, schema="type Plant {\n  id: ID!\n\ntype Bed { row: Int }\n"))
    found = next(f for f in assessment.findings if f.rule == "DATA903" and f.location and f.location.line)
    assert found.location is not None
    assert found.location.file == f"{API}/schema.graphql"
    assert found.location.line == 4


def test_custom_resolvers_come_with_their_templates(tmp_path: Path) -> None:
    resolver = node(CustomResource, project(tmp_path, files=CUSTOM), "QueryWeatherResolver")
    assert set(resolver.templates) == {"resolvers/Query.weather.req.vtl"}
    assert resolver.properties["DataSourceName"] == "${WeatherSource.Name}"


def test_templates_of_slots_are_known_by_their_names(tmp_path: Path) -> None:
    root = project(tmp_path, files=CUSTOM)
    slot = node(ResolverFile, root, "Query.getPlant.postAuth.2.req.vtl")
    assert (slot.type, slot.field, slot.slot, slot.index, slot.request) == ("Query", "getPlant", "postAuth", 2, True)
    replaced = node(ResolverFile, root, "Query.listPlants.req.vtl")
    assert (replaced.field, replaced.slot) == ("listPlants", "")


def test_the_empty_template_of_the_cli_is_no_custom_resource(tmp_path: Path) -> None:
    empty = {
        "Parameters": {"AppSyncApiId": {"Type": "String"}},
        "Resources": {"EmptyResource": {"Type": "Custom::EmptyResource", "Condition": "AlwaysFalse"}},
        "Conditions": {"AlwaysFalse": {"Fn::Equals": ["true", "false"]}},
        "Outputs": {"EmptyOutput": {"Description": "", "Value": ""}},
    }
    assessment = assess(project(tmp_path, files={f"{API}/stacks/CustomResources.json": empty}))
    assert assessment.context.graph.facts(CustomResource) == ()
    assert next(a for a in assessment.accounts if a.ref == GARDEN).unread == ()


def built(**properties: Any) -> dict[str, Any]:
    """The templates that the CLI builds, with properties that an override has set."""
    table = {
        "Type": "AWS::DynamoDB::Table",
        "DeletionPolicy": "Retain",
        "Properties": {
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "BillingMode": {"Fn::If": ["OnDemand", "PAY_PER_REQUEST", {"Ref": "AWS::NoValue"}]},
            "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
            "SSESpecification": {"SSEEnabled": False},
            "TimeToLiveSpecification": {"AttributeName": "until", "Enabled": True},
        },
    }
    api = {"Type": "AWS::AppSync::GraphQLApi", "Properties": {"AuthenticationType": "API_KEY", **properties}}
    parameters = {"DynamoDBBillingMode": {"Type": "String", "Default": "PAY_PER_REQUEST"}}
    conditions = {"OnDemand": {"Fn::Equals": [{"Ref": "DynamoDBBillingMode"}, "PAY_PER_REQUEST"]}}
    return {
        f"{API}/build/cloudformation-template.json": {"Resources": {"GraphQLAPI": api}},
        f"{API}/build/stacks/Plant.json": {
            "Parameters": parameters,
            "Conditions": conditions,
            "Resources": {"PlantTable": table},
        },
    }


def test_what_overrides_set_is_read_from_the_built_templates(tmp_path: Path) -> None:
    root = project(tmp_path, files=built(XrayEnabled=True, LogConfig={"FieldLogLevel": "ALL"}, QueryDepthLimit=4))
    api, table = node(GraphqlApi, root), node(ModelTable, root, "Plant")
    assert (api.tracing, api.logging, api.other) == (True, {"FieldLogLevel": "ALL"}, {"QueryDepthLimit": 4})
    assert (table.ttl, table.on_demand, table.retained) == ("until", True, True)


def test_the_template_says_the_modes_where_it_is_built(tmp_path: Path) -> None:
    assert node(GraphqlApi, project(tmp_path, modes=(KEY, USERS), files=built())).more_modes == ()
