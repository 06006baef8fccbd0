"""`--log-file` keeps what happened, without secrets, and changes nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.core.log import close_log, log, logging, open_log
from tests.cli.terminal import ROOT, migrate

SHOP = ROOT / "sample_projects" / "shop" / "gen1"


@pytest.mark.parametrize("place", ["first", "last"])
def test_the_option_may_stand_anywhere(tmp_path: Path, place: str) -> None:
    option, words = ("--log-file", tmp_path / "run.log"), ("scan", SHOP, "--env", "main", "-q")
    done = migrate(*option, *words) if place == "first" else migrate(*words, *option)
    assert done.returncode == 0
    lines = (tmp_path / "run.log").read_text().splitlines()
    assert " start: migrate " in lines[0]
    assert " end: exit code 0 after " in lines[-1]


def test_an_error_is_kept_with_its_trace(tmp_path: Path) -> None:
    file = tmp_path / "run.log"
    assert migrate("scan", tmp_path / "nowhere", f"--log-file={file}").returncode == 3
    assert "ProjectError: There is no folder" in file.read_text()


def test_runs_are_added_to_a_file_that_only_the_user_can_read(tmp_path: Path) -> None:
    file = tmp_path / "logs" / "run.log"
    for _ in range(2):
        migrate("--version", "--log-file", file)
    assert file.read_text().count(" start: ") == 2
    assert file.stat().st_mode & 0o077 == 0


def test_without_a_name_it_is_wrong_usage() -> None:
    assert migrate("scan", "--log-file").returncode == 2


def test_a_file_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    done = migrate("--version", "--log-file", tmp_path)
    assert done.returncode == 3
    assert "cannot be written" in done.stderr


def test_secrets_are_left_out(tmp_path: Path) -> None:
    open_log(tmp_path / "run.log")
    log("note", "password=hunter2222 and AKIAIOSFODNN7EXAMPLE")
    close_log()
    text = (tmp_path / "run.log").read_text()
    assert "hunter2222" not in text
    assert "AKIAIOSFODNN7EXAMPLE" not in text


def test_nothing_is_kept_when_nobody_asked() -> None:
    log("note", "into the air")
    assert not logging()


def test_calls_of_aws_are_kept_by_their_names(tmp_path: Path) -> None:
    from migrator.aws.session import Session

    session = Session("eu-west-1", endpoint="http://127.0.0.1:9", access_key="x", secret_key="x")
    client = session.client("sts")
    from botocore.stub import Stubber

    open_log(tmp_path / "run.log")
    with Stubber(client) as stub:
        stub.add_response("get_caller_identity", {"Account": "123456789012", "Arn": "arn:aws:iam::1:user/secret-name"})
        client.get_caller_identity()
    close_log()
    text = (tmp_path / "run.log").read_text()
    assert "aws: sts:GetCallerIdentity 200" in text
    assert "secret-name" not in text
