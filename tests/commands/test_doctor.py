"""What the doctor looks at."""

from __future__ import annotations

from pathlib import Path

from migrator.commands.doctor import CREDENTIALS, DEPLOYING, GIT, PACKAGES, Probe, State, examine, lacking, ready
from migrator.node.toolchain import REQUIRED

CONFIG = "[default]\nregion=x\n[profile work]\nregion=y\n[sso-session corp]\nsso_region=z\n"


def probe(name: str, project: Path, **environ: str) -> Probe:
    return next(one for one in examine(project, environ) if one.name == name)


def test_no_credentials_are_missing(tmp_path: Path) -> None:
    assert probe(CREDENTIALS, tmp_path, HOME=str(tmp_path)).state is State.MISSING


def test_profiles_are_counted_once(tmp_path: Path) -> None:
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws/config").write_text(CONFIG)
    (tmp_path / ".aws/credentials").write_text("[default]\naws_access_key_id=x\n")
    assert probe(CREDENTIALS, tmp_path, HOME=str(tmp_path)).detail.startswith("2 profiles")


def test_a_profile_that_is_in_no_file_is_missing(tmp_path: Path) -> None:
    found = probe(CREDENTIALS, tmp_path, HOME=str(tmp_path), AWS_PROFILE="gone")
    assert found.detail == "AWS_PROFILE names a profile that is in no file"


def test_half_a_key_is_no_credential(tmp_path: Path) -> None:
    assert probe(CREDENTIALS, tmp_path, HOME=str(tmp_path), AWS_ACCESS_KEY_ID="x").state is State.MISSING


def test_a_role_of_the_machine_counts(tmp_path: Path) -> None:
    found = probe(CREDENTIALS, tmp_path, HOME=str(tmp_path), AWS_WEB_IDENTITY_TOKEN_FILE="/token")
    assert found.state is State.OK


def test_the_projects_own_packages_are_used(tmp_path: Path) -> None:
    for name in REQUIRED:
        package = tmp_path / "gen2/node_modules" / name
        package.mkdir(parents=True)
        (package / "package.json").write_text('{"version": "1.0.0"}')
    assert probe(PACKAGES, tmp_path).detail.startswith("the project's own")


def test_git_is_looked_for_on_the_path_given(tmp_path: Path) -> None:
    assert probe(GIT, tmp_path, PATH=str(tmp_path)).state is State.MISSING


def test_missing_credentials_keep_only_deploying_back() -> None:
    probes = (Probe(CREDENTIALS, State.MISSING, "none found"),)
    assert lacking(probes)[DEPLOYING] == (CREDENTIALS,)
    assert ready(probes)
