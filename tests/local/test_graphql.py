"""GraphQL requests to the local AWS: who asks, and what the resolvers that are deployed make of it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import Struct

from migrator.aws.session import Session
from migrator.local.process import LocalAws
from tests.local.conftest import Lacking
from tests.local.requests import Answer, query, signed_query
from tests.local.templates import archive, attribute, deploy, outputs

pytestmark = [pytest.mark.local, pytest.mark.node]
MODES = ("API_KEY", "AMAZON_COGNITO_USER_POOLS", "AWS_IAM", "AWS_LAMBDA")
SCHEMA = """
type Note @aws_api_key @aws_iam @aws_lambda @aws_cognito_user_pools { id: ID! text: String owner: String }
type Query {
  who: String @aws_api_key @aws_iam @aws_lambda @aws_cognito_user_pools
  forAdmins: String @aws_cognito_user_pools(cognito_groups: ["Admins"])
  forKeys: String @aws_api_key
  open: String @aws_iam
  closed: String @aws_iam
  note(id: ID!): Note @aws_cognito_user_pools
  notes: [Note] @aws_cognito_user_pools
  code: String @aws_api_key
  mixed: String @aws_api_key
  called: String @aws_api_key
  outside: String @aws_api_key
  broken: String @aws_api_key
}
type Mutation { createNote(id: ID!, text: String): Note @aws_cognito_user_pools }
type Subscription { onCreateNote: Note @aws_subscribe(mutations: ["createNote"]) @aws_cognito_user_pools }
"""
NOTHING, ROWS, FUNCTION, OUTSIDE = "Nothing", "Rows", "Function", "Outside"
RESULT = "$util.toJson($ctx.result)"
ECHO = '{"version": "2018-05-29", "payload": $util.toJson(%s)}'
FAILING = "#if( $ctx.error ) $util.error($ctx.error.message, $ctx.error.type) #end $util.toJson($ctx.result)"
WHO = """
#set( $name = $util.defaultIfNull($ctx.identity.username, "") )
#set( $tenant = $util.defaultIfNull($ctx.identity.resolverContext.tenant, "") )
{"version": "2018-05-29", "payload": $util.toJson("$util.authType() $name $tenant")}
"""
OWNED = """
#if( !$ctx.result || $ctx.result.owner != $ctx.identity.username )
  $util.unauthorized()
#end
$util.toJson($ctx.result)
"""
PUT = """{"version": "2018-05-29", "operation": "PutItem", "key": {"id": $util.dynamodb.toDynamoDBJson($ctx.args.id)},
"attributeValues": $util.dynamodb.toMapValuesJson({"text": $ctx.args.text, "owner": $ctx.identity.username})}"""
GET = (
    """{"version": "2018-05-29", "operation": "GetItem", "key": {"id": $util.dynamodb.toDynamoDBJson($ctx.args.id)}}"""
)
BATCH = """{"version": "2018-05-29", "operation": "BatchGetItem", "tables": {"notes": {"keys": [
$util.toJson({"id": $util.dynamodb.toDynamoDB("gone")}), $util.toJson({"id": $util.dynamodb.toDynamoDB("1")})]}}}"""
CODE = """
import { util } from '@aws-appsync/utils';
export const request = (ctx) => ({ payload: `code for ${ctx.info.fieldName}` });
export const response = (ctx) => ctx.result;
"""
AUTHORIZER = """
exports.handler = async ({ authorizationToken }) =>
  ({ isAuthorized: authorizationToken === 'let-me-in', resolverContext: { tenant: 'acme' } });
