"""Roles of functions that others than Lambda may take: the code is what TypeScript and CDK take."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from migrator.commands.convert import Request, convert
from migrator.verify import Check, Status, verify
from tests.categories.data.synthesis import resources, synthesis
from tests.categories.function.gen1_function import HANDLER, app, role, template
from tests.verify.conftest import node, toolchain

__all__ = ["node", "toolchain"]

pytestmark = pytest.mark.node

SERVICES = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]
PYTHON = "def handler(event, context):\n    return event\n"


def function(name: str, **properties: Any) -> Mapping[str, Any]:
    statement = {"Effect": "Allow", "Principal": {"Service": SERVICES}, "Action": ["sts:AssumeRole"]}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    body = template(properties, resources={"LambdaExecutionRole": role(AssumeRolePolicyDocument=document)})
    return {f"{name}-cloudformation-template.json": body}


def project(root: Path) -> Path:
    """One function that Amplify bundles, and one that CDK makes."""
    edge = {**function("edge"), "src/index.js": HANDLER}
    count = {**function("count", Runtime="python3.12"), "src/index.py": PYTHON}
    app(root, {"edge": edge, "count": count})
    return root


def test_the_statement_type_checks(tmp_path: Path, pinned_packages: None) -> None:
    convert(Request(project(tmp_path / "gen1"), tmp_path / "gen2"))
    assert "addStatements(" in (tmp_path / "gen2/amplify/function/wiring.ts").read_text()
    report = verify(tmp_path / "gen2", only=(Check.TYPES,))
    assert [(one.name, one.status, one.reason) for one in report.checks if one.status is not Status.PASSED] == []


def test_both_services_may_take_the_roles(tmp_path: Path, toolchain: Any) -> None:
    with synthesis(project(tmp_path / "gen1"), tmp_path / "gen2", toolchain) as made:
        roles = [one["Properties"] for one in resources(made, "AWS::IAM::Role").values()]
    trusted = [
        [statement["Principal"]["Service"] for statement in one["AssumeRolePolicyDocument"]["Statement"]]
        for one in roles
        if "edgelambda" in str(one["AssumeRolePolicyDocument"])
    ]
    assert trusted == [SERVICES, SERVICES]
