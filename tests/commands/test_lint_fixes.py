"""What `--fix` changes, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.lint import Run, Selection, root_of
from migrator.commands.lint_fixes import Fixed, fixed, write
from migrator.commands.lint_settings import LintSettings, PathSettings
from tests.projects import ROOT

AUTH = "import { Auth } from 'aws-amplify';\n\nexport const out = () => Auth.signOut();\n"
FIXED = "import { signOut } from 'aws-amplify/auth';\n\nexport const out = () => signOut();\n"
REPOSITORIES = [path for path in sorted((ROOT / "tests/fixtures/lint").iterdir()) if path.is_dir()]


def changes(folder: Path, settings: LintSettings | None = None, **wanted: tuple[str, ...]) -> Fixed:
    run = Run(root_of((folder,)), Selection(**wanted), settings or LintSettings())  # type: ignore[arg-type]
    return fixed(run.result((folder,)).all_flags, run)


def test_a_file_is_changed_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH)
    assert [change.after for change in changes(tmp_path).changes] == [FIXED]


def test_nothing_is_written_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH)
    changes(tmp_path)
    assert (tmp_path / "a.js").read_text() == AUTH


def test_what_was_fixed_has_nothing_left_to_fix(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH)
    assert list(write(changes(tmp_path).changes, tmp_path)) == []
    assert changes(tmp_path).changes == ()


def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"\xef\xbb\xbf" + AUTH.replace("\n", "\r\n").encode())
    list(write(changes(tmp_path).changes, tmp_path))
    assert (tmp_path / "a.js").read_bytes() == b"\xef\xbb\xbf" + FIXED.replace("\n", "\r\n").encode()


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH)
    (tmp_path / "a.js").chmod(0o755)
    list(write(changes(tmp_path).changes, tmp_path))
    assert (tmp_path / "a.js").stat().st_mode & 0o777 == 0o755


def test_a_file_that_does_not_parse_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH + "const broken = (;\n")
    assert changes(tmp_path).changes == ()


@pytest.mark.parametrize("name", ["package.json", "amplify.yml"])
def test_settings_that_do_not_parse_are_not_touched(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('{"devDependencies": {"@aws-amplify/cli": "^12.0.0"}\nbackend: [amplifyPush')
    assert changes(tmp_path).changes == ()


def test_a_file_that_is_not_utf8_is_left_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(AUTH.encode() + b"// caf\xe9\n")
    assert [left.reason for left in changes(tmp_path).left] == ["not fixed: it is not UTF-8"]


def test_a_suppressed_finding_is_not_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH.replace("();\n", "(); // migrate-ignore JS021: later\n"))
    assert changes(tmp_path).changes == ()


def test_a_rule_that_is_not_asked_for_is_not_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH)
    assert changes(tmp_path, select=("CI",)).changes == ()


def test_a_fix_of_which_a_part_is_ignored_is_not_made(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("import { Auth, Storage } from 'aws-amplify';\nAuth.signOut();\n")
    assert changes(tmp_path, ignore=("JS024",)).changes == ()


def test_a_rule_that_is_ignored_for_the_path_is_not_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH)
    settings = LintSettings(paths={"*.js": PathSettings(ignore=("JS021",))})
    assert changes(tmp_path, settings).changes == ()


def test_a_diff_is_one_that_git_reads(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(AUTH)
    lines = changes(tmp_path).changes[0].diff.splitlines()
    assert lines[0].startswith("--- a/")
    assert lines[3:5] == ["-import { Auth } from 'aws-amplify';", "+import { signOut } from 'aws-amplify/auth';"]


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in REPOSITORIES])
def test_what_is_fixed_still_parses_and_is_not_fixed_again(folder: Path, tmp_path: Path) -> None:
    made = changes(folder)
    assert made.left == ()
    for change in made.changes:
        target = tmp_path / change.path.removeprefix(f"{folder.relative_to(ROOT)}/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(change.after)
    assert changes(tmp_path).changes == ()
