"""Many processes find what one finds."""

from __future__ import annotations

from pathlib import Path

from migrator.commands.lint import Lint, lint


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
