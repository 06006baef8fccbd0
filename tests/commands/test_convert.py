"""Converting: slices, edited files, dry runs, undoing, in place."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from migrator.commands.convert import Conversion, Request, convert
from migrator.core.errors import UsageError
from migrator.output.plan import FileState
from migrator.output.write import undo


def write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a table and a bucket that users may read."""
    root = tmp_path / "app"
    tables = {"service": "DynamoDB", "providerPlugin": "awscloudformation"}
    buckets = {"service": "S3", "providerPlugin": "awscloudformation"}
    pool = {"service": "Cognito", "providerPlugin": "awscloudformation"}
    write(
        root / "amplify/backend/backend-config.json",
        {"storage": {"orders": tables, "photos": buckets}, "auth": {"pool": pool}},
    )
    write(
        root / "amplify/backend/storage/orders/cli-inputs.json",
        {"resourceName": "orders", "tableName": "orders", "partitionKey": {"fieldName": "id", "fieldType": "string"}},
    )
    write(
        root / "amplify/backend/storage/photos/cli-inputs.json",
        {"resourceName": "photos", "bucketName": "photos", "authAccess": ["READ"]},
    )
    write(
        root / "amplify/backend/auth/pool/cli-inputs.json",
        {
            "version": "1",
            "cognitoConfig": {"resourceName": "pool", "userPoolName": "pool", "usernameAttributes": ["email"]},
        },
    )
    return root


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "gen2"


def run(project: Path, out: Path, *features: str, **more: Any) -> Conversion:
    return convert(Request(project, out, features, **more))[0]


def states(done: Conversion) -> dict[str, FileState]:
    return {change.path: change.state for change in done.written.changes}


def test_access_rules_need_the_users_in_the_backend(project: Path, out: Path) -> None:
    with pytest.raises(UsageError) as error:
        run(project, out, "storage")
    assert "--feature auth,storage" in error.value.hint


def test_a_slice_that_was_refused_leaves_nothing_behind(project: Path, out: Path) -> None:
    with pytest.raises(UsageError):
        run(project, out, "storage")
    assert not out.exists()


def test_a_later_slice_may_stand_on_an_earlier_one(project: Path, out: Path) -> None:
    run(project, out, "auth")
    assert run(project, out, "storage").features == ("auth", "storage")


def test_a_reused_feature_takes_part(project: Path, out: Path) -> None:
    assert run(project, out, "storage", reuse=frozenset({"auth"})).features == ("auth", "storage")


def test_reuse_is_remembered_for_later_slices(project: Path, out: Path) -> None:
    run(project, out, "auth", reuse=frozenset({"auth"}))
    first = (out / "amplify/auth/resource.ts").read_text()
    run(project, out, "storage")
    assert (out / "amplify/auth/resource.ts").read_text() == first


def test_a_feature_that_is_not_there_is_refused(project: Path, out: Path) -> None:
    with pytest.raises(UsageError, match="no data"):
        run(project, out, "data")


def test_an_edited_backend_file_still_gets_the_next_feature(project: Path, out: Path) -> None:
    run(project, out, "auth")
    backend = out / "amplify/backend.ts"
    backend.write_text(backend.read_text() + "console.log('mine');\n")
    done = run(project, out, "storage")
    assert states(done)["amplify/backend.ts"] is FileState.KEPT
    assert "storage" in (out / "amplify/features.ts").read_text()
    assert not done.written.pending


def test_an_edited_shared_file_is_kept_with_a_diff(project: Path, out: Path) -> None:
    run(project, out, "auth")
    features = out / "amplify/features.ts"
    features.write_text(features.read_text() + "// mine\n")
    done = run(project, out, "storage")
    assert [change.path for change in done.written.pending] == ["amplify/features.ts"]
    assert features.read_text().endswith("// mine\n")


def test_a_security_rule_that_changed_beneath_an_edit_is_told(project: Path, out: Path) -> None:
    run(project, out)
    rules = out / "amplify/storage/resource.ts"
    rules.write_text(rules.read_text() + "// mine\n")
    write(
        project / "amplify/backend/storage/photos/cli-inputs.json",
        {"resourceName": "photos", "bucketName": "photos", "authAccess": ["READ", "DELETE"]},
    )
    done = run(project, out)
    assert [(c.path, c.security) for c in done.written.pending] == [("amplify/storage/resource.ts", True)]


def test_a_dry_run_writes_nothing(project: Path, out: Path) -> None:
    done = run(project, out, dry_run=True)
    assert not out.exists()
    assert "+++ " in done.diff


def test_undo_brings_back_what_was_there(project: Path, out: Path) -> None:
    run(project, out, "auth")
    before = (out / "amplify/features.ts").read_text()
    run(project, out, "storage")
    undo(out)
    assert (out / "amplify/features.ts").read_text() == before


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.email=a@example.com", "-c", "user.name=a")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(project: Path) -> Path:
    git(project, "init", "-q", "-b", "to-gen2")
    git(project, "add", ".")
    git(project, "commit", "-qm", "gen 1")
    return project


def test_in_place_keeps_the_gen_1_folder_beside(repository: Path) -> None:
    run(repository, repository / "unused", in_place=True)
    assert (repository / "amplify-gen1/backend/backend-config.json").exists()
    assert (repository / "amplify/backend.ts").exists()


def test_in_place_refuses_an_unclean_tree(repository: Path) -> None:
    write(repository / "new.txt", "x")
    with pytest.raises(UsageError):
        run(repository, repository / "unused", in_place=True)


def test_in_place_a_second_slice_reads_the_renamed_folder(repository: Path) -> None:
    run(repository, repository / "unused", "auth", in_place=True)
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "auth")
    assert run(repository, repository / "unused", "storage", in_place=True).features == ("auth", "storage")


def test_undo_in_place_brings_the_gen_1_folder_back(repository: Path) -> None:
    run(repository, repository / "unused", in_place=True)
    undo(repository)
    assert (repository / "amplify/backend/backend-config.json").exists()
    assert not (repository / "amplify-gen1").exists()
