"""What users and guests may do with files."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.storage.access import access
from migrator.commands.assessment import Assessment
from migrator.engine.access import FileAccess
from migrator.gen1.project import discover

SHOP = Path(__file__).parents[3] / "sample_projects" / "shop" / "gen1"


@pytest.fixture(scope="module")
def folders() -> dict[str, FileAccess]:
    found = access(Assessment(discover(SHOP, "main").apps[0]).context).files
    return {one.folder: one for one in found}


def test_public_files_are_everybody_s(folders: dict[str, FileAccess]) -> None:
    assert folders["public"].own == folders["public"].others == {"get", "write", "delete"}
    assert folders["public"].guest == {"get"}


def test_protected_files_are_read_by_others(folders: dict[str, FileAccess]) -> None:
    assert folders["protected"].own == {"get", "write", "delete"}
    assert folders["protected"].others == folders["protected"].guest == {"get"}


def test_private_files_are_their_owner_s_alone(folders: dict[str, FileAccess]) -> None:
    assert folders["private"].own == {"get", "write", "delete"}
    assert folders["private"].others == folders["private"].guest == frozenset()
