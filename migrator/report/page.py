"""A page of text: sections of paragraphs, bullets and code, as plain text for a terminal or as Markdown."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct

NARROWEST, WIDEST = 60, 120
"""Text is set for no fewer and no more columns than these."""


class Paragraph(Struct, frozen=True):
    """Running text; backticks mark code."""

    text: str


class Bullets(Struct, frozen=True):
    """A list."""

    items: tuple[str, ...]


class Code(Struct, frozen=True):
    """Text that keeps its lines."""

    text: str
    language: str = ""


Block: TypeAlias = Paragraph | Bullets | Code


class Section(Struct, frozen=True):
    """A heading and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


class Page(Struct, frozen=True):
    """A page: title, facts in a word or two each, sections."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def text_width() -> int:
    """The columns to set text for: `COLUMNS`, else the terminal's, else 100."""
    return max(NARROWEST, min(shutil.get_terminal_size((100, 24)).columns, WIDEST))


def page_text(page: Page, width: int) -> str:
    """The page as plain text."""
    lines = [*wrapped(page.title, width), ""]
    lines += columns([(label, value) for label, value in page.facts], width, indent=2)
    for section in page.sections:
        lines += ["", section.heading]
        for number, block in enumerate(section.blocks):
            lines += ["", *_block_text(block, width)] if number else _block_text(block, width)
    return "\n".join(lines) + "\n"


def _block_text(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph(text=text):
            return wrapped(text, width, "  ")
        case Bullets(items=items):
            return [line for item in items for line in wrapped(item, width, "  - ", "    ")]
        case Code(text=text):
            return [f"    {line}".rstrip() for line in text.splitlines()]


def page_markdown(page: Page, level: int = 1) -> str:
    """The page as Markdown, its title at the given heading level."""
    lines = [f"{'#' * level} {page.title}", ""]
    lines += [" · ".join(f"{label}: {value}" for label, value in page.facts)]
    for section in page.sections:
        lines += ["", f"{'#' * (level + 1)} {section.heading}"]
        for block in section.blocks:
            lines += ["", *_block_markdown(block)]
    return "\n".join(lines) + "\n"


def _block_markdown(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield text
        case Bullets(items=items):
            yield from (f"- {item}" for item in items)
        case Code(text=text, language=language):
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            yield f"{fence}{language}"
            yield from text.splitlines()
            yield fence


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """The text on lines of at most `width` columns; words (paths, links) are never cut."""
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]


def columns(rows: Iterable[Sequence[str]], width: int, indent: int = 0) -> list[str]:
    """Rows aligned in columns two spaces apart; the last column wraps below itself."""
    listed = [tuple(row) for row in rows]
    if not listed:
        return []
    sizes = [max(len(row[index]) for row in listed) for index in range(len(listed[0]) - 1)]
    lines: list[str] = []
    for row in listed:
        head = " " * indent + "".join(f"{cell:<{size}}  " for cell, size in zip(row, sizes, strict=False))
        room = max(width, len(head) + 20)
        lines += wrapped(row[-1], room, head, " " * len(head)) if row[-1] else [head.rstrip()]
    return lines


def table_markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    return [_row(header), _row(["---"] * len(header)), *(_row(row) for row in rows)]


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
