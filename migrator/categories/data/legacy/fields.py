"""Rules of single fields.

In transformer 1 they hold beside those of the model, and only for the operations that they list. In transformer 2 they
hold instead of those of the model. Outside of models transformer 1 checks static groups only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from migrator.categories.data.flags import rules as said_rules
from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.legacy.model import Change, Deployed
from migrator.categories.data.legacy.rules import (
    EVERY,
    PROVIDERS,
    READ,
    Rule,
    guarded,
    lets_all_in,
    limited,
    provider,
    strategy,
    translated,
    united,
)
from migrator.categories.data.sdl import Field

_OPERATIONS = {**{word: (word,) for word in EVERY[:3]}, "read": READ}
"""What a rule of a field can list in transformer 2."""


class FieldAccess(Struct, frozen=True):
    """The rules of a field for transformer 2."""

    rules: tuple[Rule, ...] = ()
    changes: tuple[Change, ...] = ()
    hidden: bool = False
    """Whether somebody who may read the model may not read the field."""


def field_access(place: str, field: Field, model: tuple[Rule, ...], deployed: Deployed) -> FieldAccess:
    """The rules of a model's field; `model` are those of the model, for transformer 2.

    `delete` of a field is asked for when the whole row is deleted in transformer 2, so it stays as for the model.
    """
    own = tuple(new for rule in said_rules(field) for new in translated(_known(rule)))
    found: list[Rule] = []
    lost: list[str] = []
    for word, names in _OPERATIONS.items():
        theirs = [rule for rule in model if set(names) <= set(guarded(rule))]
        ours = [rule for rule in own if set(names) <= set(guarded(rule))]
        in_part = any(0 < len(set(names) & set(guarded(rule))) < len(names) for rule in model)
        both, missing = theirs, False
        if ours and word != "delete":
            both, missing = _both(theirs, ours, PROVIDERS[deployed.mode], word == "read")
        found += [limited(rule, names) for rule in both]
        lost += [word] if missing or in_part else []
    rules = united(found) or tuple(limited(rule, ()) for rule in model[:1])
    readers = {strategy(rule) for rule in model if "get" in guarded(rule)}
    hidden = not readers <= {strategy(rule) for rule in rules if "get" in guarded(rule)}
    text = "" if _same(own, "update", "delete") else "who may update it may also set it to null"
    changes = [Change(place, ChangeKind.FIELD_RULES, text)] if _key(rules) != _key(own) else []
    if lost:
        changes.append(Change(place, ChangeKind.CLOSED_FIELD, ", ".join(lost)))
    if hidden and field.required:
        changes.append(Change(place, ChangeKind.NULLABLE_FIELD))
    return FieldAccess(rules, tuple(changes), hidden)


def _known(rule: Rule) -> Rule:
    """Of a field's rule only `operations` counts."""
    return {key: value for key, value in rule.items() if key not in ("queries", "mutations")}


def _key(rules: Iterable[Rule]) -> list[str]:
    return sorted(strategy(rule) + repr(guarded(rule)) for rule in rules)


def _same(rules: tuple[Rule, ...], one: str, other: str) -> bool:
    return all((one in guarded(rule)) is (other in guarded(rule)) for rule in rules)


def _both(model: list[Rule], field: list[Rule], default: str, reads: bool) -> tuple[list[Rule], bool]:
    """Rules for callers whom the model's rules and the field's let in, and whether some are left out with it.

    A field's rules for owners and groups are checked in their own modes. Of its other rules only the modes count, and
    these for reading alone; where all of them belong to the default mode, not even that.
    """
    checked = _checked(field)
    modes = {provider(rule) for rule in field}
    shut = reads and modes != {default}
    found: list[Rule] = []
    missing = not modes <= {provider(rule) for rule in model}
    for mode in dict.fromkeys(provider(rule) for rule in model):
        theirs = [rule for rule in model if provider(rule) == mode]
        ours = [rule for rule in checked if provider(rule) == mode]
        if not ours:
            found += theirs if mode in modes or not shut else []
        elif any(lets_all_in(rule) for rule in theirs):
            found += ours
        else:
            same = {strategy(rule) for rule in ours}
            found += [rule for rule in theirs if strategy(rule) in same]
            missing = missing or {strategy(rule) for rule in theirs} != same
    return found, missing


def _checked(rules: list[Rule]) -> list[Rule]:
    """Rules that resolvers check; none where one is for every user of the pool."""
    everybody = any(lets_all_in(rule) and provider(rule) == "userPools" for rule in rules)
    return [] if everybody else [rule for rule in rules if not lets_all_in(rule)]


def loose_rules(place: str, field: Field) -> tuple[tuple[Rule, ...], tuple[Change, ...]]:
    """The rules of a field outside of models: static groups where there are any, else everybody with the mode."""
    said = tuple(said_rules(field))
    found: list[Rule] = []
    for mode in dict.fromkeys(provider(rule) for rule in said):
        groups = [rule for rule in said if provider(rule) == mode and rule.get("groups")]
        found += groups or list(_everybody(mode, [rule for rule in said if provider(rule) == mode]))
    changes = [Change(place, ChangeKind.UNCHECKED_RULES)] if _key(found) != _key(said) else []
    return tuple(found) if changes else said, tuple(changes)


def _everybody(mode: str, rules: list[Rule]) -> Iterator[Rule]:
    words = {str(rule.get("allow")) for rule in rules}
    if mode == "iam":
        yield from ({"allow": word, "provider": "iam"} for word in ("public", "private") if word in words)
        if words == {"public"}:
            yield {"allow": "private", "provider": "iam"}
    elif mode == "apiKey":
        yield {"allow": "public"}
    else:
        yield {"allow": "private", "provider": mode} if mode != "userPools" else {"allow": "private"}
