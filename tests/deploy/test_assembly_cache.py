"""Assemblies are taken again for the same input only, and what is kept is kept whole."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from migrator.core.errors import DeployError
from migrator.deploy import assemblies
from migrator.deploy.assemblies import KEPT, MAXIMUM_AGE, cached_assemblies, find, input_digest, keep
from migrator.deploy.synthesis import Synthesized, joined
from migrator.deploy.targets.interface import BackendIdentity, Slice
from migrator.node.runtime import Node
from migrator.node.toolchain import Toolchain
from migrator.verify.assembly import Assembly
from migrator.verify.results import Detail
from migrator.verify.workspace import Mode

MAIN = BackendIdentity(Mode.BRANCH, "app", "main")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MIGRATE_CACHE", str(tmp_path / "cache"))
    return cached_assemblies()


def _assembly(folder: Path, name: str = "asset.1.zip", size: int = 10) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text("{}")
    (folder / name).write_bytes(b"x" * size)
    return folder


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    kept = keep("abc", _assembly(tmp_path / "made"), tmp_path / "own")
    assert find("abc", tmp_path / "other") == tmp_path / "other" / "abc"
    assert {path.name for path in (tmp_path / "other" / "abc").iterdir()} == {path.name for path in kept.iterdir()}


def test_another_input_finds_nothing(tmp_path: Path) -> None:
    keep("abc", _assembly(tmp_path / "made"), tmp_path / "own")
    assert find("abd", tmp_path / "own") is None


def test_half_a_copy_is_none(tmp_path: Path) -> None:
    (cached_assemblies() / "abc").mkdir(parents=True)
    assert find("abc", tmp_path / "own") is None


def test_an_old_one_is_not_taken(tmp_path: Path) -> None:
    kept = keep("abc", _assembly(tmp_path / "made"), tmp_path / "own")
    old = time.time() - MAXIMUM_AGE - 60
    os.utime(kept / ".complete", (time.time(), old))
    assert find("abc", tmp_path / "own") is None


def _kept(names: Iterable[str], folder: Path) -> None:
    """Assemblies of these names, the first one used longest ago."""
    for number, name in enumerate(names):
        keep(name, _assembly(folder / "made"), folder / "own")
        os.utime(cached_assemblies() / name / ".complete", (number + 1, time.time()))


def test_the_ones_used_last_stay(tmp_path: Path) -> None:
    _kept((f"d{number}" for number in range(KEPT)), tmp_path)
    assert find("d0", tmp_path / "own")
    keep("last", _assembly(tmp_path / "made"), tmp_path / "own")
    there = {path.parent.name for path in cached_assemblies().glob("*/.complete")}
    assert there == {"d0", "last", *(f"d{number}" for number in range(2, KEPT))}


def test_what_is_deployed_does_not_leave_with_the_cache(tmp_path: Path) -> None:
    keep("mine", _assembly(tmp_path / "made"), tmp_path / "own")
    mine = find("mine", tmp_path / "mine")
    _kept((f"d{number}" for number in range(KEPT)), tmp_path)
    os.utime(cached_assemblies() / "mine" / ".complete", (0.5, time.time()))
    keep("last", _assembly(tmp_path / "made"), tmp_path / "own")
    assert not (cached_assemblies() / "mine").exists()
    assert mine is not None
    assert (mine / "manifest.json").is_file()


def test_two_processes_may_put_and_take_one_assembly_at_once(tmp_path: Path) -> None:
    made = _assembly(tmp_path / "made")
    for number in range(40):
        _assembly(made, f"asset.{number}.json")

    def used(number: int) -> bool:
        own = tmp_path / f"own{number}"
        taken = find("abc", own) if number % 2 else keep("abc", made, own)
        return taken is None or len(list(taken.iterdir())) == 43

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(used, range(40)))


def test_what_a_killed_process_left_goes_after_a_day(tmp_path: Path) -> None:
    left = cached_assemblies() / ".synth-left"
    left.mkdir(parents=True)
    os.utime(left, (1.0, 1.0))
    keep("abc", _assembly(tmp_path / "made"), tmp_path / "own")
    assert not left.exists()


def test_large_assets_are_stored_once(tmp_path: Path) -> None:
    made = _assembly(tmp_path / "made", size=assemblies._LARGE)
    one, other = keep("one", made, tmp_path / "own"), keep("other", made, tmp_path / "own")
    assert (one / "asset.1.zip").stat().st_ino == (other / "asset.1.zip").stat().st_ino


def test_a_cache_that_cannot_be_written_says_where(tmp_path: Path, cache: Path) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("")
    with pytest.raises(DeployError, match="cannot be kept") as caught:
        keep("abc", _assembly(tmp_path / "made"), tmp_path / "own")
    assert "MIGRATE_CACHE" in caught.value.hint


def _digest(
    folder: Path, identity: BackendIdentity = MAIN, node: str = "20.1.0", packages: dict[str, str] | None = None
) -> str:
    toolchain = Toolchain(Node("node", node), folder, False, {"aws-cdk-lib": "2.1.0"})
    return input_digest(folder, identity, toolchain, packages or {})


def test_the_same_project_has_one_digest_wherever_it_lies(tmp_path: Path) -> None:
    assert _digest(_assembly(tmp_path / "a")) == _digest(_assembly(tmp_path / "b"))


def test_everything_that_synth_sees_counts(tmp_path: Path) -> None:
    project = _assembly(tmp_path / "a")
    other = BackendIdentity(Mode.BRANCH, "app", "dev")
    found = {
        _digest(project),
        _digest(project, other),
        _digest(project, node="22.0.0"),
        _digest(project, packages={"nanoid": "5.0.0"}),
        _digest(_assembly(tmp_path / "b", name="other.ts")),
    }
    assert len(found) == 5


def test_packages_and_state_do_not_count(tmp_path: Path) -> None:
    project = _assembly(tmp_path / "a")
    before = _digest(project)
    _assembly(project / "node_modules" / "x")
    _assembly(project / ".migrate" / "deploy")
    assert _digest(project) == before


def _made(feature: str, error: str = "") -> Synthesized:
    slice_ = Slice((feature,), (feature,), Path("x"))
    if error:
        return Synthesized(slice_, "", errors=(Detail("error", error),))
    return Synthesized(slice_, "", Assembly(Path("x"), (), {}))


def test_a_slice_that_cannot_be_synthesized_goes_along_with_the_next() -> None:
    said: list[str] = []
    found = joined((_made("auth"), _made("data", "no backend.storage"), _made("storage")), said.append)
    assert [one.slice_.adds for one in found] == [("auth",), ("data", "storage")]
    assert "no backend.storage" in said[0]


def test_a_project_that_cannot_be_synthesized_is_not_deployed() -> None:
    with pytest.raises(DeployError, match="unknown name"):
        joined((_made("auth"), _made("data", "unknown name")), lambda line: None)
