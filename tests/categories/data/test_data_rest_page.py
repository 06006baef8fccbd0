"""The code of docs/data-rest.md is what Gen 2 takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from migrator.commands.convert import Request, convert
from migrator.node.packages import prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.synth import Synthesis, synthesize
from migrator.verify.workspace import Mode, mirrored
from tests.categories.data.gen1_api import project
from tests.categories.data.synthesis import resources
from tests.projects import ROOT

pytestmark = pytest.mark.node

PAGE = ROOT / "docs" / "data-rest.md"
FIELD = "translate(text: String!, from: String!, to: String!): String"
SCHEMA = f"""
type Plant @model @auth(rules: [{{ allow: owner }}]) {{ id: ID! name: String }}
type Query {{ {FIELD} @aws_cognito_user_pools @predictions(actions: [translateText]) }}
"""


@contextmanager
def extended(tmp_path: Path, toolchain: Toolchain, chapter: str) -> Iterator[Synthesis]:
    """A converted project with the code of a chapter in its `backend.ts`, synthesized."""
    code = re.findall(rf"## {chapter}\n.*?```ts\n(.*?)```", PAGE.read_text(), re.DOTALL)[0]
    out = tmp_path / "gen2"
    convert(Request(project(tmp_path / "gen1", schema=SCHEMA), out))
    backend = out / "amplify" / "backend.ts"
    backend.write_text(f"{backend.read_text()}\n{code}")
    packages = prepare_packages(out, toolchain, install=False, progress=print)
    with mirrored(out.resolve(), toolchain.modules, packages.folder) as workspace, Processes() as processes:
        yield synthesize(workspace, toolchain, processes, Mode.BRANCH, "main")


def test_a_service_of_amazon_answers_in_the_place_of_predictions(tmp_path: Path, toolchain: Toolchain) -> None:
    assert FIELD in PAGE.read_text()
    with extended(tmp_path, toolchain, "Predictions") as made:
        resolver = resources(made, "AWS::AppSync::Resolver")["TranslateResolver"]
        sources = [one["Properties"] for one in resources(made, "AWS::AppSync::DataSource").values()]
    assert resolver["Properties"]["FieldName"] == "translate"
    assert resolver["DependsOn"]
    (source,) = (one for one in sources if one["Type"] == "HTTP")
    signed = source["HttpConfig"]["AuthorizationConfig"]["AwsIamConfig"]
    assert signed["SigningServiceName"] == "translate"


def test_a_role_gets_the_right_that_passes_every_rule(tmp_path: Path, toolchain: Toolchain) -> None:
    with extended(tmp_path, toolchain, "Administrators") as made:
        policies = [one["Properties"] for one in resources(made, "AWS::IAM::ManagedPolicy").values()]
    assert [one["Roles"] for one in policies] == [["console-admins"]]
