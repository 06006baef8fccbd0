"""Installed folders: complete or absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.core.errors import VerifyError
from migrator.node.cache import MARKER_FILE, Marker, cache_folder, install_folder, read_marker


def fill(folder: Path) -> Marker:
    (folder / "node_modules").mkdir()
    return Marker("k1", {"left-pad": "1.0.0"})


def fail(folder: Path) -> Marker:
    (folder / "node_modules").mkdir()
    raise VerifyError("no network")


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock")


def test_an_installed_folder_carries_its_marker(tmp_path: Path) -> None:
    install_folder(tmp_path / "node-k1", "k1", fill)
    assert read_marker(tmp_path / "node-k1", "k1") == Marker("k1", {"left-pad": "1.0.0"})


def test_a_failed_installation_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(VerifyError, match="no network"):
        install_folder(tmp_path / "node-k1", "k1", fail)
    assert visible(tmp_path) == []


def test_a_folder_without_its_marker_is_not_taken_for_installed(tmp_path: Path) -> None:
    install_folder(tmp_path / "node-k1", "k1", fill)
    (tmp_path / "node-k1" / MARKER_FILE).unlink()
    assert read_marker(tmp_path / "node-k1", "k1") is None


def test_a_marker_without_packages_is_not_taken_for_installed(tmp_path: Path) -> None:
    install_folder(tmp_path / "node-k1", "k1", fill)
    (tmp_path / "node-k1" / "node_modules").rmdir()
    assert read_marker(tmp_path / "node-k1", "k1") is None


def test_a_folder_of_another_manifest_is_not_taken_for_installed(tmp_path: Path) -> None:
    install_folder(tmp_path / "node-k1", "k1", fill)
    assert read_marker(tmp_path / "node-k1", "k2") is None


def test_a_damaged_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "node-k1").mkdir()
    (tmp_path / "node-k1" / "rubble").write_text("x")
    install_folder(tmp_path / "node-k1", "k1", fill)
    assert visible(tmp_path / "node-k1") == [MARKER_FILE, "node_modules"]


def test_what_another_process_installed_is_taken(tmp_path: Path) -> None:
    install_folder(tmp_path / "node-k1", "k1", fill)
    assert install_folder(tmp_path / "node-k1", "k1", fail).versions == {"left-pad": "1.0.0"}


def test_a_cache_that_cannot_be_written_is_an_error_with_a_hint(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(VerifyError, match="cannot be written") as caught:
        install_folder(tmp_path / "file" / "node-k1", "k1", fill)
    assert "MIGRATE_CACHE" in caught.value.hint


def test_the_cache_folder_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATE_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine"
