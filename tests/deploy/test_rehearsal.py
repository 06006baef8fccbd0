"""People, rows and files of one backend, looked at again through another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrator.aws import files
from migrator.aws.inventory import stack_outputs
from migrator.aws.users import Door
from migrator.deploy.backends import Backend
from migrator.deploy.checks.interface import Outcome, Status
from migrator.deploy.rehearsal import NAMES, Filled, fill, look_again
from migrator.engine.access import Access, AccessRule, FileAccess, ModelAccess, Who
from migrator.local.packages import packages_installed
from migrator.local.process import LocalAws
from tests.deploy.checks import backend

pytestmark = [pytest.mark.local, pytest.mark.node]

ACCESS = Access(
    models=(ModelAccess("Note", (AccessRule(Who.OWNER),)),),
    files=(FileAccess("media", "private", own=frozenset({"get", "write", "delete"})),),
)


@pytest.fixture(scope="module")
def local(local_tools: None, node_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    if not packages_installed():
        pytest.skip("needs the Node packages of the local AWS: python -m migrator.local")
    with LocalAws.start(tmp_path_factory.mktemp("local"), install=False) as running:
        yield running


@pytest.fixture(scope="module")
def first(local: LocalAws, tmp_path_factory: pytest.TempPathFactory) -> Backend:
    """The first backend: pool, bucket, and an API that gives each their own rows."""
    kept = {"auth": backend.auth(), "storage": backend.storage()}
    said = _deployed(local, tmp_path_factory.mktemp("kept"), "kept", kept)
    door = Door(said["userPoolId"], said["webClientId"], said["identityPoolId"])
    return _with_api(local, tmp_path_factory.mktemp("first"), Backend(door, bucket=said["bucketName"]), leaks=False)


@pytest.fixture(scope="module")
def filled(local: LocalAws, first: Backend) -> Filled:
    return fill(local.session, first, ACCESS)


def _deployed(local: LocalAws, folder: Path, name: str, features: dict[str, backend.Resources]) -> dict[str, str]:
    backend.deploy(local, backend.assembly(folder, name, features))
    return dict(stack_outputs(local.session, name))


def _with_api(local: LocalAws, folder: Path, kept: Backend, *, leaks: bool) -> Backend:
    said = _deployed(
        local,
        folder,
        f"api-{re.sub(r'[^a-z0-9]', '-', folder.name)}",
        {"data": backend.data(kept.door.pool, leaks=leaks)},
    )
    return Backend(kept.door, said["awsAppsyncApiId"], said["awsAppsyncApiEndpoint"], kept.bucket)


def _failed(outcomes: Iterator[Outcome], check: str) -> list[Outcome]:
    return [one for one in outcomes if one.status is Status.FAILED and one.check == check]


def test_everybody_writes_rows_and_files(filled: Filled) -> None:
    assert sorted(row.maker for row in filled.rows) == sorted(NAMES)
    assert sorted(file.maker for file in filled.files) == sorted(NAMES)
    assert len({one.password for one in filled.accounts.values()}) == len(NAMES)


def test_the_same_backend_gives_everybody_what_they_left(local: LocalAws, first: Backend, filled: Filled) -> None:
    outcomes = list(look_again(local, first, first, filled, ACCESS))
    assert {one.check for one in outcomes} == {"users", "files", "rows", "answers"}
    assert not [one for one in outcomes if one.status is not Status.PASSED]


def test_an_empty_api_has_lost_the_rows(local: LocalAws, first: Backend, filled: Filled, tmp_path: Path) -> None:
    other = _with_api(local, tmp_path, first, leaks=False)
    lost = _failed(look_again(local, first, other, filled, ACCESS), "rows")
    assert [one.subject for one in lost] == list(NAMES)


def test_an_api_that_lets_others_read_answers_differently(
    local: LocalAws, first: Backend, filled: Filled, tmp_path: Path
) -> None:
    leaking = _with_api(local, tmp_path, first, leaks=True)
    told = _failed(look_again(local, first, leaking, filled, ACCESS), "answers")
    assert "of another's row" in told[0].reason


def test_a_file_that_is_gone_is_missed(local: LocalAws, first: Backend, filled: Filled) -> None:
    lost = filled.files[0]
    files.delete(local.session, first.bucket, lost.key)
    try:
        (told,) = _failed(look_again(local, first, first, filled, ACCESS), "files")
    finally:
        files.put(local.session, first.bucket, lost.key, lost.content)
    assert told.reason == f"{lost.key} cannot be read"
