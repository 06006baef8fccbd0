"""Width-aware text layout: a small document algebra after Wadler, with the group rules prettier's printer has.

A document is text, a line that may break, or a composition. Every composition knows from its making whether it holds a
break that cannot be undone (`hard`) and whether that break reaches the group around it (`spill`); the two differ only
for `choice`, whose alternatives answer for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

WIDTH = 80
INDENT = 2
_JOINER = "\u200d"


class Line(msgspec.Struct, frozen=True, gc=False):
    """A place where the text may break; `flat` is what it prints when it does not."""

    flat: str = ""
    hard: bool = False
    spill: bool = False
    literal: bool = False


class Concat(msgspec.Struct, frozen=True):
    """Documents one after the other."""

    parts: tuple[Doc, ...]
    hard: bool = False
    spill: bool = False


class Indent(msgspec.Struct, frozen=True):
    """A document whose lines start further right, or at `column` when that is given."""

    body: Doc
    hard: bool = False
    spill: bool = False
    column: int | None = None


class Group(msgspec.Struct, frozen=True):
    """A document that breaks all its own lines or none. With `states`, the first that fits is taken, else the last."""

    body: Doc
    hard: bool = False
    spill: bool = False
    broken: bool = False
    states: tuple[Doc, ...] = ()
    id: object = None


class IfBreak(msgspec.Struct, frozen=True):
    """One document when the group around it (or the group `id`) is broken, another when it is flat."""

    broken: Doc
    flat: Doc
    hard: bool = False
    spill: bool = False
    id: object = None


class Fill(msgspec.Struct, frozen=True):
    """Contents and separators in turn; as many on a line as fit."""

    parts: tuple[Doc, ...]
    hard: bool = False
    spill: bool = False


Doc: TypeAlias = "str | Line | Concat | Indent | Group | IfBreak | Fill"

SOFT = Line("")
SPACE = Line(" ")
HARD = Line("", hard=True, spill=True)
LITERAL = Line("", hard=True, spill=True, literal=True)
BREAK = Concat((), hard=True, spill=True)
"""No text; the groups around it break."""


def is_hard(doc: Doc) -> bool:
    """Whether the document holds a break that cannot be undone."""
    return not isinstance(doc, str) and doc.hard


def _spills(doc: Doc) -> bool:
    return not isinstance(doc, str) and doc.spill


def concat(*parts: Doc) -> Doc:
    """The parts one after the other."""
    if len(parts) == 1:
        return parts[0]
    return Concat(parts, any(map(is_hard, parts)), any(map(_spills, parts)))


def join(separator: Doc, docs: Iterable[Doc]) -> Doc:
    """The documents with the separator between."""
    parts: list[Doc] = []
    for doc in docs:
        if parts:
            parts.append(separator)
        parts.append(doc)
    return concat(*parts)


def indent(*parts: Doc) -> Doc:
    """The parts, one step further right where they break."""
    body = concat(*parts)
    return Indent(body, is_hard(body), _spills(body))


def indent_from(column: int, body: Doc) -> Doc:
    """The document with its lines starting at that column, wherever it stands."""
    return Indent(body, is_hard(body), _spills(body), column)


def group(*parts: Doc, broken: bool = False, id: object = None) -> Doc:
    """The parts, breaking together."""
    body = concat(*parts)
    forced = broken or _spills(body)
    return Group(body, broken or is_hard(body), forced, forced, (), id)


def choice(*states: Doc) -> Doc:
    """The first of the documents that fits, else the last."""
    return Group(states[0], is_hard(states[0]), False, False, states)


def if_break(broken: Doc, flat: Doc = "", id: object = None) -> Doc:
    """The one or the other, as the group around it (or the group `id`) breaks."""
    return IfBreak(broken, flat, is_hard(broken) or is_hard(flat), _spills(broken) or _spills(flat), id)


def indent_if_break(body: Doc, id: object) -> Doc:
    """The document, indented when the group `id` is broken."""
    return if_break(indent(body), body, id)


def fill(parts: Iterable[Doc]) -> Doc:
    """Contents and separators in turn, as many on a line as fit."""
    items = tuple(parts)
    return Fill(items, any(map(is_hard, items)), any(map(_spills, items)))


def text_width(text: str) -> int:
    """Columns the text takes in a terminal: wide characters and emoji two, combining marks none."""
    if text.isascii() and text.isprintable():
        return len(text)
    from unicodedata import category, east_asian_width

    width = 0
    before = " "
    for char in text:
        kind = category(char)
        wide = kind != "Cn" and east_asian_width(char) in ("F", "W")
        joined = before == _JOINER or ("\U0001f3fb" <= char <= "\U0001f3ff" and east_asian_width(before) == "W")
        if not (joined or char == _JOINER or kind in ("Cc", "Mn", "Me")):
            width += 2 if wide else 1
        before = char
    return width


Command: TypeAlias = "tuple[int, bool, Doc]"


class Layout:
    """One run: documents in, text out."""

    def __init__(self, width: float = WIDTH) -> None:
        self.width = width
        self.column = 0
        self.out: list[str] = []
        self.flat_groups: dict[int, bool] = {}
        self.todo: list[Command] = []
        self.remeasure = False

    def run(self, doc: Doc) -> str:
        """The text of a document; blanks before a line end are dropped."""
        todo = self.todo
        todo.append((0, False, doc))
        while todo:
            level, flat, doc = todo.pop()
            if isinstance(doc, str):
                self.out.append(doc)
                self.column += text_width(doc)
            elif isinstance(doc, Concat):
                todo.extend([(level, flat, part) for part in reversed(doc.parts)])
            elif isinstance(doc, Line):
                self._line(level, flat, doc)
            elif isinstance(doc, Group):
                self._group(level, flat, doc)
            elif isinstance(doc, Indent):
                todo.append((level + INDENT if doc.column is None else doc.column, flat, doc.body))
            elif isinstance(doc, IfBreak):
                is_flat = flat if doc.id is None else self.flat_groups.get(id(doc.id), True)
                todo.append((level, flat, doc.flat if is_flat else doc.broken))
            else:
                self._fill(level, flat, doc.parts)
        return "".join(self.out)

    def is_open(self, id_: object) -> bool:
        """Whether the group of that id was printed broken."""
        return not self.flat_groups.get(id(id_), True)

    def _line(self, level: int, flat: bool, line: Line) -> None:
        if flat and not line.hard:
            self.out.append(line.flat)
            self.column += len(line.flat)
            return
        if flat:
            self.remeasure = True
        if line.literal:
            self.out.append("\n")
            self.column = 0
            return
        self._trim()
        self.out.append("\n" + " " * level)
        self.column = level

    def _trim(self) -> None:
        out = self.out
        while out and not (last := out[-1].rstrip(" \t")):
            out.pop()
        if out:
            out[-1] = last

    def _group(self, level: int, flat: bool, doc: Group) -> None:
        if flat and not self.remeasure:
            chosen = (level, not doc.broken, doc.body)
        else:
            self.remeasure = False
            chosen = self._choose(level, doc)
        self.todo.append(chosen)
        if doc.id is not None:
            self.flat_groups[id(doc.id)] = chosen[1]

    def _choose(self, level: int, doc: Group) -> Command:
        room = self.width - self.column
        if not doc.broken:
            if self.fits([(True, doc.body)], room, self.todo):
                return (level, True, doc.body)
            for state in doc.states[1:-1]:
                if self.fits([(True, state)], room, self.todo):
                    return (level, True, state)
        return (level, False, doc.states[-1] if doc.states else doc.body)

    def fits(self, stack: list[tuple[bool, Doc]], room: float, rest: list[Command], strict: bool = False) -> bool:
        """Whether the documents fit into the room up to their first line end; `strict` refuses any broken group."""
        following = len(rest)
        pending = 0
        while room >= 0:
            if not stack:
                if following == 0:
                    return True
                following -= 1
                _, flat, doc = rest[following]
                stack.append((flat, doc))
            flat, doc = stack.pop()
            if isinstance(doc, str):
                if doc:
                    room -= pending + text_width(doc)
                    pending = 0
            elif isinstance(doc, (Concat, Fill)):
                stack.extend([(flat, part) for part in reversed(doc.parts)])
            elif isinstance(doc, Line):
                if not flat or doc.hard:
                    return True
                pending += len(doc.flat)
            elif isinstance(doc, Group):
                if strict and doc.broken:
                    return False
                stack.append((flat and not doc.broken, doc.states[-1] if doc.states and not flat else doc.body))
            elif isinstance(doc, Indent):
                stack.append((flat, doc.body))
            else:
                is_flat = flat if doc.id is None else self.flat_groups.get(id(doc.id), True)
                stack.append((flat, doc.flat if is_flat else doc.broken))
        return False

    def _fill(self, level: int, flat: bool, parts: tuple[Doc, ...]) -> None:
        if not parts:
            return
        room = self.width - self.column
        first_fits = self.fits([(True, parts[0])], room, [], strict=True)
        if len(parts) > 2:
            pair_fits = self.fits([(True, Concat(parts[:3]))], room, [], strict=True)
            self.todo.append((level, flat, Fill(parts[2:])))
            self.todo.append((level, pair_fits, parts[1]))
        self.todo.append((level, first_fits, parts[0]))


def layout(doc: Doc, width: float = WIDTH) -> str:
    """The text of a document within that many columns."""
    return Layout(width).run(doc)
