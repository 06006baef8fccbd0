"""Patching the SDL that `a.schema` makes: what `patch.ts`, which goes into the Gen 2 project, does there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from migrator.categories.data.typed.model import Patch, PatchKind


class PatchError(Exception):
    """A patch does not fit the SDL: its place is not there, or not as expected."""


def applied(sdl: str, patches: Iterable[Patch]) -> str:
    """The SDL with every patch made, in order. Raises PatchError where one does not fit."""
    for patch in patches:
        start, end = _span(sdl, patch)
        sdl = sdl[:start] + _changed(sdl[start:end], patch) + sdl[end:]
    return sdl


def written(patch: Patch) -> Mapping[str, str]:
    """The members of a patch as `patch.ts` takes it."""
    if patch.kind is PatchKind.FIELD:
        return {"place": patch.place.partition(".")[0], "field": patch.wanted}
    said = {"place": patch.place, "found": patch.found, "wanted": patch.wanted}
    return {name: value for name, value in said.items() if value}


def _changed(text: str, patch: Patch) -> str:
    if patch.kind is PatchKind.FIELD:
        return f"{text}\n  {patch.wanted}"
    if not patch.found:
        return f"{text.rstrip()} {patch.wanted}" if patch.wanted else ""
    if text.count(patch.found) != 1:
        raise PatchError(f"{patch.found!r} is not at {patch.place}: {text.strip()}")
    return text.replace(patch.found, patch.wanted)


def _span(sdl: str, patch: Patch) -> tuple[int, int]:
    """Where a type's head or a field begins and ends; where a whole type does, if it is taken out."""
    type_name, _, field = patch.place.partition(".")
    head = re.search(rf"^type {re.escape(type_name)}\b.*?(?=\s*\{{\n)", sdl, re.MULTILINE | re.DOTALL)
    if head is None:
        raise PatchError(f"the schema has no {patch.place}")
    body_end = sdl.find("\n}", head.end())
    if patch.kind is PatchKind.FIELD:
        return head.start(), body_end
    if not field:
        return head.start(), (head.end() if patch.found or patch.wanted else body_end + len("\n}"))
    wanted = re.compile(rf"\n  {re.escape(field)}[:(].*?(?=\n  \w+[:(]|\Z)", re.DOTALL)
    found = wanted.search(sdl[:body_end], head.end())
    if found is None:
        raise PatchError(f"the schema has no {patch.place}")
    return found.span()
