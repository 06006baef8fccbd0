"""Functions and scripts in Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.documents.python_syntax import PythonCode, dotted, plain, python_code
from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.handlers.environment import gen1_variable, may_have_variables
from migrator.sources.handlers.javascript import renamed
from migrator.sources.uses import ConfigurationRead

if TYPE_CHECKING:
    import libcst

_GETTERS = frozenset(("os.environ.get", "environ.get", "os.getenv", "getenv", "os.environ.pop", "environ.setdefault"))
_MAPPINGS = frozenset(("os.environ", "environ"))
_FILE = re.compile(
    r"(?:^|/)(?P<name>aws-exports\.(?:js|mjs|ts|json)|(?:amplifyconfiguration|awsconfiguration)\.(?:json|dart))$"
)
_OPENS = re.compile(r"(?:^|\.)(?:open|Path|PurePath|join|read_text|read_json|load|loads|exists|isfile|joinpath)$")


def python_environment(file: SourceFile) -> Iterator[Use]:
    """Variables of Gen 1 that are read from `os.environ`."""
    if not may_have_variables(file.text, file.whole_path):
        return
    code = python_code(file)
    for node in code.nodes:
        name = _variable(node)
        text = plain(name) if name is not None else None
        variable = gen1_variable(text, file.whole_path) if text else None
        if variable is not None and name is not None and text is not None:
            place = _inner(code, name, text)
            yield Use(variable, *place, renamed(variable.now, place, variable.now) if variable.now else None)


def _variable(node: libcst.CSTNode) -> libcst.CSTNode | None:
    """The expression that names a variable of the environment."""
    import libcst as cst

    if isinstance(node, cst.Call) and node.args and dotted(node.func) in _GETTERS:
        return node.args[0].value
    if isinstance(node, cst.Subscript) and dotted(node.value) in _MAPPINGS and len(node.slice) == 1:
        index = node.slice[0].slice
        return index.value if isinstance(index, cst.Index) else None
    return None


def _inner(code: PythonCode, node: libcst.CSTNode, text: str) -> tuple[int, int]:
    """The offsets of a string's text, between its quotes."""
    start, end = code.place(node)
    edge = (end - start - len(text)) // 2
    return start + edge, start + edge + len(text)


def python_files(file: SourceFile) -> Iterator[Use]:
    """Files of the Gen 1 CLI that are opened."""
    import libcst as cst

    code = python_code(file)
    seen: set[tuple[int, int]] = set()
    for node in code.nodes:
        if not isinstance(node, cst.Call) or not _OPENS.search(dotted(node.func)):
            continue
        for argument in node.args:
            match = _FILE.search(plain(argument.value) or "")
            if match and (place := code.place(argument.value)) not in seen:
                seen.add(place)
                yield Use(ConfigurationRead(match.group("name")), *place)
