"""`migrate doctor` at the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.terminal import migrate

SECRET = "AKIDNOTREALNOTREAL12"


def doctor(*arguments: str | Path, **environment: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(migrate("doctor", *arguments, "--format", "json", **environment).stdout)
    return found


def check(found: dict[str, Any], name: str) -> dict[str, Any]:
    one: dict[str, Any] = next(one for one in found["checks"] if one["name"] == name)
    return one


def test_without_node_verify_lacks_it(tmp_path: Path) -> None:
    found = doctor(PATH=str(tmp_path), MIGRATE_CACHE=str(tmp_path))
    verify = next(command for command in found["commands"] if command["name"] == "verify")
    assert {"Node", "npm", "Node packages"} <= set(verify["lacks"])


def test_what_is_missing_comes_with_a_hint(tmp_path: Path) -> None:
    found = doctor(PATH=str(tmp_path), MIGRATE_CACHE=str(tmp_path))
    assert [one["name"] for one in found["checks"] if one["state"] == "missing" and not one["hint"]] == []


def test_something_missing_fails(tmp_path: Path) -> None:
    assert migrate("doctor", PATH=str(tmp_path), MIGRATE_CACHE=str(tmp_path)).returncode == 1


def test_scan_and_convert_need_python_alone(tmp_path: Path) -> None:
    found = doctor(PATH=str(tmp_path))
    assert found["commands"][0]["needs"] == ["Python"]
    assert found["commands"][0]["lacks"] == []


def test_credentials_are_found_but_never_shown() -> None:
    done = migrate("doctor", AWS_ACCESS_KEY_ID=SECRET, AWS_SECRET_ACCESS_KEY=SECRET)
    assert "AWS credentials  ok" in done.stdout
    assert SECRET not in done.stdout + done.stderr


def test_the_bootstrap_is_said_not_to_be_checked() -> None:
    assert check(doctor(), "CDK bootstrap")["detail"].startswith("not checked")


def test_what_builds_functions_in_other_languages_is_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "gen2" / "amplify" / "function" / "build.ts"
    file.parent.mkdir(parents=True)
    file.write_text("run(source, 'gradle', ['buildZip']);\n")
    found = check(doctor(tmp_path, PATH=str(tmp_path)), "build tools")
    assert (found["state"], found["detail"]) == ("missing", "gradle not found on the PATH")


def test_a_project_in_javascript_needs_no_build_tools(tmp_path: Path) -> None:
    assert [one for one in doctor(tmp_path)["checks"] if one["name"] == "build tools"] == []
