"""A small backend made by hand, a pool, an API with one model, a bucket, a function, and variants that are wrong."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from migrator.aws.cloudformation import deploy_stack
from migrator.aws.publish import bootstrap_local, publish, template_url
from migrator.local.process import LocalAws
from migrator.verify.assembly import Assembly, read_assembly

Resources = dict[str, Any]
ASSETS = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
_TRUST = {
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Effect": "Allow",
    "Principal": {"Federated": "cognito-identity.amazonaws.com"},
}
_OUTPUTS = {
    "auth": {
        "userPoolId": {"Ref": "UserPool"},
        "webClientId": {"Ref": "Client"},
        "identityPoolId": {"Ref": "Identities"},
    },
    "data": {
        "awsAppsyncApiId": {"Fn::GetAtt": ["Api", "ApiId"]},
        "awsAppsyncApiEndpoint": {"Fn::GetAtt": ["Api", "GraphQLUrl"]},
    },
    "storage": {"bucketName": {"Ref": "Bucket"}},
    "function": {},
}


def _resource(type_: str, path: str, **properties: Any) -> Resources:
    return {"Type": type_, "Properties": properties, "Metadata": {"aws:cdk:path": f"handmade/{path}/Resource"}}


def _role(path: str, *statements: dict[str, Any]) -> Resources:
    policies = [{"PolicyName": "files", "PolicyDocument": {"Version": "2012-10-17", "Statement": list(statements)}}]
    return _resource(
        "AWS::IAM::Role",
        path,
        AssumeRolePolicyDocument={"Version": "2012-10-17", "Statement": [_TRUST]},
        **({"Policies": policies} if statements else {}),
    )


OWN_FILES = "arn:aws:s3:::*/private/${cognito-identity.amazonaws.com:sub}/*"
ALL_FILES = "arn:aws:s3:::*/private/*"


def auth(*, required: bool = True, files: str = OWN_FILES) -> Resources:
    """A pool that wants an e-mail address, and identities whose users may use the `files` of an ARN."""
    schema = [{"Name": "email", "Required": required, "Mutable": True}]
    rights = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], "Resource": files}
    provider = {"Fn::GetAtt": ["UserPool", "ProviderName"]}
    roles = {"authenticated": {"Fn::GetAtt": ["In", "Arn"]}, "unauthenticated": {"Fn::GetAtt": ["Out", "Arn"]}}
    return {
        "UserPool": _resource(
            "AWS::Cognito::UserPool",
            "auth/amplifyAuth/UserPool",
            UsernameAttributes=["email"],
            AutoVerifiedAttributes=["email"],
            Schema=schema,
            Policies={"PasswordPolicy": {"MinimumLength": 10, "RequireNumbers": True}},
        ),
        "Client": _resource(
            "AWS::Cognito::UserPoolClient",
            "auth/amplifyAuth/UserPoolAppClient",
            UserPoolId={"Ref": "UserPool"},
            ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        ),
        "Identities": _resource(
            "AWS::Cognito::IdentityPool",
            "auth/amplifyAuth/IdentityPool",
            AllowUnauthenticatedIdentities=False,
            CognitoIdentityProviders=[{"ClientId": {"Ref": "Client"}, "ProviderName": provider}],
        ),
        "In": _role("auth/amplifyAuth/authenticatedUserRole", rights),
        "Out": _role("auth/amplifyAuth/unauthenticatedUserRole"),
        "Roles": _resource(
            "AWS::Cognito::IdentityPoolRoleAttachment",
            "auth/amplifyAuth/IdentityPoolRoleAttachment",
            IdentityPoolId={"Ref": "Identities"},
            Roles=roles,
        ),
    }


SCHEMA = """
type Note @aws_cognito_user_pools { id: ID! text: String owner: String }
type ModelNoteConnection @aws_cognito_user_pools { items: [Note]! nextToken: String }
input CreateNoteInput { id: ID text: String! }
input UpdateNoteInput { id: ID! text: String }
input DeleteNoteInput { id: ID! }
type Query {
  getNote(id: ID!): Note @aws_cognito_user_pools
  listNotes(limit: Int): ModelNoteConnection @aws_cognito_user_pools
}
type Mutation {
  createNote(input: CreateNoteInput!): Note @aws_cognito_user_pools
  updateNote(input: UpdateNoteInput!): Note @aws_cognito_user_pools
  deleteNote(input: DeleteNoteInput!): Note @aws_cognito_user_pools
}
"""
_KEY = '"key": {"id": $util.dynamodb.toDynamoDBJson($ctx.args.%s)}'
_MINE = (
    '"condition": {"expression": "#owner = :owner", "expressionNames": {"#owner": "owner"}, '
    '"expressionValues": {":owner": $util.dynamodb.toDynamoDBJson($ctx.identity.sub)}}'
)
_HEAD = '"version": "2018-05-29", "operation": '
_RESULT = "#if($ctx.error)$util.unauthorized()#end $util.toJson($ctx.result)"
_OWNED = "#if($ctx.result && $ctx.result.owner != $ctx.identity.sub)$util.unauthorized()#end $util.toJson($ctx.result)"
_WRITTEN = (
    '"attributeValues": {"text": $util.dynamodb.toDynamoDBJson("t"), '
    '"owner": $util.dynamodb.toDynamoDBJson($ctx.identity.sub)}'
)


def data(pool: str, *, leaks: bool = False) -> Resources:
    """An API with notes of which each belongs to who wrote it; one that `leaks` lets other users read them."""
    api = {"Fn::GetAtt": ["Api", "ApiId"]}
    mine = '#set($me = $ctx.identity.sub) #set($mine = {"owner": {"in": ["$me", "no"]}}) '
    expression = '"filter": $util.transform.toDynamoDBFilterExpression($mine)'
    templates = {
        "Query.getNote": (f'{{{_HEAD}"GetItem", {_KEY % "id"}}}', _RESULT if leaks else _OWNED),
        "Query.listNotes": (f'{mine}{{{_HEAD}"Scan", {expression}}}', '{"items": $util.toJson($ctx.result.items)}'),
        "Mutation.createNote": (
            "#set($id = $util.defaultIfNull($ctx.args.input.id, $util.autoId())) "
            f'{{{_HEAD}"PutItem", "key": {{"id": $util.dynamodb.toDynamoDBJson($id)}}, {_WRITTEN}}}',
            _RESULT,
        ),
        "Mutation.updateNote": (
            f'{{{_HEAD}"UpdateItem", {_KEY % "input.id"}, "update": {{"expression": "SET #t = :t", '
            '"expressionNames": {"#t": "text"}, "expressionValues": {":t": {"S": "u"}}}, ' + _MINE + "}",
            _RESULT,
        ),
        "Mutation.deleteNote": (f'{{{_HEAD}"DeleteItem", {_KEY % "input.id"}, {_MINE}}}', _RESULT),
    }
    found: Resources = {
        "Api": _resource(
            "AWS::AppSync::GraphQLApi",
            "data/notes/GraphQLAPI",
            Name="notes",
            AuthenticationType="AMAZON_COGNITO_USER_POOLS",
            UserPoolConfig={"UserPoolId": pool, "AwsRegion": {"Ref": "AWS::Region"}, "DefaultAction": "ALLOW"},
        ),
        "Schema": _resource("AWS::AppSync::GraphQLSchema", "data/notes/Schema", ApiId=api, Definition=SCHEMA),
        "Table": _resource(
            "AWS::DynamoDB::Table",
            "data/notes/Table",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        ),
        "Reader": _role("data/notes/Role"),
        "Source": _resource(
            "AWS::AppSync::DataSource",
            "data/notes/Source",
            ApiId=api,
            Name="NoteTable",
            Type="AMAZON_DYNAMODB",
            ServiceRoleArn={"Fn::GetAtt": ["Reader", "Arn"]},
            DynamoDBConfig={"TableName": {"Ref": "Table"}, "AwsRegion": {"Ref": "AWS::Region"}},
        ),
    }
    for place, (request, response) in templates.items():
        type_, _, field = place.partition(".")
        one = _resource(
            "AWS::AppSync::Resolver",
            f"data/notes/{field}",
            ApiId=api,
            TypeName=type_,
            FieldName=field,
            DataSourceName={"Fn::GetAtt": ["Source", "Name"]},
            RequestMappingTemplate=request,
            ResponseMappingTemplate=response,
        )
        found[field] = {**one, "DependsOn": ["Schema"]}
    return found


def storage() -> Resources:
    """A bucket that refuses plain HTTP, with the CORS rules of Amplify."""
    deny = {
        "Effect": "Deny",
        "Action": "s3:*",
        "Principal": {"AWS": "*"},
        "Resource": [{"Fn::GetAtt": ["Bucket", "Arn"]}, {"Fn::Join": ["", [{"Fn::GetAtt": ["Bucket", "Arn"]}, "/*"]]}],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    rules = [{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://example.com"], "AllowedHeaders": ["*"]}]
    return {
        "Bucket": _resource("AWS::S3::Bucket", "storage/media/Bucket", CorsConfiguration={"CorsRules": rules}),
        "Policy": _resource(
            "AWS::S3::BucketPolicy",
            "storage/media/Bucket/Policy",
            Bucket={"Ref": "Bucket"},
            PolicyDocument={"Version": "2012-10-17", "Statement": [deny]},
        ),
    }


def function(code: str) -> Resources:
    """The function `resize`, of JavaScript."""
    return {
        "Role": _role("function/resize-lambda/ServiceRole"),
        "Function": _resource(
            "AWS::Lambda::Function",
            "function/resize-lambda",
            Code={"ZipFile": code},
            Handler="index.handler",
            Runtime="nodejs20.x",
            Timeout=25,
            Role={"Fn::GetAtt": ["Role", "Arn"]},
            Environment={"Variables": {"ENV": "main"}},
        ),
    }


def assembly(folder: Path, stack: str, features: dict[str, Resources]) -> Assembly:
    """The assembly of a root stack with a nested one for each feature, and their outputs."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, str] = {}
    resources: Resources = {}
    outputs: Resources = {}
    for feature, held in features.items():
        inner = {name: {"Value": value} for name, value in _OUTPUTS[feature].items()}
        key = _asset(folder, f"{feature}.nested.template.json", {"Resources": held, "Outputs": inner}, files)
        resources[feature] = {
            "Type": "AWS::CloudFormation::Stack",
            "Properties": {
                "TemplateURL": {"Fn::Sub": f"https://s3.${{AWS::Region}}.${{AWS::URLSuffix}}/{ASSETS}/{key}"}
            },
            "Metadata": {"aws:cdk:path": f"handmade/{feature}.NestedStack/{feature}.NestedStackResource"},
        }
        outputs |= {name: {"Value": {"Fn::GetAtt": [feature, f"Outputs.{name}"]}} for name in inner}
    root = _asset(folder, "root.template.json", {"Resources": resources, "Outputs": outputs}, files)
    sources = {
        key: {
            "source": {"path": path, "packaging": "file"},
            "destinations": {"here": {"bucketName": ASSETS, "objectKey": key}},
        }
        for path, key in files.items()
    }
    (folder / "root.assets.json").write_text(json.dumps({"version": "36.0.0", "files": sources}))
    properties = {
        "stackName": stack,
        "templateFile": "root.template.json",
        "stackTemplateAssetObjectUrl": f"s3://{ASSETS}/{root}",
    }
    artifacts = {"root": {"type": "aws:cloudformation:stack", "properties": properties}}
    (folder / "manifest.json").write_text(json.dumps({"version": "36.0.0", "artifacts": artifacts}))
    return read_assembly(folder)


def _asset(folder: Path, name: str, content: Resources, files: dict[str, str]) -> str:
    text = json.dumps(content)
    (folder / name).write_text(text)
    files[name] = f"{hashlib.sha256(text.encode()).hexdigest()}.json"
    return files[name]


def deploy(local: LocalAws, made: Assembly) -> None:
    """Deploys an assembly to the local AWS."""
    properties = json.loads((made.folder / "manifest.json").read_text())["artifacts"]["root"]["properties"]
    bootstrap_local(local.session, local.account)
    publish(local.session, made.folder, local.account)
    url = template_url(properties["stackTemplateAssetObjectUrl"], local.account, local.region)
    outcome = deploy_stack(local.session, properties["stackName"], url, pause=0.1)
    if not outcome.succeeded:
        raise RuntimeError(str(outcome.failures))
