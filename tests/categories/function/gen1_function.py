"""Gen 1 projects with functions, written by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.engine.assemble import assemble
from migrator.engine.context import Options
from migrator.gen1.graph import Resource
from migrator.gen1.project import App, discover
from migrator.output.emit import emit

JOB = ResourceRef("function", "job")
HANDLER = "exports.handler = async () => ({});\n"

Files = Mapping[str, Any]


def template(
    properties: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
    resources: Mapping[str, Any] | None = None,
    **rest: Any,
) -> dict[str, Any]:
    """A function's template as the CLI writes it, with more properties, variables and resources."""
    function = {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Handler": "index.handler",
            "FunctionName": {"Fn::Join": ["", ["job", "-", {"Ref": "env"}]]},
            "Role": {"Fn::GetAtt": ["LambdaExecutionRole", "Arn"]},
            "Runtime": "nodejs22.x",
            "Timeout": 25,
            "Environment": {"Variables": {"ENV": {"Ref": "env"}, **(variables or {})}},
            **(properties or {}),
        },
    }
    return {
        "Parameters": {"env": {"Type": "String"}, "limit": {"Type": "String", "Default": ""}},
        "Resources": {"LambdaFunction": function, "LambdaExecutionRole": role(), **(resources or {})},
        **rest,
    }


def role(**properties: Any) -> dict[str, Any]:
    """The role as the CLI writes it, with more properties."""
    statement = {"Effect": "Allow", "Principal": {"Service": ["lambda.amazonaws.com"]}, "Action": ["sts:AssumeRole"]}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": document, **properties}}


def policy(*statements: Mapping[str, Any], role: str = "LambdaExecutionRole") -> dict[str, Any]:
    """A policy of the function's role."""
    document = {"Version": "2012-10-17", "Statement": list(statements)}
    properties = {"PolicyName": "policy", "Roles": [{"Ref": role}], "PolicyDocument": document}
    return {"Type": "AWS::IAM::Policy", "DependsOn": ["LambdaExecutionRole"], "Properties": properties}


def allow(actions: Any, resources: Any) -> dict[str, Any]:
    """A statement."""
    return {"Effect": "Allow", "Action": actions, "Resource": resources}


def app(root: Path, functions: Mapping[str, Files], indexes: Files | None = None, **more: Any) -> App:
    """An app with functions, each a mapping of files in its folder; `indexes` are other resources."""
    config: dict[str, Any] = {"function": {}}
    for name, files in functions.items():
        service = "LambdaLayer" if "layer-configuration.json" in files else "Lambda"
        config["function"][name] = {"service": service, "providerPlugin": "awscloudformation", **more.pop(name, {})}
        for path, content in files.items():
            write(root / "amplify/backend/function" / name / path, content)
    write(root / "amplify/backend/backend-config.json", {**config, **(indexes or {})})
    for path, content in more.items():
        write(root / path, content)
    return discover(root).apps[0]


def job(root: Path, body: Any = None, source: Files | None = None, indexes: Files | None = None, **files: Any) -> App:
    """An app with the function `job`."""
    own = {"job-cloudformation-template.json": body or template(), **(source or {"src/index.js": HANDLER}), **files}
    return app(root, {"job": own}, indexes)


def read(found: App, ref: ResourceRef = JOB) -> Resource:
    """The function as read."""
    resource = Assessment(found).context.graph.get(ref)
    assert resource is not None
    return resource


def emitted(found: App, options: Options = Options()) -> dict[str, str]:
    """The text files that the functions become, by their paths below `amplify/function`."""
    assessment = Assessment(found, options)
    backend, findings = assemble(assessment.matches.matches, assessment.context, assessment.categories)
    assert [f.message for f in findings] == []
    files = emit(backend, assessment.context, assessment.categories).files
    prefix = "amplify/function/"
    return {f.path.removeprefix(prefix): f.content for f in files if isinstance(f.content, str) and prefix in f.path}


def flat(text: str) -> str:
    """Code on one line, whatever its layout."""
    joined = re.sub(r",?\s*([)\]])", r"\1", re.sub(r"([(\[])\s+", r"\1", " ".join(text.split())))
    return joined.replace(", }", " }")


def findings(found: App) -> list[str]:
    """The ids of the findings about functions."""
    return [f.rule for f in Assessment(found).findings if f.resource is not None and f.resource.category == "function"]


def write(path: Path, content: Any) -> None:
    """Objects as JSON, text as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
