"""The code of docs/data-rest.md is what Gen 2 takes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrator.commands.convert import Request, convert
from migrator.node.packages import prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.synth import synthesize
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


def test_a_service_of_amazon_answers_in_the_place_of_predictions(tmp_path: Path, toolchain: Toolchain) -> None:
    (code,) = re.findall(r"```ts\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert FIELD in PAGE.read_text()
    out = tmp_path / "gen2"
    convert(Request(project(tmp_path / "gen1", schema=SCHEMA), out))
    backend = out / "amplify" / "backend.ts"
    backend.write_text(f"{backend.read_text()}\n{code}")
    packages = prepare_packages(out, toolchain, install=False, progress=print)
    with mirrored(out.resolve(), toolchain.modules, packages.folder) as workspace, Processes() as processes:
        made = synthesize(workspace, toolchain, processes, Mode.BRANCH, "main")
        resolver = resources(made, "AWS::AppSync::Resolver")["TranslateResolver"]
        (source,) = (
            one for one in resources(made, "AWS::AppSync::DataSource").values() if one["Properties"]["Type"] == "HTTP"
        )
    assert resolver["Properties"]["FieldName"] == "translate"
    assert resolver["DependsOn"]
    assert (
        source["Properties"]["HttpConfig"]["AuthorizationConfig"]["AwsIamConfig"]["SigningServiceName"] == "translate"
    )
