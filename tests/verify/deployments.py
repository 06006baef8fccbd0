"""Small Gen 1 projects and synthesized assemblies, written by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from migrator.commands.assessment import Assessment
from migrator.commands.deployed_subject import watches
from migrator.engine.catalog import load_catalog, names
from migrator.engine.context import Options
from migrator.engine.survey import Survey, survey
from migrator.gen1.project import discover
from migrator.verify.assembly import Assembly, Stack
from migrator.verify.deployed import Deployed
from migrator.verify.gen1_stacks import gen1_generation
from migrator.verify.gen2_stacks import gen2_generation
from migrator.verify.naming import named
from migrator.verify.results import Check, CheckResult
from migrator.verify.sides import Sides
from migrator.verify.subject import DeployedSubject

Template = Mapping[str, Any]
FUNCTION: Template = {
    "Resources": {
        "LambdaFunction": {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Handler": "index.handler",
                "FunctionName": {"Fn::Join": ["", ["resize-", {"Ref": "env"}]]},
                "Environment": {"Variables": {"ENV": {"Ref": "env"}, "REGION": {"Ref": "AWS::Region"}}},
                "Runtime": "nodejs22.x",
                "Timeout": 25,
            },
        }
    },
    "Parameters": {"env": {"Type": "String"}},
    "Outputs": {
        "Name": {"Value": {"Ref": "LambdaFunction"}},
        "Arn": {"Value": {"Fn::GetAtt": ["LambdaFunction", "Arn"]}},
    },
}
"""A function as the Gen 1 CLI writes it, shortened."""
RESIZE: Template = {
    "Type": "AWS::Lambda::Function",
    "Properties": {
        "Handler": "index.handler",
        "Architectures": ["x86_64"],
        "MemorySize": 128,
        "Environment": {"Variables": {"ENV": "main", "REGION": {"Ref": "AWS::Region"}, "AMPLIFY_SSM_ENV_CONFIG": "{}"}},
        "Runtime": "nodejs22.x",
        "Timeout": 25,
    },
    "Metadata": {"aws:cdk:path": "root/function/resize-lambda/Resource"},
}
"""The same, as `defineFunction` makes it."""


def project(folder: Path, functions: Mapping[str, Template], depends: Mapping[str, Any] = {}) -> Assessment:
    """A Gen 1 project with these functions, of the environment main."""
    backend = folder / "amplify" / "backend"
    backend.mkdir(parents=True)
    config = {
        name: {"service": "Lambda", "build": True, "providerPlugin": "awscloudformation", **depends.get(name, {})}
        for name in functions
    }
    for name, template in functions.items():
        own = backend / "function" / name
        (own / "src").mkdir(parents=True)
        (own / "src" / "index.js").write_text("exports.handler = async () => 1;\n")
        (own / "src" / "package.json").write_text('{"name": "f", "version": "1.0.0"}\n')
        (own / f"{name}-cloudformation-template.json").write_text(json.dumps(template))
    (backend / "backend-config.json").write_text(json.dumps({"function": config}))
    (folder / "amplify" / "team-provider-info.json").write_text(
        '{"main": {"awscloudformation": {"Region": "eu-west-1"}}}'
    )
    return Assessment(discover(folder).apps[0], Options())


def assembly(stacks: Mapping[str, Template], root: Mapping[str, Any] = MappingProxyType({})) -> Assembly:
    """A cloud assembly with these nested stacks by path, and resources of the root beside them."""
    nested = [
        Stack(f"{path}.json", dict(template), "root.json", f"{path}Stack", path) for path, template in stacks.items()
    ]
    parameters = {path: template.get("Given", {}) for path, template in stacks.items()}
    own = {
        f"{path}Stack": {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": parameters[path]}}
        for path in stacks
    }
    return Assembly(Path(), (Stack("root.json", {"Resources": {**own, **root}}), *nested), {})


def gen1(assessment: Assessment) -> Survey:
    """What the project deploys, observed."""
    listed = tuple(watches())
    generation = gen1_generation(assessment.context, [watch.observer.gives for watch in listed])
    return survey(named(generation, [watch.observer for watch in listed]), listed)


def gen2(assessment: Assessment, made: Assembly) -> Survey:
    """What the assembly deploys, observed."""
    listed = tuple(watches())
    generation = gen2_generation(made, assessment.context, "main")
    return survey(named(generation, [watch.observer for watch in listed]), listed)


def checked(assessment: Assessment, made: Assembly, check: Check = Check.SETTINGS, **known: Any) -> CheckResult:
    """The result of a check with the shipped rules."""
    matched: dict[Any, set[str]] = {}
    facts: dict[Any, set[str]] = {}
    for one in assessment.matches.matches:
        matched.setdefault(one.fact.resource, set()).add(one.rule.id)
        facts.setdefault((one.fact.resource, one.rule.id), set()).add(one.fact.key)
    rules = tuple(rule for rule in load_catalog(names()).rules if rule.accept)
    known = {"facts": facts, **known}
    subject = DeployedSubject(assessment.context, tuple(watches()), rules, matched, assessment.findings, **known)
    return Deployed(Sides(subject, assessment.context, made, "main")).check(check)
