"""The documentation says what the program does now."""

from __future__ import annotations

import re
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import click
import pytest

from migrator.cli.main import COMMANDS
from migrator.commands.explain import catalogue, findings

ROOT = Path(__file__).resolve().parents[2]
_COMMAND = re.compile(r"^\s*(?:\$ )?migrate ([a-z]+)(.*)$", re.MULTILINE)
_OPTION = re.compile(r"(?<!\S)--[a-z][a-z0-9-]*")


def script() -> ModuleType:
    spec = spec_from_file_location("document_rules", ROOT / "scripts/document_rules.py")
    if spec is None or spec.loader is None:
        raise ImportError("scripts/document_rules.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_generated_pages_are_current() -> None:
    assert script().stale() == (), "run python scripts/document_rules.py"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_section(name: str) -> None:
    assert f"\n## migrate {name}\n" in text("docs/cli.md")


def test_every_rule_has_its_section() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs/rules").glob("*.md"))
    assert [rule.id for rule in catalogue() if f"\n## {rule.id}: {rule.title}\n" not in pages] == []


def test_every_finding_has_its_section() -> None:
    assert [kind.id for kind in findings() if f"\n## {kind.id}: " not in text("docs/findings.md")] == []


@pytest.mark.parametrize("page", ["README.md", "docs/architecture.md", "docs/lint.md"])
def test_commands_and_options_that_are_shown_exist(page: str) -> None:
    wrong = []
    for name, rest in _COMMAND.findall(text(page)):
        if name not in COMMANDS:
            wrong.append(name)
            continue
        command: click.Command = getattr(import_module(f"migrator.cli.{name}"), name)
        known = {"--help", *(word for param in command.params for word in param.opts)}
        wrong += [f"{name} {option}" for option in _OPTION.findall(rest) if option not in known]
    assert wrong == []


@pytest.mark.parametrize("page", ["README.md", *(f"docs/{p.name}" for p in sorted((ROOT / "docs").glob("*.md")))])
def test_links_between_pages_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", text(page))
    assert [target for target in targets if not ((ROOT / page).parent / target).exists()] == []
