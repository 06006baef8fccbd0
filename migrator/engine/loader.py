"""Rules files: parsed strictly, then checked against the facts they match and the Gen 2 surface they write to.

Runs when the wheel is built, in the tests, and for `--rules DIR`; a shipped catalogue is loaded compiled (`catalog`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from migrator.core.errors import RuleError
from migrator.core.location import Location
from migrator.documents.source import Language
from migrator.documents.yaml_text import load_yaml_lines
from migrator.engine.rule import Rule, RuleFile

_PLACE = re.compile(r" - at `\$(.*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_LINED = ("map", "build", "drop", "report", "accept")


def parse_file(path: Path) -> RuleFile:
    """The rules of one file, structurally right but not yet checked against models.

    Raises RuleError with file and line for an unknown key, a missing key or a value of the wrong type.
    """
    tree, lines = load_yaml_lines(_text(path), path.name)
    if not isinstance(tree, dict) or not isinstance(listed := tree.get("rules"), list):
        raise RuleError(
            "a rules file has `category`, `documentation` and a list of `rules`", location=Location(path.name)
        )
    for index, rule in enumerate(listed):
        if isinstance(rule, dict):
            _add_lines(rule, ("rules", index), lines)
            _name_languages(rule)
            rule["file"] = path.name
            rule["category"] = tree.get("category")
    try:
        return msgspec.convert(tree, RuleFile)
    except msgspec.ValidationError as error:
        raise _located(str(error), path, lines) from error


def parse_folder(folder: Path) -> tuple[Rule, ...]:
    """Every rule of a folder, structurally right. Raises RuleError for the first that is not, or when there is none."""
    paths = sorted((*folder.glob("*.yaml"), *folder.glob("*.yml")))
    if not paths:
        raise RuleError(f"no rules file (*.yaml) in {folder}", hint="Name the folder that the rules files lie in.")
    return tuple(rule for path in paths for rule in parse_file(path).rules)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(path.name, "", error.object[: error.start].count(b"\n") + 1)
        raise RuleError("It is not UTF-8", hint="Save it again as UTF-8.", location=place) from None
    except OSError as error:
        raise RuleError(f"It cannot be read: {error.strerror}", location=Location(path.name)) from None


def _add_lines(rule: dict[str, Any], pointer: tuple[str | int, ...], lines: Mapping[Any, int]) -> None:
    rule["line"] = lines.get(pointer, 0)
    for kind in _LINED:
        clauses = rule.get(kind)
        if isinstance(clauses, list):
            for index, clause in enumerate(clauses):
                if isinstance(clause, dict):
                    clause["line"] = lines.get((*pointer, kind, index), 0)


def _name_languages(rule: dict[str, Any]) -> None:
    """`{shell: "..."}` of an example as its language and its text."""
    examples = rule.get("examples")
    for example in examples if isinstance(examples, list) else ():
        if isinstance(example, dict):
            for language in [word for word in example if word in Language.__members__.values()]:
                example |= {"language": language, "text": example.pop(language)}


def _located(message: str, path: Path, lines: Mapping[Any, int]) -> RuleError:
    """msgspec names the place as `$.rules[3].map[0]`; the nearest enclosing line is shown."""
    found = _PLACE.search(message)
    pointer: tuple[str | int, ...] = ()
    if found:
        pointer = tuple(int(index) if index else name for name, index in _STEP.findall(found.group(1)))
        message = message[: found.start()]
    line = next((lines[pointer[:n]] for n in range(len(pointer), 0, -1) if pointer[:n] in lines), 0)
    return RuleError(
        message, hint="docs/architecture.md lists the keys of a rule.", location=Location(path.name, "", line)
    )


def compile_folder(folder: Path) -> Iterable[tuple[str, bytes]]:
    """Each rules file in the form a wheel carries: its name and compact JSON."""
    for path in sorted(folder.glob("*.yaml")):
        yield path.stem, msgspec.json.encode(parse_file(path))
