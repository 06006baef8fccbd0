"""What a repository says about lint."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.lint import lint
from migrator.commands.lint_settings import LintSettings, fits, read_settings
from migrator.core.errors import UsageError

PUSH = "amplify push\n"
IMPORT = "import config from './aws-exports';\n"


def rules(folder: Path) -> list[tuple[str, str]]:
    found = [(flag.finding.location, flag.finding.rule) for flag in lint((folder,)).flags]
    return [(place.file, rule) for place, rule in found if place]


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert read_settings(tmp_path) == LintSettings()


def test_pyproject_has_a_table(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.migrate.lint]\nignore = ['CI']\n")
    write(tmp_path, a_dot_sh=PUSH, b_dot_js=IMPORT)
    assert rules(tmp_path) == [("b.js", "JS010")]


def test_a_file_of_its_own_has_a_table(tmp_path: Path) -> None:
    (tmp_path / ".migrate.toml").write_text("[lint]\nselect = ['CI']\n")
    write(tmp_path, a_dot_sh=PUSH, b_dot_js=IMPORT)
    assert rules(tmp_path) == [("a.sh", "CI010")]


def test_settings_of_the_repository_count_in_its_folders(tmp_path: Path) -> None:
    (tmp_path / ".migrate.toml").write_text("[lint]\nselect = ['CI']\n")
    assert read_settings(write(tmp_path, src__a_dot_sh=PUSH) / "src").select == ("CI",)


def test_settings_above_the_repository_do_not_count(tmp_path: Path) -> None:
    (tmp_path / ".migrate.toml").write_text("[lint]\nselect = ['CI']\n")
    (tmp_path / "app/.git").mkdir(parents=True)
    assert read_settings(tmp_path / "app") == LintSettings()


def test_rules_can_be_left_out_for_some_paths(tmp_path: Path) -> None:
    (tmp_path / ".migrate.toml").write_text("[lint.paths.'legacy/**']\nignore = ['JS010']\n")
    write(tmp_path, legacy__old__a_dot_js=IMPORT, src__a_dot_js=IMPORT)
    assert rules(tmp_path) == [("src/a.js", "JS010")]


def test_only_some_rules_can_count_for_some_paths(tmp_path: Path) -> None:
    (tmp_path / ".migrate.toml").write_text("[lint.paths.'docs/']\nselect = ['JS']\n")
    write(tmp_path, docs__a_dot_md="`amplify push`", a_dot_md="`amplify push`")
    assert rules(tmp_path) == [("a.md", "CI010")]


def test_files_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / ".migrate.toml").write_text("[lint]\nexclude = ['*.md', 'old/']\n")
    write(tmp_path, old__a_dot_sh=PUSH, docs__b_dot_md="`amplify push`", c_dot_sh=PUSH)
    assert rules(tmp_path) == [("c.sh", "CI010")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[lint]\nselct = []\n", "selct"),
        ("[lint]\nselect = 'CI'\n", "Expected `array`"),
        ("[lint]\nfail-on = 'all'\n", "fail-on is one of error, warning, info, never"),
        ("[lint", "not readable as TOML"),
        ("[other]\n", r"no table \[lint\]"),
    ],
)
def test_wrong_settings_are_refused_with_their_file(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / ".migrate.toml").write_text(text)
    with pytest.raises(UsageError, match=problem) as error:
        read_settings(tmp_path)
    assert ".migrate.toml" in str(error.value)


def test_a_word_in_the_settings_that_fits_no_rule_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".migrate.toml").write_text("[lint.paths.'a/']\nignore = ['NOPE']\n")
    with pytest.raises(UsageError, match="no rule about source code is called 'NOPE'"):
        lint((tmp_path,))


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*.md", "docs/a/b.md"),
        ("docs/", "docs/a/b.md"),
        ("docs/**", "docs/a/b.md"),
        ("docs/*/b.md", "docs/a/b.md"),
        ("**/a/*.md", "docs/a/b.md"),
        ("docs", "docs/a/b.md"),
    ],
)
def test_a_pattern_that_fits(pattern: str, path: str) -> None:
    assert fits(pattern, path)


@pytest.mark.parametrize(("pattern", "path"), [("docs/*.md", "docs/a/b.md"), ("*.md", "a.mdx"), ("a/", "b/a.md")])
def test_a_pattern_that_does_not_fit(pattern: str, path: str) -> None:
    assert not fits(pattern, path)
