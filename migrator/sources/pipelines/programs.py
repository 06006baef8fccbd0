"""Programs in Python and JavaScript that start the Gen 1 CLI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from migrator.documents.python_syntax import dotted, plain, python_code
from migrator.documents.source import SourceFile
from migrator.documents.syntax import literal, text_of
from migrator.engine.sources import Use
from migrator.sources.pipelines.command_line import commands
from migrator.sources.pipelines.gen1_cli import gen1_call
from migrator.sources.script import arguments_of, scripts
from migrator.sources.uses import Command, Place

if TYPE_CHECKING:
    import libcst

    from migrator.documents.syntax import SyntaxNode

_STARTS = re.compile(
    r"(?:subprocess\.|os\.|sp\.|asyncio\.)?(?:run|call|check_call|check_output|Popen|system|popen|getoutput"
    r"|create_subprocess_exec|create_subprocess_shell|spawnvp|execvp)"
)


def python_commands(file: SourceFile) -> Iterator[Use]:
    """Calls of `subprocess` and `os` with a command of the Gen 1 CLI."""
    import libcst as cst

    if not re.search(r"[\"'](?:\S*/)?(?:npx )?[^\"'\n]*amplify(?:Push)?\b", file.text):
        return
    code = python_code(file)
    for node in code.nodes:
        if not isinstance(node, cst.Call) or not node.args or not _STARTS.fullmatch(dotted(node.func)):
            continue
        first = node.args[0].value
        if isinstance(first, cst.List | cst.Tuple):
            words = [plain(element.value) for element in first.elements]
            yield from _listed(words, code.place(first))
        elif (text := plain(first)) is not None and "\\" not in text:
            yield from _shell(text, code.place(first))
        if _is_exec(node):
            yield from _listed([plain(argument.value) for argument in node.args], code.place(node))


def _is_exec(node: libcst.Call) -> bool:
    return dotted(node.func).endswith("create_subprocess_exec")


def script_commands(file: SourceFile) -> Iterator[Use]:
    """Calls of `child_process` with a command of the Gen 1 CLI."""
    for script in scripts(file):
        for call in script.starts:
            arguments = arguments_of(call)
            if not arguments:
                continue
            first = literal(arguments[0])
            words = _elements(arguments[1]) if len(arguments) > 1 else None
            if first is not None and words is not None:
                yield from _listed([first, *words], script.place(call))
            elif first is not None:
                yield from _shell(first, script.place(arguments[0]))


def _elements(node: SyntaxNode) -> list[str | None] | None:
    if node.kind() != "array":
        return None
    return [literal(child) or text_of(child) for child in node.children() if child.is_named()]


def _shell(text: str, place: tuple[int, int]) -> Iterator[Use]:
    edge = (place[1] - place[0] - len(text)) // 2
    yield from commands(text, place[0] + edge, Place.BUILD)


def _listed(words: Sequence[str | None], place: tuple[int, int]) -> Iterator[Use]:
    """A command whose words are given one by one; those that only the run shows end it."""
    known = [word if word is not None else "-" for word in words]
    found = gen1_call(known)
    if found is not None:
        yield Use(Command(found.verb, found.topic, found.said, Place.BUILD), *place)
