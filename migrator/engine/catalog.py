"""The rules that ship with the program, and those of `--rules DIR`.

A wheel carries them compiled (`migrator/rules/*.json`, made when it is built). In a checkout they are compiled from
`rules/*.yaml` on first use and kept beside them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import msgspec

from migrator.engine.rule import Rule, RuleFile

_PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED = _PACKAGE / "rules" if (_PACKAGE / "rules").is_dir() else _PACKAGE.parent / "rules"
"""The folder of the rules files."""


class Catalog:
    """Rules by the node type they match; their order in the files means nothing."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)

    @cached_property
    def by_node(self) -> dict[str, tuple[Rule, ...]]:
        """Node type name to its rules."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            if rule.node:
                found.setdefault(rule.node, []).append(rule)
        return {node: tuple(rules) for node, rules in found.items()}

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Rule id to rule."""
        return {rule.id: rule for rule in self.rules}

    def find(self, word: str) -> Rule | None:
        """The rule with that id or name."""
        return self.by_id.get(word.upper()) or next((r for r in self.rules if r.name == word.lower()), None)

    def without(self, rule_id: str) -> Catalog:
        """The catalog without one rule: what the delete test compares with."""
        return Catalog(rule for rule in self.rules if rule.id != rule_id)


def load_catalog(names: Iterable[str], extra: Iterable[Rule] = ()) -> Catalog:
    """The rules of the named files of the program; a rule of `extra` with the id of a shipped one takes its place."""
    by_id = {rule.id: rule for name in names for rule in _shipped(name).rules}
    by_id.update((rule.id, rule) for rule in extra)
    return Catalog(by_id.values())


def names() -> tuple[str, ...]:
    """The names of all shipped rules files."""
    return tuple(
        sorted({path.stem for path in SHIPPED.glob("*.json")} | {path.stem for path in SHIPPED.glob("*.yaml")})
    )


def _shipped(name: str) -> RuleFile:
    compiled, source = SHIPPED / f"{name}.json", SHIPPED / f"{name}.yaml"
    if compiled.exists():
        shipped: RuleFile = msgspec.json.decode(compiled.read_bytes(), type=RuleFile)
        return shipped
    return _compiled(source) if source.exists() else RuleFile(category=name, documentation="", rules=())


def _compiled(source: Path) -> RuleFile:
    status = source.stat()
    stamp = f"{status.st_size}-{status.st_mtime_ns}"
    cache = source.parent / "__compiled__" / f"{source.stem}.json"
    with contextlib.suppress(
        OSError, msgspec.DecodeError, msgspec.ValidationError
    ):  # no cache, or one of another version
        cached: RuleFile = msgspec.json.decode(cache.read_bytes(), type=RuleFile)
        if cached.source == stamp:
            return cached
    from migrator.engine.loader import parse_file

    fresh = msgspec.structs.replace(parse_file(source), source=stamp)
    with contextlib.suppress(OSError):  # a read-only checkout works too, only slower
        cache.parent.mkdir(exist_ok=True)
        part = cache.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(msgspec.json.encode(fresh))
        part.replace(cache)
    return fresh
