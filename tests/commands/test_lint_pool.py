"""Many processes find what one finds."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from migrator.commands.lint import Lint, lint
from migrator.commands.lint_files import FileLinter, FileResult
from migrator.commands.lint_pool import lint_all
from migrator.engine.catalog import Catalog


def found(result: Lint) -> list[tuple[str, str]]:
    return [(str(flag.finding.location), flag.finding.rule) for flag in result.flags]


def test_several_processes_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"f{number}.js").write_text("import { Auth } from 'aws-amplify';\nAuth.signOut();\n" * (number % 3))
        (tmp_path / f"f{number}.yml").write_text("run: amplify push\n- [\n" if number % 50 == 0 else "")
    one, two = lint((tmp_path,), jobs=1), lint((tmp_path,), jobs=2)
    assert found(one) == found(two)
    assert (one.files, one.skipped) == (two.files, two.skipped)
    assert len(one.flags) > 100


class Ending(FileLinter):
    """A linter whose parser ends the program for one file."""

    def lint(self, path: str) -> FileResult:
        if path == "bad.js":
            os._exit(9)
        return FileResult(suppressed=int(path.partition(".")[0]))


@pytest.mark.skipif(sys.platform != "linux", reason="the linter of the test is handed on by fork")
def test_a_file_that_ends_the_program_is_noted_and_the_others_are_read() -> None:
    paths = [f"{number}.js" for number in range(150)]
    results = list(lint_all(Ending("/", Catalog(())), [*paths[:70], "bad.js", *paths[70:]], jobs=2))
    assert [skipped.path for result in results for skipped in result.skipped] == ["bad.js"]
    assert [result.suppressed for result in results if not result.skipped] == list(range(150))
