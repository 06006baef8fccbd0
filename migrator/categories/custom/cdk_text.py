"""Edits of a text by offsets, and the steps from a constant to what is taken of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from migrator.documents.syntax import field, kind_of, literal, text_of

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode


class Edits:
    """Replacements by offsets; one that lies inside another is part of it, and goes with it. Insertions come first."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int], str] = {}

    def replace(self, start: int, end: int, text: str) -> None:
        """Puts `text` in the place of what stands there."""
        self._made[start, end] = text

    def remove_line(self, start: int, end: int, text: str) -> None:
        """Takes a statement out, with its line where nothing else stands on it."""
        left = text.rfind("\n", 0, start) + 1
        right = text.find("\n", end)
        right = len(text) if right < 0 else right
        alone = not text[left:start].strip() and not text[end:right].strip(" \t\r;")
        self.replace(left if alone else start, min(right + 1, len(text)) if alone else end, "")

    def applied(self, text: str) -> str:
        """The text with all edits made."""
        made: list[str] = []
        at = 0
        for (start, end), new in sorted(
            self._made.items(), key=lambda one: (one[0][0], one[0][0] < one[0][1], -one[0][1])
        ):
            if start < at:
                continue
            made += [text[at:start], new]
            at = end
        return "".join((*made, text[at:]))


class Chain(NamedTuple):
    """What is taken of a constant, step by step: `function`, `resize`, `Arn`."""

    steps: tuple[str, ...]
    above: SyntaxNode | None
    """What the whole of it stands in."""


def chain(used: SyntaxNode) -> Chain:
    """The steps from an identifier outwards, as far as they are names."""
    steps: list[str] = []
    inner, above = used, used.parent()
    while above is not None:
        if above.kind() == "non_null_expression":
            pass
        elif above.kind() == "member_expression" and field(above, "object") == inner:
            steps.append(text_of(field(above, "property")))
        elif above.kind() == "subscript_expression" and field(above, "object") == inner:
            key = literal(field(above, "index"))
            if key is None or kind_of(above) == "":
                break
            steps.append(key)
        else:
            break
        inner, above = above, above.parent()
    return Chain(tuple(steps), above)
