"""`--rules DIR`: checked against every category, laid over the shipped rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.rulebook import catalog
from migrator.core.errors import RuleError

OWN = """\
category: storage
documentation: https://example.com
rules:
  - id: STO010
    name: my-bucket
    title: My bucket
    service: S3
    drop: [{at: 'cli-inputs.json#/mine', reason: Mine.}]
"""


def test_a_rule_of_a_folder_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN)
    found = catalog(("storage",), tmp_path).by_id["STO010"]
    assert (found.name, found.file) == ("my-bucket", "mine.yaml")


def test_the_other_shipped_rules_stay(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN)
    assert set(catalog(("storage",), tmp_path).by_id) == set(catalog(("storage",)).by_id)


def test_a_folder_s_rules_are_checked(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN.replace("reason: Mine.", "reason: ''"))
    with pytest.raises(RuleError, match=r"mine.yaml:8: STO010: a drop needs a reason"):
        catalog(("storage",), tmp_path)
