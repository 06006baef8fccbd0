"""The environment of the local AWS: what is pinned, and what is said when it cannot be installed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from migrator.core.errors import LocalError
from migrator.local import environment, packages
from migrator.local.server import patches


def test_every_package_is_pinned_with_its_hashes() -> None:
    lines = environment.requirements().read_text().replace("\\\n", "").splitlines()
    assert all("==" in line and "--hash=sha256:" in line for line in lines)
    assert environment.pinned()[environment.EMULATOR] == environment.VERSION


def test_every_node_package_is_pinned() -> None:
    assert not [version for version in packages.pinned().values() if not version.replace(".", "").isdigit()]


def test_without_permission_nothing_is_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATE_CACHE", str(tmp_path))
    with pytest.raises(LocalError, match="is not installed"):
        environment.find_environment(install=False, progress=print)
    assert not list(tmp_path.iterdir())


def test_an_index_without_the_packages_is_told_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIGRATE_CACHE", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(LocalError, match="the package index lacks a package"):
        environment.find_environment(install=True, progress=lambda _: None)
    assert not [path for path in tmp_path.iterdir() if path.name != ".lock"]


@pytest.mark.parametrize(("text", "said"), [
    ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"),
    ("WARNING: Retrying ... NewConnectionError('<pip._vendor...>: Failed to establish')", "cannot be reached"),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "is not the pinned one"),
    ("ERROR: something else\n", "ERROR: something else"),
])  # fmt: skip
def test_the_reason_of_a_failed_installation_is_told(text: str, said: str) -> None:
    assert said in environment.explain_failure("it could not be installed", text).message


def test_names_that_a_patch_replaces_are_looked_up_with_their_parameters() -> None:
    places = {"json:dump": "", "json:gone": "", "gone:name": "", "json.decoder:JSONDecoder.decode": "self, s, w"}
    places["json:loads"] = "s, wrong"
    patch = SimpleNamespace(REPLACES=places)
    wrong = patches.mismatches(patch)  # type: ignore[arg-type]
    assert wrong == ["json:gone", "gone:name", "json.decoder:JSONDecoder.decode", "json:loads"]


@pytest.mark.parametrize("name", patches.NAMES)
def test_each_patch_says_what_it_mends(name: str) -> None:
    patch = patches.load(name)
    assert patch.DEFECT.endswith(".")
    assert all(":" in place for place in patch.REPLACES)


def test_every_patch_is_listed() -> None:
    folder = Path(patches.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__", "handlers"}
    assert modules == set(patches.NAMES)


def test_every_patch_is_left_out_in_a_test() -> None:
    """What a patch is for is shown by a test that fails without it."""
    text = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert not [name for name in patches.NAMES if f'lacking("{name}"' not in text]
