"""Templates for tests of plans."""

from __future__ import annotations

from typing import Any

from migrator.deploy.changes import Action, Change, changes
from migrator.deploy.trees import Tree


def resource(type_: str, policy: str = "", **properties: Any) -> dict[str, Any]:
    policies = {"DeletionPolicy": policy, "UpdateReplacePolicy": policy} if policy else {}
    return {"Type": type_, "Properties": properties, **policies}


def template(parameters: Any = (), outputs: dict[str, Any] | None = None, **resources: Any) -> dict[str, Any]:
    told = {name: {"Value": value} for name, value in (outputs or {}).items()}
    return {"Parameters": {name: {"Type": "String"} for name in parameters}, "Resources": resources, "Outputs": told}


def nested(**parameters: Any) -> dict[str, Any]:
    return resource("AWS::CloudFormation::Stack", TemplateURL="https://x", Parameters=parameters)


def tree(root: dict[str, Any] | None = None, **below: Any) -> Tree:
    return Tree({"": root or template(), **below})


def found(before: Tree, after: Tree) -> dict[str, Change]:
    return {change.logical_id: change for change in changes(before, after)}


def action(before: Tree, after: Tree, name: str) -> Action | None:
    change = found(before, after).get(name)
    return change.action if change else None
