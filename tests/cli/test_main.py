"""The group of commands and how errors end."""

from __future__ import annotations

import json
from importlib.util import find_spec

import click
import pytest

from migrator.cli.main import COMMANDS
from migrator.cli.outcome import FAILED, run
from tests.cli.terminal import migrate


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there(name: str) -> None:
    assert find_spec(f"migrator.cli.{name}")


def test_help_lists_every_command() -> None:
    said = migrate("--help").stdout
    assert [name for name in COMMANDS if f"  {name} " not in said] == []


def test_a_mistyped_command_names_the_near_one() -> None:
    done = migrate("sacn")
    assert done.returncode == 2
    assert "Did you mean 'scan'?" in done.stderr


def test_the_version_is_shown() -> None:
    assert migrate("--version").stdout.startswith("migrate, version ")


@click.command()
def broken() -> None:
    raise ZeroDivisionError("by accident")


def test_an_unexpected_error_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(broken, []) == FAILED
    assert "unexpected ZeroDivisionError: by accident" in capsys.readouterr().err


def test_an_unexpected_error_can_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIGRATE_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        run(broken, [])


def test_wrong_usage_of_the_json_format_is_json() -> None:
    done = migrate("explain", "--format", "json")
    assert json.loads(done.stdout)["error"]["exit"] == 2
