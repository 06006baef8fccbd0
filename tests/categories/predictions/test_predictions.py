"""Predictions: what is read, and what they are written as."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.predictions.model import Prediction
from migrator.categories.predictions.settings import settings
from migrator.commands.assessment import Assessment
from migrator.commands.convert import Request, convert
from migrator.gen1.project import discover
from tests.projects import ROOT, SAMPLES

ATLAS = next(sample for sample in SAMPLES if sample.name == "atlas") / "gen1"
HARBOUR = ROOT / "tests/fixtures/gen1/geo-elsewhere"


@pytest.fixture(scope="module")
def wiring(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("atlas")
    convert(Request(ATLAS, out, (), "main"))
    return " ".join((out / "amplify/predictions/wiring.ts").read_text(encoding="utf-8").split())


def test_all_kinds_are_read() -> None:
    facts = Assessment(discover(ATLAS, "main").apps[0]).context.graph.facts(Prediction)
    assert {fact.node.kind for fact in facts} == {
        "translateText",
        "speechGenerator",
        "transcription",
        "interpretText",
        "identifyLabels",
        "identifyEntities",
        "identifyText",
        "inferModel",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "translateText: { region: stack.region, proxy: false, defaults: { sourceLanguage: 'ja',",
        "transcription: { region: 'ap-northeast-2', proxy: false, defaults: { language: 'en-US' }, }",
        "inferModel: { region: stack.region, proxy: false, endpoint: 'snow-depth', }",
    ],
)
def test_clients_are_told_what_gen_1_told_them(wiring: str, statement: str) -> None:
    assert statement in wiring


def test_the_right_on_a_model_is_the_endpoints(wiring: str) -> None:
    assert "resources: [ 'arn:aws:sagemaker:ap-northeast-1:123456789012:endpoint/snow-depth', ]" in wiring


def test_the_text_false_lets_clients_detect_celebrities_as_in_gen_1() -> None:
    assert settings("identifyEntities", lambda name: "false")["celebrityDetectionEnabled"] is True


def test_a_collection_of_faces_is_left_to_the_user(tmp_path: Path) -> None:
    done = convert(Request(HARBOUR, tmp_path))[0]
    said = {finding.rule for finding in done.findings if str(finding.resource) == "predictions/crew"}
    assert "PRE030" in said


def test_nothing_of_a_prediction_with_a_collection_is_half_converted(tmp_path: Path) -> None:
    convert(Request(HARBOUR, tmp_path))
    assert not (tmp_path / "amplify/predictions/wiring.ts").exists()


def test_a_prediction_without_files_is_reported(tmp_path: Path) -> None:
    done = convert(Request(HARBOUR, tmp_path))[0]
    assert "PRE011" in {finding.rule for finding in done.findings if str(finding.resource) == "predictions/cargo"}


def test_guests_get_nothing_where_no_file_says_who_may(tmp_path: Path) -> None:
    done = convert(Request(HARBOUR, tmp_path))[0]
    said = {finding.rule for finding in done.findings if str(finding.resource) == "predictions/manifestos"}
    assert ("PRE022" in said, "PRE012" in said) == (True, False)
