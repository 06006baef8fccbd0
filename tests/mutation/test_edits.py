"""The edits that the command makes in TypeScript can be made: their texts stand in the golden projects."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.mutation.harmless import in_sources
from tests.mutation.sources import Edit, edited, faults
from tests.projects import SAMPLES

EDITS = [pytest.param(one.sample, one.edits, id=one.name) for one in (*faults(), *in_sources())]


@pytest.mark.parametrize(("sample", "edits"), EDITS)
def test_the_texts_of_an_edit_are_there(sample: str, edits: tuple[Edit, ...], tmp_path: Path) -> None:
    found = next(one for one in SAMPLES if one.name == sample)
    shutil.copytree(found / "gen2" / "amplify", tmp_path / "amplify")
    for edit in edits:
        edited(tmp_path / "amplify" / edit.file, edit)