"""
CALLED = "exports.handler = async (event) => `called with ${event.word}`;"


class Api(Struct, frozen=True):
    """The API of these tests: its address and how to be somebody."""

    local: LocalAws
    url: str
    key: str
    pool: str
    client: str

    def ask(self, text: str, headers: dict[str, str], **variables: Any) -> Answer:
        return query(self.url, text, headers, **variables)

    def with_key(self, text: str) -> Answer:
        return self.ask(text, {"x-api-key": self.key})

    def as_user(self, name: str, text: str, **variables: Any) -> Answer:
        return self.ask(text, {"authorization": self.token(name)}, **variables)

    def token(self, name: str) -> str:
        answer = self.local.session.client("cognito-idp").admin_initiate_auth(
            UserPoolId=self.pool,
            ClientId=self.client,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": "Passw0rd!"},
        )
        return str(answer["AuthenticationResult"]["IdToken"])


def resolver(field: str, source: str, request: str, response: str = RESULT, kind: str = "Query") -> dict[str, Any]:
    properties = {
        "TypeName": kind,
        "FieldName": field,
        "DataSourceName": source,
        "RequestMappingTemplate": request,
        "ResponseMappingTemplate": response,
    }
    return {"Type": "AWS::AppSync::Resolver", "Properties": properties}


def coded(kind: str, **more: Any) -> dict[str, Any]:
    runtime = {"Name": "APPSYNC_JS", "RuntimeVersion": "1.0.0"}
    return {"Type": f"AWS::AppSync::{kind}", "Properties": {"Code": CODE, "Runtime": runtime, **more}}


def step(name: str, request: str) -> dict[str, Any]:
    properties = {
        "Name": name,
        "DataSourceName": NOTHING,
        "RequestMappingTemplate": request,
        "ResponseMappingTemplate": RESULT,
        "FunctionVersion": "2018-05-29",
    }
    return {"Type": "AWS::AppSync::FunctionConfiguration", "Properties": properties}


def template() -> dict[str, Any]:
    """An API with every kind of caller, of data source and of resolver."""
    parts = {
        "Who": resolver("who", NOTHING, WHO),
        "Broken": resolver("broken", NOTHING, "#if("),
        "Admins": resolver("forAdmins", NOTHING, ECHO % '"admin"'),
        "Keys": resolver("forKeys", NOTHING, ECHO % '"key"'),
        "Open": resolver("open", NOTHING, ECHO % '"open"'),
        "Closed": resolver("closed", NOTHING, ECHO % '"closed"'),
        "Note": resolver("note", ROWS, GET, OWNED),
        "Notes": resolver("notes", ROWS, BATCH, "$util.toJson($ctx.result.data.notes)"),
        "Create": resolver("createNote", ROWS, PUT, kind="Mutation"),
        "Called": resolver(
            "called", FUNCTION, '{"version": "2018-05-29", "operation": "Invoke", "payload": {"word": "x"}}'
        ),
        "Outer": resolver(
            "outside", OUTSIDE, '{"version": "2018-05-29", "method": "GET", "resourcePath": "/"}', FAILING
        ),
        "Code": coded("Resolver", TypeName="Query", FieldName="code", DataSourceName=NOTHING),
        "First": step("first", ECHO % '"from a template"'),
        "Second": coded("FunctionConfiguration", Name="second", DataSourceName=NOTHING),
        "Mixed": {
            "Type": "AWS::AppSync::Resolver",
            "Properties": {
                "TypeName": "Query",
                "FieldName": "mixed",
                "Kind": "PIPELINE",
                "PipelineConfig": {"Functions": [attribute("First", "FunctionId"), attribute("Second", "FunctionId")]},
                "RequestMappingTemplate": "{}",
                "ResponseMappingTemplate": '$util.toJson("$ctx.prev.result, and that is all")',
            },
        },
    }
    identity = attribute("Api", "ApiId")
    for part in parts.values():
        part["DependsOn"] = ["Schema", "Nothing", "Rows", "Function", "Outside"]
        part["Properties"]["ApiId"] = identity
    return {
        "Parameters": {name: {"Type": "String"} for name in ("Pool", "Authorizer", "Callee")},
        "Resources": {
            "Api": {
                "Type": "AWS::AppSync::GraphQLApi",
                "Properties": {
                    "Name": "notes",
                    "AuthenticationType": MODES[0],
                    "AdditionalAuthenticationProviders": [
                        {
                            "AuthenticationType": MODES[1],
                            "UserPoolConfig": {"UserPoolId": {"Ref": "Pool"}, "AwsRegion": "us-east-1"},
                        },
                        {"AuthenticationType": MODES[2]},
                        {
                            "AuthenticationType": MODES[3],
                            "LambdaAuthorizerConfig": {"AuthorizerUri": {"Ref": "Authorizer"}},
                        },
                    ],
                },
            },
            "Key": {"Type": "AWS::AppSync::ApiKey", "Properties": {"ApiId": identity}},
            "Schema": {"Type": "AWS::AppSync::GraphQLSchema", "Properties": {"ApiId": identity, "Definition": SCHEMA}},
            "Nothing": source(NOTHING, "NONE"),
            "Rows": source(ROWS, "AMAZON_DYNAMODB", DynamoDBConfig={"TableName": "notes", "AwsRegion": "us-east-1"}),
            "Function": source(FUNCTION, "AWS_LAMBDA", LambdaConfig={"LambdaFunctionArn": {"Ref": "Callee"}}),
            "Outside": source(OUTSIDE, "HTTP", HttpConfig={"Endpoint": "https://example.com"}),
            **parts,
        },
        "Outputs": {"Url": {"Value": attribute("Api", "GraphQLUrl")}, "Key": {"Value": attribute("Key", "ApiKey")}},
    }


def source(name: str, kind: str, **config: Any) -> dict[str, Any]:
    properties = {"ApiId": attribute("Api", "ApiId"), "Name": name, "Type": kind, **config}
    return {"Type": "AWS::AppSync::DataSource", "Properties": properties}


def function(local: LocalAws, name: str, code: str) -> str:
    made = local.session.client("lambda").create_function(
        FunctionName=name,
        Runtime="nodejs20.x",
        Handler="index.handler",
        Role="arn:aws:iam::000000000000:role/any",
        Code={"ZipFile": archive(index__js=code)},
        Timeout=30,
    )
    return str(made["FunctionArn"])


@pytest.fixture(scope="module")
def api(local: LocalAws) -> Iterator[Api]:
    return made(local)


def made(local: LocalAws) -> Api:
    session = local.session
    keys = [{"AttributeName": "id", "KeyType": "HASH"}]
    kinds = [{"AttributeName": "id", "AttributeType": "S"}]
    session.client("dynamodb").create_table(
        TableName="notes", KeySchema=keys, AttributeDefinitions=kinds, BillingMode="PAY_PER_REQUEST"
    )
    users = session.client("cognito-idp")
    pool = users.create_user_pool(PoolName="notes")["UserPool"]["Id"]
    flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    client = users.create_user_pool_client(UserPoolId=pool, ClientName="web", ExplicitAuthFlows=flows)
    users.create_group(UserPoolId=pool, GroupName="Admins")
    for name in ("ann", "bob"):
        users.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
        users.admin_set_user_password(UserPoolId=pool, Username=name, Password="Passw0rd!", Permanent=True)
    users.admin_add_user_to_group(UserPoolId=pool, Username="ann", GroupName="Admins")
    given = {
        "Pool": pool,
        "Authorizer": function(local, "authorizer", AUTHORIZER),
        "Callee": function(local, "callee", CALLED),
    }
    assert deploy(local, "notes", template(), **given) == "CREATE_COMPLETE"
    told = outputs(local, "notes")
    return Api(local, told["Url"], told["Key"], pool, client["UserPoolClient"]["ClientId"])


def data(answer: Answer) -> dict[str, Any]:
    status, document = answer
    assert status == 200, document
    assert "errors" not in document, document
    return dict(document["data"])


def kinds(answer: Answer) -> list[str]:
    return [error["errorType"] for error in answer[1]["errors"]]


def test_templates_are_evaluated(api: Api, lacking: Lacking) -> None:
    assert data(api.with_key("{ forKeys }")) == {"forKeys": "key"}
    other = made(lacking("appsync_resolvers", node=True))
    assert other.with_key("{ forKeys }")[1]["data"] != {"forKeys": "key"}


def test_the_caller_is_known_by_each_way_in(api: Api) -> None:
    assert data(api.with_key("{ who }"))["who"] == "API Key Authorization  "
    assert data(api.as_user("ann", "{ who }"))["who"] == "User Pool Authorization ann "
    authorized = api.ask("{ who }", {"authorization": "let-me-in"})
    assert data(authorized)["who"] == "Lambda Authorization  acme"
    assert data(signed_query(api.local.session, api.url, "{ who }"))["who"].startswith("IAM Authorization")


@pytest.mark.parametrize("headers", [{}, {"x-api-key": "wrong"}, {"authorization": "wrong"}])
def test_strangers_are_refused(api: Api, headers: dict[str, str]) -> None:
    status, document = api.ask("{ who }", headers)
    assert status == 401
    assert document["errors"][0]["errorType"] == "UnauthorizedException"


def forged(**claims: Any) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {})]
    return ".".join(parts)


def test_a_token_that_has_expired_is_refused(api: Api) -> None:
    issuer = f"https://cognito-idp.us-east-1.amazonaws.com/{api.pool}"
    token = forged(iss=issuer, sub="1", exp=time.time() - 1)
    assert api.ask("{ who }", {"authorization": token})[0] == 401


def test_a_token_of_another_pool_is_refused(api: Api) -> None:
    token = forged(iss="https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other", sub="1", exp=time.time() + 60)
    assert api.ask("{ who }", {"authorization": token})[0] == 401


def test_directives_say_who_may_ask(api: Api) -> None:
    assert kinds(api.as_user("ann", "{ forKeys }")) == ["Unauthorized"]
    assert data(api.as_user("ann", "{ forAdmins }")) == {"forAdmins": "admin"}
    assert kinds(api.as_user("bob", "{ forAdmins }")) == ["Unauthorized"]


def test_rows_are_kept_from_others_by_the_template(api: Api) -> None:
    write = 'mutation($id: ID!) { createNote(id: $id, text: "x") { id owner } }'
    assert data(api.as_user("ann", write, id="1"))["createNote"] == {"id": "1", "owner": "ann"}
    read = '{ note(id: "1") { text } }'
    assert data(api.as_user("ann", read)) == {"note": {"text": "x"}}
    assert kinds(api.as_user("bob", read)) == ["Unauthorized"]


def test_several_rows_are_read_in_the_order_asked_for(api: Api) -> None:
    data(api.as_user("ann", 'mutation { createNote(id: "1", text: "x") { id } }'))
    assert data(api.as_user("ann", "{ notes { id } }"))["notes"] == [None, {"id": "1"}]


def test_functions_are_invoked(api: Api) -> None:
    assert data(api.with_key("{ called }"))["called"] == "called with x"


def test_code_is_evaluated_alone_and_beside_templates(api: Api) -> None:
    assert data(api.with_key("{ code mixed }")) == {"code": "code for code", "mixed": "code for mixed, and that is all"}


def test_a_data_source_that_is_not_emulated_says_so(api: Api) -> None:
    assert kinds(api.with_key("{ outside }")) == ["NotEmulated"]


def test_a_template_that_cannot_be_read_fails_its_own_field_only(api: Api) -> None:
    answer = api.with_key("{ forKeys broken }")
    assert answer[1]["data"] == {"forKeys": "key", "broken": None}
    assert kinds(answer) == ["MappingTemplate"]


def test_a_subscription_is_checked(api: Api) -> None:
    text = "subscription { onCreateNote { id } }"
    assert data(api.as_user("ann", text)) == {"onCreateNote": None}
    assert api.ask(text, {})[0] == 401


def test_a_query_that_cannot_be_read_is_refused(api: Api) -> None:
    assert api.with_key("{ who ")[0] == 400
    assert "Cannot query field" in api.with_key("{ nothing }")[1]["errors"][0]["message"]


def guest(api: Api) -> Session:
    """A guest whose role may ask for `open` only."""
    pools, iam = api.local.session.client("cognito-identity"), api.local.session.client("iam")
    role = iam.create_role(RoleName="graphql-guest", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    allowed = {
        "Effect": "Allow",
        "Action": "appsync:GraphQL",
        "Resource": "arn:aws:appsync:*:*:apis/*/types/Query/fields/open",
    }
    document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
    iam.put_role_policy(RoleName="graphql-guest", PolicyName="open", PolicyDocument=document)
    pool = pools.create_identity_pool(IdentityPoolName="x", AllowUnauthenticatedIdentities=True)["IdentityPoolId"]
    pools.set_identity_pool_roles(IdentityPoolId=pool, Roles={"unauthenticated": role})
    keys = pools.get_credentials_for_identity(IdentityId=pools.get_id(IdentityPoolId=pool)["IdentityId"])["Credentials"]
    return Session(
        api.local.region,
        endpoint=api.local.endpoint,
        access_key=keys["AccessKeyId"],
        secret_key=keys["SecretKey"],
        token=keys["SessionToken"],
    )


def test_policies_say_which_fields_an_identity_may_ask_for(api: Api) -> None:
    session = guest(api)
    assert data(signed_query(session, api.url, "{ open }")) == {"open": "open"}
    both = signed_query(session, api.url, "{ open closed }")
    assert both[1]["data"] == {"open": "open", "closed": None}
    assert kinds(both) == ["Unauthorized"]
    assert signed_query(session, api.url, "{ closed }")[0] == 401


def test_a_change_of_the_api_is_seen_at_once(api: Api) -> None:
    assert data(api.with_key("{ forKeys }")) == {"forKeys": "key"}
    identity = api.url.split("/")[-2]
    api.local.session.client("appsync").update_resolver(
        apiId=identity,
        typeName="Query",
        fieldName="forKeys",
        dataSourceName=NOTHING,
        requestMappingTemplate=ECHO % '"changed"',
        responseMappingTemplate=RESULT,
    )
    assert data(api.with_key("{ forKeys }")) == {"forKeys": "changed"}
