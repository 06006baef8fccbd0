"""`migrate fetch` on the command line, without an account."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.terminal import migrate


def test_without_an_app_id_the_exit_code_is_2(tmp_path: Path) -> None:
    done = migrate("fetch", str(tmp_path), "--region", "eu-west-1")
    assert done.returncode == 2
    assert "--app-id" in done.stderr


def test_a_profile_that_does_not_exist_is_said_in_json_too(tmp_path: Path) -> None:
    done = migrate(
        "fetch", str(tmp_path), "--app-id", "d1", "--region", "eu-west-1", "--profile", "nobody", "--format", "json"
    )
    assert done.returncode == 3
    assert "profile" in json.loads(done.stdout)["error"]["message"]
