"""What users would meet if a difference in rights were deployed, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.engine.comparison import Mismatch
from migrator.engine.observed import Aspect

_ALLOWED = re.compile(r"Allow\[(.+)\]")
_FILES = re.compile(r"arn:aws:s3:::\$\{bucket (\w+)\}/(.+)")
_OWN = "${cognito-identity.amazonaws.com:sub}"
"""Stands for the caller in a policy: what is below it is the caller's own."""
_WHO = {"authenticated role": "every signed-in user", "guest role": "everybody, without signing in,"}
_VERBS = {"s3:GetObject": "read", "s3:PutObject": "write", "s3:DeleteObject": "delete"}


def consequence(mismatch: Mismatch) -> str:
    """What a principal could do in Gen 2 that it could not in Gen 1, or no longer could; empty for what is no right."""
    seen = mismatch.one or mismatch.other
    found = _ALLOWED.fullmatch(mismatch.attribute)
    if seen is None or seen.aspect is not Aspect.GRANTS or found is None:
        return ""
    before, after = _actions(mismatch.gen1), _actions(mismatch.gen2)
    who = _WHO.get(mismatch.key, f"the {mismatch.key}")
    more = f"{who} could {_done(after - before)} {_what(found[1], mismatch)}" if after - before else ""
    less = f"{who} could no longer {_done(before - after)} {_what(found[1])}" if before - after else ""
    said = "; ".join(part for part in (more, less) if part)
    return f"If this were deployed, {said}." if said else ""


def _actions(value: object) -> frozenset[str]:
    return frozenset(str(one) for one in value) if isinstance(value, tuple) else frozenset()


def _done(actions: Iterable[str]) -> str:
    """Actions as verbs, where there are words for all of them."""
    listed = sorted(actions)
    verbs = [verb for action, verb in _VERBS.items() if action in listed]
    return _joined(verbs) if len(verbs) == len(listed) else f"call {_joined(listed)} on"


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _what(pattern: str, mismatch: Mismatch | None = None) -> str:
    """A resource in words; of files that are each user's own in Gen 1, whose they are."""
    files = _FILES.fullmatch(pattern)
    if files is None:
        return f"`{pattern}`"
    said = f"the files at `{files[2]}` of the bucket {files[1]}"
    known = mismatch.one.attributes if mismatch and mismatch.one else {}
    own = [found[1] for path in known if (found := _ALLOWED.fullmatch(path)) and _OWN in found[1]]
    if _OWN not in pattern and any(pattern.startswith(one.partition(_OWN)[0]) for one in own):
        return f"{said}: those of every other user too, where Gen 1 gives each user only their own"
    return said
