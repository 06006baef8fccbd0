"""Changes to a text: all that can be made at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrator.engine.sources import Edit, Fix, Flag


def fixes_of(flags: Iterable[Flag]) -> tuple[Fix, ...]:
    """The fixes of some findings, each once, in the order of the text; of two that overlap the first."""
    listed = dict.fromkeys(flag.fix for flag in flags if flag.fix is not None and flag.fix.edits)
    kept: list[Fix] = []
    taken: list[Edit] = []
    for fix in sorted(listed, key=lambda fix: min(edit.start for edit in fix.edits)):
        if not any(_overlap(edit, other) for edit in fix.edits for other in taken):
            kept.append(fix)
            taken += fix.edits
    return tuple(kept)


def applied(text: str, fixes: Iterable[Fix]) -> str:
    """The text with the edits of the fixes, which do not overlap."""
    edits = sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: (edit.start, edit.end))
    return "".join(_parts(text, edits))


def _parts(text: str, edits: Iterable[Edit]) -> Iterator[str]:
    at = 0
    for edit in edits:
        yield text[at : edit.start]
        yield edit.text
        at = edit.end
    yield text[at:]


def _overlap(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:  # an insertion is in the way only of what it is inside of
        return (one.start < other.end and other.start < one.end) or one == other
    return one.start < other.end and other.start < one.end
