"""A Gen 1 project with a GraphQL API, written by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from migrator.commands.assessment import Assessment
from migrator.engine.context import Options
from migrator.gen1.project import discover

Files = Mapping[str, Any]

API = "amplify/backend/api/garden"
SCHEMA = """\
type Plant @model @auth(rules: [{ allow: owner }, { allow: public, operations: [read] }]) {
  id: ID!
  name: String! @index(name: "byName")
  bed: Bed
  waterings: [Watering] @hasMany(indexName: "byPlant", fields: ["id"])
}

type Watering @model @auth(rules: [{ allow: private }]) {
  id: ID!
  plantID: ID! @index(name: "byPlant", sortKeyFields: ["at"])
  at: AWSDateTime!
}

type Bed {
  row: Int
}

# What the station measures
type Weather {
  degrees: Float
}

type Query {
  weather(place: String!): Weather
  season: String
}
"""
RESOLVERS = {
    "Parameters": {"AppSyncApiId": {"Type": "String"}, "env": {"Type": "String", "Default": "NONE"}},
    "Resources": {
        "WeatherSource": {
            "Type": "AWS::AppSync::DataSource",
            "Properties": {
                "ApiId": {"Ref": "AppSyncApiId"},
                "Name": "weather",
                "Type": "HTTP",
                "HttpConfig": {"Endpoint": "https://weather.example.com"},
            },
        },
        "QueryWeatherResolver": {
            "Type": "AWS::AppSync::Resolver",
            "Properties": {
                "ApiId": {"Ref": "AppSyncApiId"},
                "TypeName": "Query",
                "FieldName": "weather",
                "DataSourceName": {"Fn::GetAtt": ["WeatherSource", "Name"]},
                "RequestMappingTemplateS3Location": {
                    "Fn::Sub": "s3://${S3DeploymentBucket}/${S3DeploymentRootKey}/resolvers/Query.weather.req.vtl"
                },
                "ResponseMappingTemplate": "$util.toJson($ctx.result)",
            },
        },
    },
}
CONFIG: Any = {
    "auth": {"people": {"service": "Cognito", "providerPlugin": "awscloudformation", "dependsOn": []}},
    "api": {"garden": {"service": "AppSync", "providerPlugin": "awscloudformation", "dependsOn": []}},
}
PARAMETERS = {"AppSyncApiName": "garden", "DynamoDBEnableServerSideEncryption": False}
USERS = {"mode": "AMAZON_COGNITO_USER_POOLS", "cognitoUserPoolId": "authpeople"}
KEY = {"mode": "API_KEY", "expirationTime": 30, "keyDescription": "visitors"}


def project(root: Path, **given: Any) -> Path:
    """Writes a project. `schema` is text or files; `modes` default and further ones; `flags`, `files` and the like."""
    modes = given.get("modes", (KEY, USERS))
    inputs = {
        "version": 1,
        "serviceConfiguration": {
            "apiName": "garden",
            "serviceName": "AppSync",
            "defaultAuthType": modes[0],
            "additionalAuthTypes": list(modes[1:]),
            "conflictResolution": {},
        },
    }
    flags = {"transformerversion": 2, "enableautoindexquerynames": True, "secondarykeyasgsi": True}
    flags |= {"respectprimarykeyattributesonconnectionfield": True, "populateownerfieldforstaticgroupauth": True}
    schema = given.get("schema", SCHEMA)
    files: dict[str, Any] = {
        "amplify/.config/project-config.json": {"projectName": "garden", "version": "3.1", "frontend": "javascript"},
        "amplify/.config/local-env-info.json": {"envName": "prod"},
        "amplify/team-provider-info.json": {"prod": {"awscloudformation": {"Region": "eu-west-1"}}},
        "amplify/cli.json": {"features": {"graphqltransformer": {**flags, **given.get("flags", {})}}},
        "amplify/backend/backend-config.json": given.get("config", CONFIG),
        "amplify/backend/auth/people/cli-inputs.json": {
            "version": "1",
            "cognitoConfig": {"resourceName": "people", "userPoolName": "people", "authSelections": "userPoolOnly"},
        },
        f"{API}/cli-inputs.json": inputs,
        f"{API}/parameters.json": {
            "AppSyncApiName": "garden",
            "DynamoDBEnableServerSideEncryption": False,
            **given.get("parameters", {}),
        },
        f"{API}/transform.conf.json": {"Version": 5, "ElasticsearchWarning": True, **given.get("conf", {})},
        **({f"{API}/schema.graphql": schema} if isinstance(schema, str) else schema),
        **given.get("files", {}),
    }
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content, indent=2))
    return root


def assess(root: Path, env: str | None = None, **options: Any) -> Assessment:
    """The assessment of the only app."""
    (app,) = discover(root, env).apps
    return Assessment(app, Options(**options))


CUSTOM: Files = {
    f"{API}/stacks/CustomResources.json": RESOLVERS,
    f"{API}/resolvers/Query.weather.req.vtl": '{"version":"2018-05-29","method":"GET","resourcePath":"/"}\n',
    f"{API}/resolvers/Query.getPlant.postAuth.2.req.vtl": '$util.qr($ctx.stash.put("seen", true))\n{}\n',
    f"{API}/resolvers/Query.getPlant.postAuth.1.req.vtl": "$util.toJson({})\n",
    f"{API}/resolvers/Query.listPlants.req.vtl": '{"version":"2018-05-29","operation":"Scan","limit":1}\n',
}
"""Resolvers of every kind."""
