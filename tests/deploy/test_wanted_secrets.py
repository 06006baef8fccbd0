"""Secrets are found by the calls in the code, whatever `secret` is called there."""

from __future__ import annotations

from pathlib import Path

from migrator.deploy.wanted_secrets import wanted_secrets
from tests.projects import ROOT


def _project(folder: Path, text: str) -> Path:
    file = folder / "amplify" / "auth" / "resource.ts"
    file.parent.mkdir(parents=True)
    file.write_text(text)
    return folder


def _names(folder: Path, text: str) -> list[str]:
    return [one.name for one in wanted_secrets(_project(folder, text))]


def test_the_samples_ask_for_theirs() -> None:
    found = wanted_secrets(ROOT / "sample_projects" / "club" / "gen2")
    assert [one.name for one in found] == ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"]
    assert str(found[0].place) == "amplify/auth/resource.ts:24"


def test_a_secret_by_another_name_counts(tmp_path: Path) -> None:
    text = "import { secret as s } from '@aws-amplify/backend';\nexport const a = s('ONE');"
    assert _names(tmp_path, text) == ["ONE"]


def test_a_secret_of_the_whole_module_counts(tmp_path: Path) -> None:
    text = "import * as amplify from '@aws-amplify/backend';\nexport const a = amplify.secret('ONE');"
    assert _names(tmp_path, text) == ["ONE"]


def test_a_function_of_the_users_that_is_called_so_does_not_count(tmp_path: Path) -> None:
    text = "import { defineAuth } from '@aws-amplify/backend';\nimport { secret } from './mine';\nsecret('NO');"
    assert _names(tmp_path, text) == []


def test_comments_and_computed_names_do_not_count(tmp_path: Path) -> None:
    text = "import { secret } from '@aws-amplify/backend';\n// secret('NO')\nconst b = secret(`A${1}`);"
    assert _names(tmp_path, text) == []


def test_a_file_that_cannot_be_parsed_is_no_error(tmp_path: Path) -> None:
    assert _names(tmp_path, "import { secret } from '@aws-amplify/backend'; secret('ONE'") in (["ONE"], [])


def test_a_project_without_backend_wants_nothing(tmp_path: Path) -> None:
    assert wanted_secrets(tmp_path) == ()
