"""The code of docs/recipes.md, type-checked and synthesized piece by piece below a backend with users."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from migrator.verify import Check, Status, verify
from tests.projects import ROOT
from tests.verify.projects import AUTH, TSCONFIG, write

PAGE = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.S | re.M)
RECIPES = [(title, code) for title, text in SECTIONS for code in re.findall(r"```ts\n(.*?)```", text, re.S)]
TEMPLATE = ROOT / "sample_projects/atlas/gen1/amplify/backend/video/summitcam/summitcam-cloudformation-template.json"
BACKEND = """import { defineBackend } from '@aws-amplify/backend';
import { auth } from './auth/resource';

const backend = defineBackend({ auth });

"""


def project(folder: Path, code: str) -> Path:
    files = {
        "package.json": '{ "name": "recipe", "private": true, "type": "module" }\n',
        "amplify/package.json": '{ "type": "module" }\n',
        "amplify/tsconfig.json": TSCONFIG,
        "amplify/auth/resource.ts": AUTH,
        "amplify/backend.ts": BACKEND + code,
    }
    write(folder, files)
    (folder / "amplify/video/summitcam").mkdir(parents=True)
    shutil.copy(TEMPLATE, folder / "amplify/video/summitcam/template.json")
    return folder


@pytest.mark.node
@pytest.mark.parametrize("code", [pytest.param(code, id=title) for title, code in RECIPES])
def test_a_recipe_synthesizes(code: str, tmp_path: Path, pinned_packages: None) -> None:
    report = verify(project(tmp_path, code), only=(Check.TYPES, Check.SYNTH, Check.CYCLES))
    assert [(one.name, one.status, one.reason) for one in report.checks if one.status is not Status.PASSED] == []


def test_every_rule_without_a_converter_has_a_recipe() -> None:
    told = (ROOT / "rules/other.yaml").read_text(encoding="utf-8")
    rules = set(re.findall(r"^  - id: (OTH\d{3})$", told, re.M))
    assert rules - set(re.findall(r"Rule `(OTH\d{3})`", PAGE)) == set()
