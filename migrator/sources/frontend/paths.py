"""Files in storage that are named by a key and an access level, as before paths."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.documents.source import SourceFile
from migrator.documents.syntax import kind_of, literal, span, text_of
from migrator.engine.sources import Use
from migrator.sources.script import Reference, arguments_of, scripts
from migrator.sources.uses import StorageKey

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

MODULES = frozenset(("aws-amplify/storage", "@aws-amplify/storage"))
FUNCTIONS = frozenset(("uploadData", "downloadData", "getUrl", "remove", "list", "getProperties", "copy"))
_COMPONENTS = frozenset(("StorageImage", "StorageManager", "FileUploader"))
_ELEMENTS = frozenset(("jsx_opening_element", "jsx_self_closing_element"))


def storage_keys(file: SourceFile) -> Iterator[Use]:
    """Calls and components of version 6 that still have a key or a level; fixed where both are plain."""
    from migrator.sources.frontend.path_rewrite import with_path

    for script in scripts(file):
        for reference in script.references:
            call = storage_call(reference)
            if call is not None and (found := _option(call)) is not None:
                fix = with_path(script, call, reference.binding.name)
                yield Use(StorageKey(reference.binding.name, *found), *script.place(call), fix)
            elif (element := _element(reference)) is not None and (attribute := _attribute(element)) is not None:
                yield Use(StorageKey(reference.binding.name, *attribute), *script.place(element))


def storage_call(reference: Reference) -> SyntaxNode | None:
    """The call of a function of storage that a name is used for."""
    if reference.binding.module not in MODULES or reference.binding.name not in FUNCTIONS:
        return None
    above = reference.node.parent()
    function = above.field("function") if above is not None and above.kind() == "call_expression" else None
    return above if function is not None and span(function) == span(reference.node) else None


def members(node: SyntaxNode | None) -> dict[str, SyntaxNode]:
    """The members of an object that are written as `name: value` or as a name, by name; None for other nodes."""
    found: dict[str, SyntaxNode] = {}
    for child in node.children() if node is not None and node.kind() == "object" else ():
        if child.kind() == "pair":
            key, value = child.field("key"), child.field("value")
            if key is not None and value is not None:
                found[key.text().strip("'\"")] = value
        elif child.kind() == "shorthand_property_identifier":
            found[child.text()] = child
    return found


def _option(call: SyntaxNode) -> tuple[str, str] | None:
    arguments = arguments_of(call)
    given = members(arguments[0]) if arguments else {}
    inner = members(given.get("options"))
    for option in ("accessLevel", "level"):
        if option in inner:
            return option, literal(inner[option]) or ""
    for option in ("key", "prefix"):
        if option in given and "path" not in given:
            return option, ""
    if any("key" in members(given.get(side)) for side in ("source", "destination")):
        return "key", ""
    return None


def _element(reference: Reference) -> SyntaxNode | None:
    above = reference.node.parent()
    if reference.binding.name not in _COMPONENTS or kind_of(above) not in _ELEMENTS:
        return None
    return above if reference.binding.module.startswith("@aws-amplify/ui-react-storage") else None


def _attribute(element: SyntaxNode) -> tuple[str, str] | None:
    for child in element.children():
        if child.kind() == "jsx_attribute":
            parts = [part for part in child.children() if part.is_named()]
            name = text_of(parts[0]) if parts else ""
            if name in ("accessLevel", "imgKey"):
                return name, literal(parts[1]) or "" if len(parts) > 1 else ""
    return None
