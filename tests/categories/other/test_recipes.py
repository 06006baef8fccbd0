"""The code of docs/recipes.md, type-checked and synthesized section by section, and the gaps that it has to name."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from migrator.commands.explain import catalogue
from migrator.core.finding import Severity
from migrator.engine.rule import Rule, Support
from migrator.verify import Check, Status, verify
from tests.projects import ROOT
from tests.verify.projects import TSCONFIG, write

PAGE = (ROOT / "docs/recipes.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE, re.S | re.M)
WORDS, ELSEWHERE = "Recipes in words", "Code on other pages"
BLOCK = re.compile(r"```(?:ts|js)\n(?:// (amplify/\S+)\n)?(.*?)```", re.S)
RECIPES = [(title, text) for title, text in SECTIONS if BLOCK.search(text)]
DEFINED = re.compile(r"export const (\w+) = (?:define|reference)")
RULE = re.compile(r"`([A-Z]{3,4}\d{3})`")
TEMPLATE = ROOT / "sample_projects/atlas/gen1/amplify/backend/video/summitcam/summitcam-cloudformation-template.json"

AUTH = """import { defineAuth } from '@aws-amplify/backend';

export const auth = defineAuth({ loginWith: { email: true }, groups: ['Editors'] });
"""
AUTH_THAT_CALLS = """import { defineAuth } from '@aws-amplify/backend';
import { report } from '../function/report/resource';

export const auth = defineAuth({ loginWith: { email: true }, triggers: { postConfirmation: report } });
"""
DATA = """import { defineData } from '@aws-amplify/backend';

const schema = `
  type Recording @model @searchable @auth(rules: [{ allow: owner }]) { id: ID! title: String }
  type Query { nearest: String @aws_cognito_user_pools }
`;
export const data = defineData({ schema, authorizationModes: { defaultAuthorizationMode: 'userPool' } });
"""
REPORT = """import { defineFunction } from '@aws-amplify/backend';

export const report = defineFunction({ name: 'report', entry: './handler.js' });
"""
PROGRAM = """import { defineFunction } from '@aws-amplify/backend';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';

export const report = defineFunction(
  (scope) =>
    new LambdaFunction(scope, 'report', {
      runtime: Runtime.PROVIDED_AL2023,
      handler: 'bootstrap',
      code: Code.fromAsset('amplify/function/report'),
    }),
  { resourceGroupName: 'auth' }
);
"""
API = """import * as gateway from 'aws-cdk-lib/aws-apigateway';

const apis = backend.createStack('rest-api-parcelpost');
const parcels = new gateway.RestApi(apis, 'parcelpost', { cloudWatchRole: false });
parcels.root.resourceForPath('/track').addMethod('ANY', new gateway.LambdaIntegration(backend.report.resources.lambda));
parcels.addGatewayResponse('DEFAULT_4XX', { type: gateway.ResponseType.DEFAULT_4XX });
"""
PACKAGES = '{ "name": "recipe", "private": true, "type": "module", "dependencies": {%s} }\n'
RULE_OF_EVENTS = """import * as events from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';

