"""Markdown and MDX: commands in code blocks and in code within lines. Running text is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from migrator.core.errors import ArtifactError
from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.pipelines.command_line import commands
from migrator.sources.pipelines.containers import blank
from migrator.sources.pipelines.workflows import yaml_commands
from migrator.sources.uses import Place

_NAMES = (
    "bash sh shell zsh fish console terminal shellsession shell-session shell-script sh-session bash-session cmd bat "
    "batch dosbatch powershell ps1 pwsh text txt plain plaintext none"
)
_SHELLS = frozenset((*_NAMES.split(), ""))
"""Languages of code blocks that hold commands; empty: none is named."""
_FENCE = re.compile(
    r"(?P<quote>(?:[ \t]*>)*)[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)?(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$"
)
_PROMPT = re.compile(r"[ \t]*(?:PS )?(?:[\w.@:~/\\()-]*[ \t]?)?[$%❯➜>][ \t]+")
_INDENTED = re.compile(r"(?: {4}|\t)[ \t]*(?:\$ +)?(?=(?:npx +)?amplify(?:Push)? ?)")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(?P<code>[^\n]*?[^`\n])\1(?!`)|<code>(?P<html>[^<\n]*)</code>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|\{/\*.*?(?:\*/\}|\Z)", re.DOTALL)


class _Block(NamedTuple):
    language: str
    start: int
    lines: list[str]


def markdown(file: SourceFile) -> Iterator[Use]:
    """The calls that a reader is told to make."""
    name = file.path.rpartition("/")[2].upper()
    if name.startswith(("CHANGELOG", "HISTORY", "CHANGES")):
        return  # what was done once
    text = _COMMENT.sub(lambda match: blank(match.group()), file.text)
    for block in _blocks(text):
        if "amplify" in "".join(block.lines):
            yield from _block(block, file.path)


def _blocks(text: str) -> Iterator[_Block]:
    """Code blocks, code within lines, and indented lines that begin with a call; each with its language."""
    opened: re.Match[str] | None = None
    block = _Block("", 0, [])
    at = 0
    for line in text.splitlines(keepends=True):
        fence = _FENCE.match(line.rstrip("\r\n"))
        if opened is not None:
            if fence and fence.group("fence").startswith(opened.group("fence")) and not fence.group("info").strip():
                yield block
                opened = None
            else:
                block.lines.append(_without_quote(line, opened.group("quote").count(">")))
        elif fence:
            opened = fence
            words = re.split(r"[\s{,:]", fence.group("info").strip().lower(), maxsplit=1)
            block = _Block(words[0], at + len(line), [])
        elif indented := _INDENTED.match(line):
            yield _Block("", at + indented.end(), [line[indented.end() :]])
        else:
            yield from _inline(line, at)
        at += len(line)
    if opened is not None:
        yield block


def _inline(line: str, at: int) -> Iterator[_Block]:
    for match in _CODE.finditer(line):
        group = "code" if match.group("code") is not None else "html"
        yield _Block("", at + match.start(group), [match.group(group)])


def _without_quote(line: str, depth: int) -> str:
    """The line of a block in a quotation, with spaces in place of the quotation's marks."""
    marks = re.match(rf"(?:[ \t]*>){{0,{depth}}}", line)
    end = marks.end() if marks else 0
    return " " * end + line[end:]


def _block(block: _Block, name: str) -> Iterator[Use]:
    if block.language in ("yaml", "yml"):
        with suppress(ArtifactError):  # a part of a file, which alone is no YAML
            yield from yaml_commands("".join(block.lines), block.start, name, Place.DOCUMENTATION)
    elif block.language in _SHELLS:
        yield from commands(_prompted(block.lines), block.start, Place.DOCUMENTATION)


def _prompted(lines: list[str]) -> str:
    """The commands of a terminal session; without prompts, every line is one."""
    prompts = [_PROMPT.match(line) for line in lines]
    if not any(prompts):
        return "".join(lines)
    continued = False
    kept = []
    for line, prompt in zip(lines, prompts, strict=True):
        head = prompt.end() if prompt else 0
        kept.append(" " * head + line[head:] if prompt or continued else blank(line))
        continued = (prompt is not None or continued) and line.rstrip().endswith("\\")
    return "".join(kept)
