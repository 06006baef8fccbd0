"""Which secrets a Gen 2 backend asks for, by its code: `secret('NAME')`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from migrator.core.location import Location
from migrator.documents.source import NotScanned

_SUFFIXES = (".ts", ".mts", ".cts", ".js", ".mjs", ".cjs")
_PACKAGE = "@aws-amplify/backend"
_NEVER = frozenset(("node_modules", ".amplify", "dist"))


class WantedSecret(Struct, frozen=True, order=True):
    """A secret that the backend calls for, and where it does so first."""

    name: str
    place: Location


def wanted_secrets(project: Path) -> tuple[WantedSecret, ...]:
    """The secrets of the Gen 2 project in a folder, each once, by name. Files that cannot be read are left out."""
    found: dict[str, WantedSecret] = {}
    for path in _sources(project / "amplify"):
        for one in _in_file(path, path.relative_to(project).as_posix()):
            found.setdefault(one.name, one)
    return tuple(found[name] for name in sorted(found))


def _sources(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _NEVER)
        yield from (Path(base, name) for name in sorted(names) if name.endswith(_SUFFIXES))


def _in_file(path: Path, name: str) -> Iterator[WantedSecret]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return  # the type check says what is wrong with it
    if _PACKAGE not in text or "secret" not in text:
        return
    from migrator.documents.syntax import find_all, literal, root

    try:
        tree = root(text, "typescript")
    except NotScanned:
        return  # the type check says what is wrong with it
    called = _local_names(tree)
    for call in find_all(tree, {"kind": "call_expression"}):
        function = call.field("function")
        arguments = call.field("arguments")
        if function is None or arguments is None or function.text() not in called:
            continue
        first = next((child for child in arguments.children() if child.kind() in ("string", "template_string")), None)
        value = literal(first)
        if value:
            yield WantedSecret(value, Location(name, "", call.range().start.line + 1))


def _local_names(tree: object) -> frozenset[str]:
    """What `secret` of Amplify's package is called in a file."""
    from migrator.documents.syntax import find_all, literal, text_of

    names = set()
    for statement in find_all(tree, {"kind": "import_statement"}):  # type: ignore[arg-type]
        if literal(statement.field("source")) != _PACKAGE:
            continue
        for one in find_all(statement, {"kind": "import_specifier"}):
            if text_of(one.field("name")) == "secret":
                names.add(text_of(one.field("alias")) or "secret")
        for one in find_all(statement, {"kind": "namespace_import"}):
            names.add(f"{one.text().rpartition(' ')[2]}.secret")
    return frozenset(names)
