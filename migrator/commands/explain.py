"""`migrate explain` and `migrate rules`: what the program knows, by id or name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

from migrator.commands.rulebook import catalog as rulebook
from migrator.core.errors import UsageError
from migrator.core.finding import FindingKind
from migrator.deploy.findings import AWS_FINDINGS
from migrator.engine.catalog import names
from migrator.engine.findings import ENGINE_FINDINGS
from migrator.engine.rule import Rule
from migrator.gen1.findings import READER_FINDINGS


def explain(word: str, rules: Path | None = None) -> Rule | FindingKind:
    """The rule with that id or name, or the finding with that id.

    Raises UsageError, with words that are near, when there is none; RuleError when a file of `rules` is wrong.
    """
    catalog = rulebook(names(), rules)
    kinds = {kind.id: kind for kind in findings()}
    found = catalog.find(word) or kinds.get(word.upper())
    if found is None:
        raise UsageError(f"no rule is called {word!r}", hint=_near(word, catalog.rules, kinds))
    return found


def findings() -> tuple[FindingKind, ...]:
    """What the readers and the engine may find beside the rules, by id."""
    kinds: dict[str, FindingKind] = {**READER_FINDINGS, **ENGINE_FINDINGS, **AWS_FINDINGS}
    return tuple(kinds[id] for id in sorted(kinds))


def catalogue(categories: Iterable[str] = (), rules: Path | None = None) -> tuple[Rule, ...]:
    """Every rule by id; with `categories`, only theirs. Raises UsageError for a category that has no rules."""
    listed = sorted(rulebook(names(), rules).rules, key=lambda rule: rule.id)
    known = sorted({rule.category for rule in listed})
    wanted = frozenset(categories)
    for word in sorted(wanted - set(known)):
        raise UsageError(f"no rules belong to a category {word!r}", hint=f"There are: {', '.join(known)}.")
    return tuple(rule for rule in listed if not wanted or rule.category in wanted)


def _near(word: str, rules: tuple[Rule, ...], kinds: Iterable[str]) -> str:
    ids = {rule.id: f"{rule.id} ({rule.name})" for rule in rules} | {id: id for id in kinds}
    names_ = {rule.name: f"{rule.id} ({rule.name})" for rule in rules}
    close = [ids[id] for id in get_close_matches(word.upper(), ids, 3, 0.7)]
    close += [names_[name] for name in get_close_matches(word.lower(), names_, 3, 0.5)]
    close += [names_[name] for name in names_ if len(word) > 2 and word.lower() in name]
    listed = ", ".join(dict.fromkeys(close[:5]))
    return f"Did you mean {listed}? `migrate rules` lists all." if listed else "`migrate rules` lists all."