new events.Rule(backend.report.stack, 'report-CloudWatchEvent', {
  schedule: events.Schedule.expression('rate(1 day)'),
  targets: [new LambdaFunction(backend.report.resources.lambda)],
});
"""
WIRED = {"parcelpost": API, "CfnRule": RULE_OF_EVENTS}
"""What a section takes as given of wiring files, by the word that tells that it does."""
SDK = re.compile(r"'(@aws-sdk/[\w-]+)'")


def resources(text: str) -> dict[str, str]:
    """The files that the section takes as given, and those of its own in their place."""
    own = {path: code for path, code in BLOCK.findall(text) if path}
    code = "".join(code for _, code in BLOCK.findall(text))
    late = "backend.report" in code and "userPoolId" in code
    given = {"amplify/auth/resource.ts": AUTH_THAT_CALLS if late else AUTH}
    if "backend.data" in code:
        given["amplify/data/resource.ts"] = DATA
    if late or "backend.report" in code or "function/report/" in text:
        given["amplify/function/report/resource.ts"] = PROGRAM if late else REPORT
        given["amplify/function/report/handler.js"] = "export const handler = async () => ({});\n"
    return {**given, **own}


def project(folder: Path, text: str) -> Path:
    """A backend with the code of a section."""
    files = resources(text)
    found = ((path, DEFINED.search(code)) for path, code in files.items() if path.endswith("/resource.ts"))
    features = {name[1]: path.removeprefix("amplify").removesuffix(".ts") for path, name in found if name}
    lines = [
        "import { defineBackend } from '@aws-amplify/backend';",
        *(f"import {{ {name} }} from '.{path}';" for name, path in features.items()),
        f"const backend = defineBackend({{ {', '.join(features)} }});",
    ]
    below = "".join(code for path, code in BLOCK.findall(text) if not path)
    wired = (given for word, given in WIRED.items() if word in below)
    backend = "\n".join((*lines, *wired, below))
    write(
        folder,
        {
            "package.json": PACKAGES % ", ".join(f'"{name}": "^3.0.0"' for name in SDK.findall(text)),
            "amplify/package.json": '{ "type": "module" }\n',
            "amplify/tsconfig.json": TSCONFIG,
            **files,
            "amplify/backend.ts": backend,
        },
    )
    (folder / "amplify/video/summitcam").mkdir(parents=True)
    shutil.copy(TEMPLATE, folder / "amplify/video/summitcam/template.json")
    return folder


@pytest.mark.node
@pytest.mark.parametrize("text", [pytest.param(text, id=title) for title, text in RECIPES])
def test_a_recipe_synthesizes(text: str, tmp_path: Path, pinned_packages: None) -> None:
    checks = (Check.TYPES, Check.SYNTH, Check.CYCLES)
    report = verify(project(tmp_path, text), only=checks, install=bool(SDK.search(text)))
    assert [(one.name, one.status, one.reason) for one in report.checks if one.status is not Status.PASSED] == []


def is_gap(rule: Rule) -> bool:
    """Whether something that the rule matches is left to the user."""
    by_hand = rule.support in (Support.MANUAL, Support.NONE)
    return by_hand or any(one.severity == Severity.GAP for one in rule.report)


def named(text: str) -> set[str]:
    return set(RULE.findall(text))


def in_code() -> set[str]:
    """The rules that a section with code is for, as its first line says."""
    return {rule for _, text in RECIPES for rule in named(text.strip().splitlines()[0].partition(". ")[0])}


def test_every_gap_has_a_recipe() -> None:
    told = in_code() | named(dict(SECTIONS)[WORDS]) | named(dict(SECTIONS)[ELSEWHERE])
    assert {rule.id for rule in catalogue() if is_gap(rule)} - told == set()


def test_no_recipe_has_code_and_is_said_in_words() -> None:
    words, elsewhere = named(dict(SECTIONS)[WORDS]), named(dict(SECTIONS)[ELSEWHERE])
    assert in_code() & words | in_code() & elsewhere | words & elsewhere == set()


def test_what_is_said_in_words_is_a_gap() -> None:
    assert named(dict(SECTIONS)[WORDS]) - {rule.id for rule in catalogue() if is_gap(rule)} == set()


def test_every_rule_that_is_left_to_the_user_says_what_to_do() -> None:
    silent = {rule.id for rule in catalogue() if rule.support in (Support.MANUAL, Support.NONE) and not rule.instead}
    assert silent == set()


@pytest.mark.parametrize("line", [one for one in dict(SECTIONS)[ELSEWHERE].splitlines() if RULE.search(one)])
def test_code_on_another_page_is_there_with_its_test(line: str) -> None:
    (page,) = re.findall(r"\]\((\S+?)\)", line)
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    (test,) = re.findall(r"`(tests/\S+\.py)`", line)
    assert (ROOT / test).is_file()
    assert named(line) - set(re.findall(r"[A-Z]{4}\d{3}", text)) == set()


def test_every_rule_that_leads_to_this_page_is_named_here() -> None:
    led = {rule.id for rule in catalogue() if "docs/recipes.md" in (rule.instead or "")}
    assert led - in_code() - named(dict(SECTIONS)[WORDS]) == set()


def test_no_recipe_opens_a_path_or_lets_everyone_in() -> None:
    code = "".join(code for _, text in RECIPES for _, code in BLOCK.findall(text))
    assert "AnyPrincipal" not in code
    assert re.findall(r"\.addMethod\((?:(?!authorizationType).)*?\);", code, re.S) == []
