"""What the synthesized project is compared with, and what the user acknowledges."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from migrator.commands.convert import Request, convert
from migrator.commands.converted import Converted
from migrator.commands.deployed_subject import acknowledge_rules, deployed_subject
from migrator.core.errors import UsageError
from migrator.core.ref import ResourceRef
from migrator.output.acknowledged import FILE, read_acknowledged
from tests.projects import ROOT

SHOP = ROOT / "sample_projects" / "shop"
ASKING = """\
category: auth
documentation: https://example.com
rules:
  - id: AUTH899
    name: own-names
    title: Names
    acknowledge: true
    accept:
      - {kind: "AWS::IAM::Role", attribute: RoleName, gen1: {present: true}, gen2: {present: false}}
    why: They are made.
    references: [https://example.com]
    examples:
      - {differs: {kind: "AWS::IAM::Role", attribute: RoleName, gen1: a}, accepted: true}
      - {differs: {kind: "AWS::IAM::Role", attribute: RoleName, gen1: a, gen2: b}}
"""


@pytest.fixture
def converted(tmp_path: Path) -> Converted:
    """The sample, with a rule of its own that asks to be acknowledged."""
    shutil.copytree(SHOP / "gen2", tmp_path / "gen2")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "own.yaml").write_text(ASKING)
    return Converted(SHOP / "gen1", tmp_path / "gen2", "main", rules=tmp_path / "rules")


def test_the_subject_is_the_project_as_it_was_converted(converted: Converted) -> None:
    subject = deployed_subject(converted)
    assert subject.context
    assert subject.context.converted(ResourceRef("auth", "papershopAuth"))
    assert (subject.features, subject.waiting) == (frozenset(), frozenset())


def test_rules_that_hold_are_known_by_resource(converted: Converted) -> None:
    assert "AUTH070" in deployed_subject(converted).matched[ResourceRef("auth", "papershopAuth")]


def test_a_slice_is_compared_by_itself(converted: Converted) -> None:
    assert deployed_subject(converted, ("auth",)).features == {"auth"}


def test_features_that_are_not_converted_yet_wait(tmp_path: Path) -> None:
    convert(Request(SHOP / "gen1", tmp_path / "gen2", env="main", features=("auth",)))
    subject = deployed_subject(Converted(SHOP / "gen1", tmp_path / "gen2", "main"))
    assert subject.waiting == {"storage", "data", "function"}


def test_without_a_gen1_project_the_subject_says_so(tmp_path: Path) -> None:
    subject = deployed_subject(Converted(tmp_path, tmp_path))
    assert (subject.context, subject.reason) == (None, "there is no Gen 1 project to compare with")


def test_a_project_that_cannot_be_read_is_a_reason(tmp_path: Path) -> None:
    shutil.copytree(SHOP / "gen2", tmp_path / "gen2")
    subject = deployed_subject(Converted(SHOP / "gen1", tmp_path / "gen2", "nowhere"))
    assert subject.reason.startswith("the Gen 1 project cannot be read: ")


@pytest.mark.parametrize("word", ["AUTH899", "auth899", "own-names"])
def test_a_rule_is_acknowledged_by_id_or_name(converted: Converted, word: str) -> None:
    acknowledge_rules(converted, (word,))
    assert [one.rule for one in read_acknowledged(converted.gen2)] == ["AUTH899"]
    assert deployed_subject(converted).acknowledged == {"AUTH899"}


@pytest.mark.parametrize("word", ["AUTH800", "nothing", ""])
def test_what_is_no_such_rule_is_wrong_usage(converted: Converted, word: str) -> None:
    with pytest.raises(UsageError, match="is nothing to acknowledge") as error:
        acknowledge_rules(converted, (word,))
    assert "AUTH899 (own-names)" in error.value.hint
    assert not (converted.gen2 / FILE).exists()
