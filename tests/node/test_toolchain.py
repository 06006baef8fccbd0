"""The pinned packages: what ships, and which set is used."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from migrator.core.errors import VerifyError
from migrator.node.runtime import find_node
from migrator.node.toolchain import REQUIRED, find_toolchain, install_tools, own_versions, pinned

TOOLS = Path(__file__).parents[2] / "migrator" / "node" / "tools"
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")


def lock() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((TOOLS / "package-lock.json").read_text())
    return content


def add_package(project: Path, name: str) -> None:
    folder = project / "node_modules" / name
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": name, "version": "9.8.7"}))


def test_every_pin_is_an_exact_version() -> None:
    assert [version for version in pinned().values() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


def test_everything_required_is_pinned() -> None:
    assert set(REQUIRED) <= set(pinned())


def test_the_lock_file_holds_the_pinned_versions() -> None:
    packages = lock()["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in pinned()} == pinned()


def test_the_lock_file_belongs_to_the_manifest() -> None:
    assert lock()["packages"][""]["dependencies"] == pinned()


def test_the_lock_file_names_no_place_to_download_from() -> None:
    assert [name for name, package in lock()["packages"].items() if "resolved" in package] == []


def test_the_lock_file_names_no_registry() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (TOOLS / "package-lock.json").read_text()))
    assert [host for host in hosts if re.search(r"registry|npmjs|yarnpkg|artifact|mirror", host)] == []


def test_every_locked_package_has_a_checksum() -> None:
    packages = lock()["packages"]
    without = [name for name, p in packages.items() if name and "integrity" not in p and not p.get("inBundle")]
    assert without == []


def test_a_complete_project_brings_its_own_packages(tmp_path: Path) -> None:
    for name in REQUIRED:
        add_package(tmp_path, name)
    assert own_versions(tmp_path) == dict.fromkeys(REQUIRED, "9.8.7")


def test_a_project_that_lacks_one_package_is_not_complete(tmp_path: Path) -> None:
    for name in REQUIRED[1:]:
        add_package(tmp_path, name)
    assert own_versions(tmp_path) == {}


@needs_node
def test_missing_packages_are_not_downloaded_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATE_CACHE", str(tmp_path / "cache"))
    with pytest.raises(VerifyError) as caught:
        find_toolchain(tmp_path, install=False, progress=print)
    assert "npm install" in caught.value.hint


@needs_node
@pytest.mark.node
def test_an_installation_without_network_says_so_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGRATE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    with pytest.raises(VerifyError, match="cannot be reached"):
        install_tools(find_node(), print)
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [".lock"]
