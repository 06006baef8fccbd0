"""What Gen 1 deploys only where a condition holds that no file decides: one of two things, and nobody knows which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from migrator.engine.observed import Observed
from migrator.verify.results import Detail

_SHOWN = 5
"""Attributes that are listed of one resource."""
_HINT = "Name the environment with `--env`; `amplify pull` brings the values of its parameters."


def undecided(
    conditions: Sequence[str], holding: Iterable[Observed], otherwise: Iterable[Observed]
) -> Iterator[Detail]:
    """The resources, and attributes, that are not the same where the `conditions` hold and where they do not."""
    left, right = ({(one.kind, one.key): one for one in listed} for listed in (holding, otherwise))
    for name in dict.fromkeys((*left, *right)):
        one, other = left.get(name), right.get(name)
        differing = _differing(one, other)
        if not differing:
            continue
        shown = ", ".join(differing[:_SHOWN]) + (f" and {len(differing) - _SHOWN} more" if differing[_SHOWN:] else "")
        what = shown if one and other else "whether there is one"
        said = f"{what}: hangs on {' and '.join(conditions)}, which no file decides; compared as if it held"
        yield Detail("warning", said, subject=name[1], hint=_HINT)


def _differing(one: Observed | None, other: Observed | None) -> list[str]:
    if one is None or other is None:
        return ["all of it"]
    names = dict.fromkeys((*one.attributes, *other.attributes))
    return [name for name in names if one.attributes.get(name) != other.attributes.get(name)]
