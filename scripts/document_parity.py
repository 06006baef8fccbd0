"""Writes docs/parity.md from docs/parity.yaml: what becomes of each feature of Gen 1, and what proves it.

python scripts/document_parity.py            write it
python scripts/document_parity.py --check    only say that it is not current, exit 1
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from migrator.commands.explain import catalogue
from migrator.engine.rule import Rule, Support
from migrator.report.page import table_markdown
from migrator.report.rule_page import rule_anchor

ROOT = Path(__file__).resolve().parent.parent
SOURCE, PAGE = ROOT / "docs/parity.yaml", ROOT / "docs/parity.md"


class Aws(StrEnum):
    """How Amplify's own page rates its migration tool for a feature."""

    FULL = "full"
    GENERATE = "generate"
    NONE = "none"
    UNRATED = "unrated"


class Level(StrEnum):
    """How far migrate goes."""

    AUTOMATIC = "automatic"
    ASSISTED = "assisted"
    NONE = "none"


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One feature."""

    feature: str
    aws: Aws
    gen1: str
    gen2: str
    rules: tuple[str, ...]
    proof: tuple[str, ...]
    left: str = ""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """The features of one category."""

    title: str
    rows: tuple[Line, ...]


class Parity(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    documentation: str
    sections: tuple[Part, ...]

    @property
    def rows(self) -> Iterator[Line]:
        """All features."""
        for part in self.sections:
            yield from part.rows


def parity() -> Parity:
    """What docs/parity.yaml says. Raises msgspec.ValidationError when it is not of that form."""
    return msgspec.convert(yaml.safe_load(SOURCE.read_text(encoding="utf-8")), Parity)


def level(row: Line, rules: Mapping[str, Rule]) -> Level:
    """How far migrate goes: as far as the rules do that convert or report the feature. Lint shows the place and says
    what stands there in Gen 2."""
    if any(rules[rule].about_sources for rule in row.rules):
        return Level.ASSISTED
    supports = {rules[rule].support for rule in row.rules}
    if supports & {Support.NATIVE, Support.CDK}:
        return Level.ASSISTED if row.left or supports & {Support.MANUAL, Support.NONE} else Level.AUTOMATIC
    if supports & {Support.MANUAL, Support.NONE} or row.left:
        return Level.NONE
    return Level.AUTOMATIC


_HEAD = """\
# What becomes of each feature of Gen 1

Generated from [parity.yaml](parity.yaml), whose rows are those of [Amplify's own table]({documentation}) and more.

* *automatic*: code is written that says what Gen 1 said. *assisted*: code is written, and something is left to you,
  which `migrate scan` and `MIGRATION.md` tell. *none*: Gen 2 has no form for it; the rule has the recipe
  (`migrate explain ID`).
* *Amplify's tool* is what that table says of `amplify gen2-migration`: *full*, *generate* (code only), *none*, or
  nothing.
* *Proof* names projects of this repository in which the rules hold, or tests. Samples are compared with their golden
  output, type-checked, synthesized and compared with Gen 1 setting by setting (`migrate verify`); fixtures are
  converted by the tests.
"""


def page() -> str:
    """The text of docs/parity.md. Raises KeyError with the rule that a row names and that is not there."""
    table, rules = parity(), {rule.id: rule for rule in catalogue()}
    lines = [_HEAD.format(documentation=table.documentation), *_summary(table, rules), ""]
    for part in table.sections:
        rows = [_row(row, rules) for row in part.rows]
        head = ("Feature", "Gen 1", "Gen 2", "migrate", "Amplify's tool", "Rules", "Proof")
        lines += [f"## {part.title}", "", *table_markdown(head, rows), ""]
    return "\n".join(lines)


def _summary(table: Parity, rules: Mapping[str, Rule]) -> list[str]:
    rated = [row for row in table.rows if row.aws is not Aws.UNRATED]
    theirs = Counter(row.aws for row in rated)
    rows = [
        ("migrate, all features", *_counted(table.rows, rules)),
        ("migrate, those that Amplify's table rates", *_counted(rated, rules)),
        ("Amplify's tool (full, generate, none)", *(str(theirs[word]) for word in (Aws.FULL, Aws.GENERATE, Aws.NONE))),
    ]
    return table_markdown(("", *Level), rows)


def _counted(rows: Iterable[Line], rules: Mapping[str, Rule]) -> tuple[str, ...]:
    levels = Counter(level(row, rules) for row in rows)
    return tuple(str(levels[one]) for one in Level)


def _row(row: Line, rules: Mapping[str, Rule]) -> tuple[str, ...]:
    said = f"{level(row, rules)}: {row.left}" if row.left else str(level(row, rules))
    links = ", ".join(f"[{one}](rules/{rules[one].category}.md#{rule_anchor(rules[one])})" for one in row.rules)
    proof = ", ".join(f"[{Path(one).name}](../{one})" if "/" in one else f"`{one}`" for one in row.proof)
    return (row.feature, row.gen1, row.gen2, said, "" if row.aws is Aws.UNRATED else str(row.aws), links, proof)


def main(arguments: list[str]) -> int:
    """Writes or checks; returns the exit code."""
    text = page()
    if "--check" in arguments:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text)
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
