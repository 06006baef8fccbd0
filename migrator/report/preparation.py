"""The preparation list as text or Markdown, and written into a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from migrator.core.errors import MigratorError
from migrator.deploy.preparation_steps import UNKNOWN, PreparationStep, Stage
from migrator.report.page import text_width, wrapped

TITLES = {
    Stage.BACK_UP: "Back up",
    Stage.PROTECT: "Protect",
    Stage.FREEZE: "Stop changes of the Gen 1 backend",
    Stage.KNOW: "What would take data from now on",
}
BEGIN, END = "<!-- migrate: preparation -->", "<!-- migrate: end of preparation -->"


class _Together(Struct, frozen=True):
    """Steps that say the same of several resources."""

    stage: Stage
    text: str
    manual: str
    subjects: tuple[str, ...]
    commands: tuple[str, ...]
    done: tuple[str, ...]


def _together(steps: Iterable[PreparationStep]) -> list[_Together]:
    groups: dict[tuple[Stage, str, str], list[PreparationStep]] = {}
    for step in steps:
        groups.setdefault((step.stage, step.text, step.manual), []).append(step)
    return [
        _Together(
            stage,
            text,
            manual,
            tuple(step.subject for step in group),
            tuple(command for step in group if not step.done for command in step.commands),
            tuple(step.subject for step in group if step.done),
        )
        for (stage, text, manual), group in groups.items()
    ]


_UNKNOWN_NAMES = "Names in capital letters are not known from the files; `migrate fetch` brings them."


def _lacks_names(steps: Iterable[PreparationStep]) -> bool:
    words = {word for step in steps for command in step.commands for word in re.split(r"[\s:/]", command)}
    return bool(words & set(UNKNOWN))


def preparation_text(steps: Iterable[PreparationStep]) -> str:
    """The list for a terminal; commands stand alone on their lines, to be copied."""
    listed = tuple(steps)
    lines = ["Before this deployment touches live resources"]
    lines += wrapped(_UNKNOWN_NAMES, text_width(), "  ") if _lacks_names(listed) else []
    stage = None
    for one in _together(listed):
        if one.stage is not stage:
            stage = one.stage
            lines += ["", f"{TITLES[stage]}:"]
        lines += wrapped(f"{', '.join(one.subjects)}: {_plain(one.text)}", text_width(), "  - ", "    ")
        if one.done:
            lines += wrapped(f"Done already: {', '.join(one.done)}.", text_width(), "    ")
        if one.manual and len(one.done) < len(one.subjects):
            lines += wrapped(_plain(one.manual), text_width(), "    ")
        lines += [f"      {command}" for command in one.commands]
    return "\n".join(lines) + "\n"


def preparation_markdown(steps: Iterable[PreparationStep]) -> str:
    """The list as a section of a Markdown file, with a box to tick for each step."""
    listed = tuple(steps)
    head = ["## Before a deployment touches live resources", *(["", _UNKNOWN_NAMES] if _lacks_names(listed) else [])]
    return "\n".join((*head, *_markdown(_together(listed)))) + "\n"


def _markdown(groups: Iterable[_Together]) -> Iterator[str]:
    stage = None
    for one in groups:
        if one.stage is not stage:
            stage = one.stage
            yield ""
            yield f"### {TITLES[stage]}"
            yield ""
        box = "" if stage is Stage.KNOW else "[x] " if len(one.done) == len(one.subjects) else "[ ] "
        yield f"- {box}{', '.join(one.subjects)}: {one.text}"
        if one.done and len(one.done) < len(one.subjects):
            yield f"  Done already: {', '.join(one.done)}."
        if one.manual:
            yield f"  {one.manual}"
        if one.commands:
            yield ""
            yield "  ```sh"
            yield from (f"  {command}" for command in one.commands)
            yield "  ```"
            yield ""


def preparation_document(steps: Iterable[PreparationStep]) -> list[dict[str, Any]]:
    """The list for machines, the part `preparation` of a plan's document."""
    return [
        {
            "stage": str(step.stage),
            "subject": step.subject,
            "text": step.text,
            "commands": list(step.commands),
            "manual": step.manual,
            "done": step.done,
        }
        for step in steps
    ]


def write_preparation(file: Path, steps: Iterable[PreparationStep]) -> None:
    """Writes the section into a file: in place of the one that is there, else at its end. The rest of it stays.

    Raises MigratorError when the file cannot be written.
    """
    section = f"{BEGIN}\n{preparation_markdown(steps)}{END}\n"
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        head, found, tail = text.partition(BEGIN)
        if found and END in tail:
            text = f"{head}{section}{tail.partition(END)[2].lstrip()}"
        else:
            text = f"{text.rstrip()}\n\n{section}" if text.strip() else section
        part = file.with_name(f".{file.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except (OSError, UnicodeDecodeError) as problem:
        raise MigratorError(
            f"{file} cannot be written: {problem}", hint="Name a text file in a folder that exists."
        ) from None


def _plain(text: str) -> str:
    return text.replace("`", "")
