"""Actions of IAM: wildcards written out, capital letters as the services write them (normalisation `actions`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from migrator.engine.grants.patterns import Area, contains, everything_but

_BUT = " but "


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    """By service, its actions by their name in small letters; `scripts/extract_actions.py` writes the file."""
    said = msgspec.json.decode((Path(__file__).parent / "actions.json").read_bytes(), type=dict[str, list[str]])
    return {service: {name.lower(): f"{service}:{name}" for name in names} for service, names in said.items()}


@lru_cache(maxsize=1 << 13)
def expanded(pattern: str) -> frozenset[str]:
    """The actions that a pattern means.

    `*` stays as it is, and so does a pattern of a service of which the actions are not known.
    """
    service, colon, name = pattern.lower().partition(":")
    known = _table().get(service)
    if not colon or known is None:
        return frozenset((pattern.lower(),))
    if "*" not in name and "?" not in name:
        return frozenset((known.get(name, f"{service}:{name}"),))
    return frozenset(said for action, said in known.items() if contains(name, action)) or frozenset(
        (f"{service}:{name}",)
    )


def all_but(patterns: Iterable[str]) -> str:
    """Every action that none of the patterns means (`NotAction`)."""
    return str(everything_but(pattern.lower() for pattern in patterns))


def covered(actions: frozenset[str], by: frozenset[str]) -> frozenset[str]:
    """Those of the actions that others take in."""
    same = actions & by
    wide = [one for one in by if "*" in one or "?" in one]
    if not wide or len(same) == len(actions):
        return same
    areas = [_area(one) for one in wide]
    return same | {one for one in actions - same if any(area.contains(_area(one)) for area in areas)}


@lru_cache(maxsize=1 << 13)
def _area(action: str) -> Area:
    pattern, but, without = action.lower().partition(_BUT)
    return Area(pattern, tuple(without.split(", ")) if but else ())


@lru_cache(maxsize=1 << 12)
def shortened(actions: frozenset[str]) -> tuple[str, ...]:
    """The actions in order; where they are all that a service has, the service with a wildcard."""
    found = set(actions)
    for service in {one.partition(":")[0] for one in actions}:
        every = set(_table().get(service, {}).values())
        if len(every) > 1 and every <= found:
            found = (found - every) | {f"{service}:*"}
    return tuple(sorted(found))
