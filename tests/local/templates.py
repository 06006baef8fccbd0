"""Small stacks for tests: written here, uploaded, deployed, and how that ended."""

from __future__ import annotations

import io
import json
import time
import zipfile
from typing import Any

from migrator.local.process import LocalAws

BUCKET = "templates-of-tests"
_BUSY = "_IN_PROGRESS"
Template = dict[str, Any]


def resources(**given: dict[str, Any]) -> Template:
    """A template with these resources."""
    return {"Resources": given}


def upload(local: LocalAws, key: str, body: bytes) -> str:
    """Puts a file into the tests' bucket and gives its address."""
    s3 = local.session.client("s3")
    if BUCKET not in {one["Name"] for one in s3.list_buckets()["Buckets"]}:
        s3.create_bucket(Bucket=BUCKET)
    s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    return f"https://s3.{local.region}.amazonaws.com/{BUCKET}/{key}"


def nested(local: LocalAws, key: str, template: Template, **parameters: Any) -> dict[str, Any]:
    """A resource that is a stack of its own."""
    url = upload(local, key, json.dumps(template).encode())
    return {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url, "Parameters": parameters}}


def deploy(local: LocalAws, name: str, template: Template, **parameters: str) -> str:
    """Creates or updates a stack; the status that it ends with."""
    client = local.session.client("cloudformation")
    given = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
    body = {"StackName": name, "TemplateBody": json.dumps(template), "Parameters": given}
    there = any(one["StackName"] == name for one in client.describe_stacks()["Stacks"])
    (client.update_stack if there else client.create_stack)(**body, Capabilities=["CAPABILITY_NAMED_IAM"])
    return wait(local, name)


def wait(local: LocalAws, name: str) -> str:
    """The status of a stack, once it stays."""
    while True:
        status: str = local.session.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
        if not status.endswith(_BUSY):
            return status
        time.sleep(0.05)


def reasons(local: LocalAws, name: str) -> str:
    """Everything that CloudFormation says of what failed in a stack."""
    events = local.session.client("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
    return "\n".join(one.get("ResourceStatusReason", "") for one in events if "FAILED" in one["ResourceStatus"])


def outputs(local: LocalAws, name: str) -> dict[str, str]:
    """The outputs of a stack."""
    stack = local.session.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    return {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}


def archive(**files: str) -> bytes:
    """A ZIP file; `__` in a name stands for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, text in files.items():
            target.writestr(name.replace("__", "."), text)
    return made.getvalue()


ROLE: dict[str, Any] = {
    "Type": "AWS::IAM::Role",
    "Properties": {
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
            ],
        }
    },
}


def parameter(value: Any) -> dict[str, Any]:
    """A resource that holds a text."""
    return {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": value}}


def attribute(resource: str, name: str) -> dict[str, Any]:
    """A reference to an attribute."""
    return {"Fn::GetAtt": [resource, name]}


def export(value: Any, name: str) -> dict[str, Any]:
    """An output that other stacks may import."""
    return {"Value": value, "Export": {"Name": name}}


def inline_function(code: str) -> dict[str, Any]:
    properties = {
        "Runtime": "nodejs20.x",
        "Handler": "index.handler",
        "Role": attribute("Role", "Arn"),
        "Code": {"ZipFile": code},
        "Timeout": 20,
    }
    return {"Type": "AWS::Lambda::Function", "Properties": properties}


def with_custom_resource(code: str) -> dict[str, Any]:
    custom = {
        "Type": "Custom::Made",
        "Properties": {"ServiceToken": attribute("Function", "Arn"), "ServiceTimeout": "4"},
    }
    template = resources(Role=ROLE, Function=inline_function(code), Made=custom)
    return {**template, "Outputs": {"Word": {"Value": attribute("Made", "Word")}}}
