"""What a source file imports, and how it exports a handler."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from migrator.categories.function.model import Shape
from migrator.categories.function.scanner import Script

_BUILT_IN = """
    assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events
    fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream
    string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib
"""
BUILT_IN = frozenset(_BUILT_IN.split())
"""Modules of Node.js itself (https://nodejs.org/api/)."""

_REQUIRE = re.compile(r"(?<![\w.$])(?:require|import)\s*\(\s*")
_RESOLVE = re.compile(r"(?<![\w.$])require\s*\.\s*resolve\s*\(")
_FROM = re.compile(r"(?:^|[;}\n])\s*(?:import|export)\b(?!\s*\()[^;'\"]*?(?=['\"])")
_DECLARED_KINDS = r"(?:async\s+)?(?:const|let|var|function\s*\*?|class)"


class Import(Struct, frozen=True):
    """A module that is loaded; an empty name for one that is known only at run time."""

    name: str
    offset: int


def imports(script: Script) -> Iterator[Import]:
    """Every module that the file loads, once for each place."""
    for match in _REQUIRE.finditer(script.code):
        end = match.end()
        name = script.strings.get(end, "")
        rest = script.code[end:]
        alone = bool(name) and re.match(r"(['\"`]) *\1\s*[,)]", rest) is not None
        yield Import(name if alone else "", match.start())
    for match in _FROM.finditer(script.code):
        name = script.strings.get(match.end(), "")
        if name and not re.search(r"\bimport\s+type\b", match.group()):
            yield Import(name, match.start())


def package_of(name: str) -> str:
    """The npm package of a module name; empty for files, Node.js' own modules and what a layer brings."""
    if not name or name.startswith((".", "/", "node:", "#")):
        return ""
    parts = name.split("/")
    package = "/".join(parts[:2]) if name.startswith("@") else parts[0]
    return "" if package in BUILT_IN else package


def export_shape(script: Script, export: str) -> tuple[Shape | None, str]:
    """How the handler is exported, and the file that it is handed on from; None when it is not found."""
    code = script.code
    first, _, rest = export.partition(".")
    if rest:
        return (Shape.NESTED if _is_named(script, first) else None), ""
    if export == "default" and re.search(r"\bexport\s+default\b", code):
        return Shape.DEFAULT, ""
    if _is_named(script, export):
        return Shape.NAMED, ""
    whole = list(re.finditer(r"(?<![\w.$])module\s*\.\s*exports\s*=(?![=>])\s*", code))
    if whole:
        return _whole_export(script, whole[-1].end(), export)
    if re.search(r"\bexport\s*=\s*", code):
        return Shape.DEFAULT, ""
    if re.search(r"\bexport\s*\*", code) or _computed(code):
        return Shape.NAMED, ""
    return None, ""


def _is_named(script: Script, name: str) -> bool:
    word = re.escape(name)
    if re.search(rf"(?<![\w$])(?:exports|this)\s*\.\s*{word}\s*=(?![=])", script.code):
        return True
    if re.search(rf"\bexport\s+{_DECLARED_KINDS}\s*{word}\b", script.code):
        return True
    if re.search(rf"\bexport\s*\{{[^}}]*\b{word}\s*[,}}]", script.code):
        return True
    quoted = (offset for offset, text in script.strings.items() if text == name)
    return any(re.search(r"(?:exports\s*\[\s*|defineProperty\(\s*exports\s*,\s*)$", script.code[:at]) for at in quoted)


def _whole_export(script: Script, start: int, export: str) -> tuple[Shape | None, str]:
    code = script.code[start:]
    if code.startswith("{"):
        body = code[1 : _closing(code)]
        held = re.search(rf"(?:^|[,{{\s]){re.escape(export)}\s*(?:[,:(}}]|$)", body) or "..." in body
        return (Shape.NAMED if held else None), ""
    required = re.match(r"require\s*\(\s*", code)
    if required:
        return Shape.NAMED, script.strings.get(start + required.end(), "")
    name = re.match(r"([A-Za-z_$][\w$]*)\s*(?:;|\n|$)", code)
    if name and not _is_callable(script.code, name[1]):
        return Shape.NAMED, ""
    if name and re.search(rf"(?<![\w.$]){re.escape(name[1])}\s*\.\s*{re.escape(export)}\s*=(?!=)", script.code):
        return Shape.NAMED, ""
    if re.match(r"Object\s*\.\s*assign|new\b|__toCommonJS", code):
        return Shape.NAMED, ""
    return Shape.DEFAULT, ""


def _is_callable(code: str, name: str) -> bool:
    word = re.escape(name)
    value = re.search(rf"\b(?:const|let|var)\s+{word}\s*=\s*(.{{0,200}})", code, re.DOTALL)
    if value:
        return bool(re.match(r"(?:async\b\s*)?(?:function\b|\([^)]*\)\s*=>|[\w$]+\s*=>)|[\w$.]+\(", value[1]))
    return bool(re.search(rf"\bfunction\s*\*?\s*{word}\b", code))


def _computed(code: str) -> bool:
    return bool(
        re.search(r"(?<![\w$])exports\s*\[|Object\s*\.\s*assign\s*\(\s*(?:module\s*\.\s*)?exports\b|__export", code)
    )


def _closing(code: str) -> int:
    depth = 0
    for match in re.finditer(r"[{}]", code):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.start()
    return len(code)
