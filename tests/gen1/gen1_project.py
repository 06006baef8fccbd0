"""Gen 1 projects written by hand, file by file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from migrator.gen1.project import App, discover

Files = Mapping[str, object]

CONFIG = {
    "auth": {"petsauth": {"service": "Cognito", "providerPlugin": "awscloudformation", "dependsOn": []}},
    "storage": {
        "photos": {
            "service": "S3",
            "providerPlugin": "awscloudformation",
            "dependsOn": [{"category": "auth", "resourceName": "petsauth", "attributes": ["UserPoolId"]}],
        }
    },
    "function": {"hello": {"service": "Lambda", "providerPlugin": "awscloudformation", "build": True}},
}

TEAM = {
    "dev": {
        "awscloudformation": {
            "Region": "eu-west-1",
            "StackName": "amplify-pets-dev-12345",
            "AmplifyAppId": "d1example",
        },
        "categories": {"function": {"hello": {"greeting": "hi", "s3Key": "k"}}, "storage": {"photos": {}}},
    }
}

BUCKET_TEMPLATE = {
    "Parameters": {
        "env": {"Type": "String"},
        "bucketName": {"Type": "String"},
        "authpetsauthUserPoolId": {"Type": "String", "Default": "authpetsauthUserPoolId"},
        "allowed": {"Type": "CommaDelimitedList", "Default": ""},
    },
    "Conditions": {"WithoutEnvironment": {"Fn::Equals": [{"Ref": "env"}, "NONE"]}},
    "Resources": {
        "S3Bucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "BucketName": {
                    "Fn::If": [
                        "WithoutEnvironment",
                        {"Ref": "bucketName"},
                        {
                            "Fn::Join": [
                                "",
                                [
                                    {"Ref": "bucketName"},
                                    {"Fn::Select": [3, {"Fn::Split": ["-", {"Ref": "AWS::StackName"}]}]},
                                    "-",
                                    {"Ref": "env"},
                                ],
                            ]
                        },
                    ]
                },
                "Tags": [{"Key": "pool", "Value": {"Ref": "authpetsauthUserPoolId"}}],
            },
        }
    },
}

SOURCE: Files = {
    "amplify/.config/project-config.json": {"projectName": "pets", "version": "3.1", "frontend": "javascript"},
    "amplify/cli.json": {"features": {"graphQLTransformer": {"TransformerVersion": 2}, "auth": {}}},
    "amplify/team-provider-info.json": TEAM,
    "amplify/backend/backend-config.json": CONFIG,
    "amplify/backend/tags.json": [{"Key": "user:Stack", "Value": "{project-env}"}],
    "amplify/backend/auth/petsauth/cli-inputs.json": {"version": "1", "cognitoConfig": {"mfaConfiguration": "OFF"}},
    "amplify/backend/storage/photos/cli-inputs.json": {"resourceName": "photos", "bucketName": "petphotos"},
    "amplify/backend/function/hello/hello-cloudformation-template.json": {"Resources": {}},
    "amplify/backend/function/hello/function-parameters.json": {"lambdaLayers": []},
    "amplify/backend/function/hello/amplify.state": {"functionRuntime": "nodejs"},
    "amplify/backend/function/hello/src/package.json": {"name": "hello"},
    "amplify/backend/function/hello/src/event.json": {},
    "amplify/backend/function/hello/src/index.js": "exports.handler = async () => ({});\n",
}
"""A project of a recent CLI, as most repositories hold it: no metadata, nothing built."""

_PUSHED = {"lastPushTimeStamp": "2024-01-01T00:00:00.000Z", "providerMetadata": {"logicalId": ""}}


def _meta() -> dict[str, object]:
    meta: dict[str, object] = {"providers": {"awscloudformation": {**TEAM["dev"]["awscloudformation"]}}}
    for category, resources in CONFIG.items():
        meta[category] = {
            name: {**body, **_PUSHED, "providerMetadata": {"logicalId": f"{category}{name}"}, "output": {}}
            for name, body in resources.items()
        }
    return meta


META = _meta()
META["auth"]["petsauth"]["output"] = {"UserPoolId": "eu-west-1_example"}  # type: ignore[index]

_BUILT: Files = {
    "storage/photos/build/cloudformation-template.json": BUCKET_TEMPLATE,
    "storage/photos/build/parameters.json": {"bucketName": "petphotos", "allowed": ["a", "b"]},
}

DEPLOYED: Files = {
    **SOURCE,
    "amplify/backend/amplify-meta.json": META,
    **{f"amplify/backend/{path}": content for path, content in _BUILT.items()},
    **{
        path.replace("amplify/backend/", "amplify/#current-cloud-backend/"): content
        for path, content in SOURCE.items()
        if path.startswith("amplify/backend/")
    },
    **{f"amplify/#current-cloud-backend/{path}": content for path, content in _BUILT.items()},
    "amplify/#current-cloud-backend/amplify-meta.json": META,
    "amplify/#current-cloud-backend/awscloudformation/build/root-cloudformation-stack.json": {
        "Parameters": {"AuthRoleName": {"Type": "String", "Default": "AuthRoleName"}},
        "Resources": {
            "storagephotos": {
                "Type": "AWS::CloudFormation::Stack",
                "Properties": {
                    "Parameters": {
                        "bucketName": "petphotosdeployed",
                        "allowed": "a,b",
                        "authpetsauthUserPoolId": {"Fn::GetAtt": ["authpetsauth", "Outputs.UserPoolId"]},
                        "authRoleName": {"Ref": "AuthRoleName"},
                        "env": "dev",
                    }
                },
            }
        },
    },
}
"""The same project after a push."""


def write(root: Path, files: Files) -> Path:
    """Writes a project; objects as JSON, text and bytes as they are. None leaves a file out."""
    for name, content in files.items():
        path = root / name
        if content is None:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content, indent=2))
    return root


def only_app(root: Path, files: Files, env: str | None = None) -> App:
    """The one app of a project that is written first."""
    (app,) = discover(write(root, files), env).apps
    return app


def rules(app: App) -> list[str]:
    """Ids of all findings of an app."""
    return sorted(finding.rule for finding in app.findings)
