"""Cloud assemblies as CDK would write them, made by hand: small enough to be deployed many times."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from migrator.deploy.backend_names import stack_name
from migrator.deploy.synthesis import Synthesized
from migrator.deploy.targets.interface import BackendIdentity, Slice
from migrator.verify.assembly import read_assembly
from migrator.verify.workspace import Mode

IDENTITY = BackendIdentity(Mode.BRANCH, "handmade", "main")
BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"
ROLE = {
    "AssumeRolePolicyDocument": {
        "Statement": [{"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}}]
    }
}


def table(policy: str = "Retain", **properties: Any) -> dict[str, Any]:
    """A table with a generated name."""
    told = {
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
        **properties,
    }
    return {
        "Type": "AWS::DynamoDB::Table",
        "Properties": told,
        "DeletionPolicy": policy,
        "UpdateReplacePolicy": policy,
    }


def parameter(value: Any) -> dict[str, Any]:
    return {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": value}}


def broken() -> dict[str, Any]:
    """A resource that CloudFormation cannot make: the function that should make it is not there."""
    missing = "arn:aws:lambda:us-east-1:000000000000:function:missing"
    return {"Type": "Custom::Broken", "Properties": {"ServiceToken": missing}}


FEATURES: dict[str, dict[str, Any]] = {
    "one": {"Users": table(), "Role": {"Type": "AWS::IAM::Role", "Properties": ROLE}},
    "two": {"Rows": table(), "Name": parameter({"Ref": "Rows"}), "More": table("Delete")},
    "three": {"Setting": parameter("three"), "Other": parameter("four")},
}


def slices(folder: Path, features: dict[str, dict[str, Any]] = FEATURES) -> list[Synthesized]:
    """Feature after feature, each on top of those before."""
    found = []
    names = list(features)
    for end in range(1, len(names) + 1):
        held = tuple(names[:end])
        found.append(synthesized(folder / "-".join(held), {name: features[name] for name in held}, held[-1:]))
    return found


def synthesized(folder: Path, features: dict[str, dict[str, Any]], adds: tuple[str, ...]) -> Synthesized:
    write_assembly(folder, features)
    assembly = read_assembly(folder)
    digest = hashlib.sha256(json.dumps(features).encode()).hexdigest()
    return Synthesized(Slice(adds, tuple(features), folder), digest, assembly)


def write_assembly(folder: Path, features: dict[str, dict[str, Any]], identity: BackendIdentity = IDENTITY) -> None:
    """A root stack with one nested stack for each feature."""
    folder.mkdir(parents=True, exist_ok=True)
    name = stack_name(identity)
    files: dict[str, str] = {}
    resources = {}
    for feature, held in features.items():
        key = _asset(folder, f"{feature}.nested.template.json", {"Resources": held}, files)
        resources[feature] = {
            "Type": "AWS::CloudFormation::Stack",
            "Properties": {"TemplateURL": {"Fn::Sub": _url(key)}},
            "Metadata": {"aws:cdk:path": f"{name}/{feature}.NestedStack/{feature}.NestedStackResource"},
        }
    root = _asset(folder, f"{name}.template.json", {"Resources": resources}, files)
    sources = {
        key: {
            "source": {"path": path, "packaging": "file"},
            "destinations": {"here": {"bucketName": BUCKET, "objectKey": key}},
        }
        for path, key in files.items()
    }
    (folder / f"{name}.assets.json").write_text(json.dumps({"version": "36.0.0", "files": sources}))
    properties = {"templateFile": f"{name}.template.json", "stackTemplateAssetObjectUrl": f"s3://{BUCKET}/{root}"}
    artifacts = {name: {"type": "aws:cloudformation:stack", "properties": properties}}
    (folder / "manifest.json").write_text(json.dumps({"version": "36.0.0", "artifacts": artifacts}))


def _asset(folder: Path, name: str, content: dict[str, Any], files: dict[str, str]) -> str:
    text = json.dumps(content)
    (folder / name).write_text(text)
    files[name] = f"{hashlib.sha256(text.encode()).hexdigest()}.json"
    return files[name]


def _url(key: str) -> str:
    return f"https://s3.${{AWS::Region}}.${{AWS::URLSuffix}}/{BUCKET}/{key}"
