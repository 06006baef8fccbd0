"""Makefiles and Dockerfiles: what is no shell text is blanked, so that every offset stays true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.pipelines.command_line import commands
from migrator.sources.uses import Place

_RECIPE = re.compile(r"\t[@+-]*")
_INLINE_RECIPE = re.compile(r"[^\s#:=][^#:=]*::?(?!=)[^;#=]*;")
_RUNS = re.compile(r"\s*(?:ONBUILD\s+)?(?:RUN|CMD|ENTRYPOINT)\s+((?:--\S+\s+)*)", re.IGNORECASE)
_LISTED = re.compile(r"[\[\],\"]")


def makefile(file: SourceFile) -> Iterator[Use]:
    """The calls in recipes (https://www.gnu.org/software/make/manual/html_node/Recipe-Syntax.html)."""
    return commands("".join(_recipes(file.text)), 0, Place.BUILD)


def _recipes(text: str) -> Iterator[str]:
    continued = recipe = False
    for line in text.splitlines(keepends=True):
        start = _RECIPE.match(line) or _INLINE_RECIPE.match(line)
        if start and not continued:
            yield " " * start.end() + line[start.end() :]
            recipe = True
        else:
            recipe = continued and recipe
            yield line if recipe else blank(line)
        continued = line.rstrip("\r\n").endswith("\\")


def dockerfile(file: SourceFile) -> Iterator[Use]:
    """The calls in RUN, CMD and ENTRYPOINT (https://docs.docker.com/reference/dockerfile/)."""
    return commands("".join(_instructions(file.text)), 0, Place.BUILD)


def _instructions(text: str) -> Iterator[str]:
    continued = runs = False
    for line in text.splitlines(keepends=True):
        if line.lstrip().startswith("#"):
            yield blank(line)[:-1] + " " if continued else blank(line)
            continue
        start = None if continued else _RUNS.match(line)
        runs = runs if continued else start is not None
        rest = " " * start.end() + line[start.end() :] if start else line
        listed = start is not None and line[start.end() : start.end() + 1] == "["
        yield (_LISTED.sub(" ", rest) if listed else rest) if runs else blank(line)
        continued = line.rstrip().endswith("\\")


def blank(text: str) -> str:
    """Spaces in place of everything but the ends of lines."""
    return re.sub(r"[^\r\n]", " ", text)
