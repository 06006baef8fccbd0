"""The statements of `custom-policies.json`, which the Gen 1 CLI adds to a function's template when it is pushed.

https://docs.amplify.aws/gen1/react/build-a-backend/functions/configure-options/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrator.documents.document import Document
from migrator.gen1.entries import Entry
from migrator.verify.stacks import ENV

FILE = "custom-policies.json"
POLICY = "CustomLambdaExecutionPolicy"
_ROLE = "LambdaExecutionRole"


def with_own_policies(document: Document, entry: Entry) -> Document:
    """A function's template as it is deployed; a template that the CLI has built holds the statements already."""
    resources = document.root.get("Resources") if isinstance(document.root, dict) else None
    if not isinstance(resources, dict) or POLICY in resources or _ROLE not in resources:
        return document
    said = [statement for element in entry.cursor(FILE).elements() if (statement := _statement(element.whole().value))]
    if not said:
        return document
    policy = {
        "Type": "AWS::IAM::Policy",
        "Properties": {
            "PolicyName": "custom-lambda-execution-policy",
            "PolicyDocument": {"Version": "2012-10-17", "Statement": said},
            "Roles": [{"Ref": _ROLE}],
        },
    }
    root: Any = {**document.root, "Resources": {**resources, POLICY: policy}}  # type: ignore[dict-item]
    return Document(document.path, document.name, root)


def _statement(said: object) -> dict[str, Any] | None:
    """One statement with `${env}` as a reference; what names no action is a form that nobody filled in."""
    if not isinstance(said, Mapping) or not said.get("Action") or not said.get("Resource"):
        return None
    return {"Effect": "Allow", **{key: _with_env(value) for key, value in said.items()}}


def _with_env(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: item if str(key).startswith("Fn::") else _with_env(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_env(item) for item in value]
    return {"Fn::Sub": value} if isinstance(value, str) and f"${{{ENV}}}" in value else value
