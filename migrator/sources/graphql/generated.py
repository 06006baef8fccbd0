"""Statements and types that `amplify codegen` made, held against the schema they were made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from migrator.documents.source import SourceFile
from migrator.engine.sources import Use
from migrator.sources.uses import GeneratedCode

_FILE = re.compile(r"(?:^|/)(?:graphql/(?P<kind>queries|mutations|subscriptions)\.(?:js|ts|graphql)|API\.ts)$")
_NAME = re.compile(
    r"export (?:const|type) (?P<code>\w+) =|^\s*(?:query|mutation|subscription) (?P<statement>\w+)\b", re.MULTILINE
)
_OPERATION = {
    "queries": re.compile(r"get(?P<type>[A-Z]\w*)$"),
    "mutations": re.compile(r"(?:create|update|delete)(?P<type>[A-Z]\w*)$", re.IGNORECASE),
    "types": re.compile(r"Create(?P<type>[A-Z]\w*)Input$"),
    "subscriptions": re.compile(r"on(?:Create|Update|Delete)(?P<type>[A-Z]\w*)$"),
}
_EXPECTED = {
    "queries": "get{}",
    "mutations": "create{}",
    "subscriptions": "onCreate{}",
    "types": "Create{}Input",
}
_ROOTS = {"queries": "Query", "mutations": "Mutation", "subscriptions": "Subscription"}


class _Schema(NamedTuple):
    models: frozenset[str]
    """With all operations."""
    others: frozenset[str]
    """Models that leave operations out or give them other names."""
    fields: dict[str, frozenset[str]]
    """Of Query, Mutation and Subscription, as they are written."""
    inputs: frozenset[str]
    """The input types that are written."""


def generated(file: SourceFile) -> Iterator[Use]:
    """Operations of models that are gone, and models without operations."""
    match = _FILE.search(file.path)
    schema = _schema(file) if match else None
    if match is None or schema is None or not schema.models:
        return
    kind = match.group("kind") or "types"
    names = {m.group("code") or m.group("statement"): m for m in _NAME.finditer(file.text)}
    lowered = {name.lower() for name in names}
    known = {name.lower() for name in schema.models | schema.others}
    for name, place in names.items():
        operation = _OPERATION[kind].match(name)
        custom = name in schema.fields.get(_ROOTS.get(kind, ""), ()) or name in schema.inputs
        if operation and not custom and operation.group("type").lower() not in known:
            group = "code" if place.group("code") else "statement"
            yield Use(GeneratedCode(name, "schema"), place.start(group), place.end(group))
    for model in sorted(schema.models):
        expected = _EXPECTED[kind].format(model[0].upper() + model[1:])
        if names and expected.lower() not in lowered:
            yield Use(GeneratedCode(expected, "code"), 0, 0)


def _schema(file: SourceFile) -> _Schema | None:
    """The schema of the one API of the nearest Gen 1 backend; None where there is none, or where there are several."""
    folder = file.path
    while folder:
        folder = folder.rpartition("/")[0]
        base = f"{folder}/" if folder else ""
        apis = [name for name in file.others(f"{base}amplify/backend/api") if name.endswith("/")]
        texts = [text for api in apis if (text := _text(file, f"{base}amplify/backend/api/{api[:-1]}"))]
        if texts:
            return _read(texts[0]) if len(texts) == 1 else None
    return None


def _text(file: SourceFile, api: str) -> str:
    whole = file.other(f"{api}/schema.graphql")
    if whole is not None:
        return whole
    names = [name for name in file.others(f"{api}/schema") if name.endswith(".graphql")]
    return "\n".join(file.other(f"{api}/schema/{name}") or "" for name in names)


def _read(text: str) -> _Schema | None:
    from graphql import GraphQLSyntaxError, parse  # slow to import, and most runs have no schema

    try:
        definitions: tuple[Any, ...] = tuple(parse(text, no_location=True).definitions)
    except (GraphQLSyntaxError, RecursionError):
        return None  # what is wrong with the schema is said of the schema
    models: dict[str, bool] = {}
    fields: dict[str, frozenset[str]] = {}
    for one in definitions:
        name = one.name.value if getattr(one, "name", None) else ""
        for directive in getattr(one, "directives", None) or ():
            if directive.name.value == "model":
                models[name] = not directive.arguments
        if name in _ROOTS.values():
            fields[name] = fields.get(name, frozenset()) | {member.name.value for member in one.fields or ()}
    whole = frozenset(name for name, complete in models.items() if complete)
    inputs = (one.name.value for one in definitions if one.kind == "input_object_type_definition")
    return _Schema(whole, frozenset(models) - whole, fields, frozenset(inputs))
