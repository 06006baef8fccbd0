"""What the user has acknowledged, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from migrator.core.errors import ArtifactError
from migrator.output.acknowledged import FILE, Acknowledgement, acknowledge, read_acknowledged

NOON = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)
LATER = datetime(2027, 5, 1, 12, 0, 0, tzinfo=UTC)


def test_nothing_is_acknowledged_at_first(tmp_path: Path) -> None:
    assert read_acknowledged(tmp_path) == ()


def test_an_acknowledgement_says_who_and_when(tmp_path: Path) -> None:
    acknowledge(tmp_path, ["DATA890"], "ann@example.com", NOON)
    assert read_acknowledged(tmp_path) == (Acknowledgement("DATA890", "ann@example.com", "2026-05-01T12:00:00Z"),)


def test_the_first_to_acknowledge_is_kept(tmp_path: Path) -> None:
    acknowledge(tmp_path, ["DATA890"], "ann", NOON)
    acknowledge(tmp_path, ["DATA890", "DATA891"], "bob", LATER)
    assert [(one.rule, one.who) for one in read_acknowledged(tmp_path)] == [("DATA890", "ann"), ("DATA891", "bob")]


def test_a_name_with_quotes_stays_a_name(tmp_path: Path) -> None:
    acknowledge(tmp_path, ["DATA890"], 'a"b\\c\n[[acknowledged]]', NOON)
    assert [one.who for one in read_acknowledged(tmp_path)] == ['a"b\\c\n[[acknowledged]]']


def test_nothing_asked_writes_nothing(tmp_path: Path) -> None:
    acknowledge(tmp_path, [])
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("text", ["acknowledged = 3", "[[acknowledged]]\nwho = 'x'", "[[", "\udcff"])
def test_a_damaged_file_is_an_error_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(ArtifactError, match="acknowledgements") as error:
        read_acknowledged(tmp_path)
    assert error.value.location
    assert error.value.location.file == FILE
