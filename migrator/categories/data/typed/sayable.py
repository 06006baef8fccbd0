"""What `a.schema` has no expression for, not even with a patch of the SDL: a table of constructs.

The facts were tried with @aws-amplify/data-schema 1.26 and the transformer of @aws-amplify/graphql-api-construct 1.22.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from migrator.categories.data.authorization import is_amplify_input
from migrator.categories.data.edits import KNOWN
from migrator.categories.data.sdl import Definition, Directive
from migrator.categories.data.typed.field_code import SCALARS
from migrator.categories.data.typed.inputs import said_inputs
from migrator.categories.data.typed.model import Fallback
from migrator.categories.data.typed.operations import is_custom, is_root
from migrator.categories.data.typed.rules import INHERITED, NATIVE
from migrator.categories.data.typed.sayable_fields import custom_fields, input_fields, model_fields
from migrator.categories.data.typed.sayable_operations import operations

_ROOT = re.compile(r"\b(query|mutation|subscription)\s*:\s*(\w+)")
_ENGINE = ("engine", "host", "port", "database", "schema")
_HEADS = {
    "type": frozenset(NATIVE),
    "model": frozenset({"model", "auth", "searchable", "mapsTo", *NATIVE}),
}
"""Directives on types and models that can be said, or patched."""
_NO_FORM = {
    "interface": "a.schema has no interfaces",
    "union": "a.schema has no unions",
    "scalar": "a.schema has no scalars besides AppSync's",
}


def fallbacks(definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    """What stays SDL; relations are looked at elsewhere."""
    yield from _whole(definitions)
    names = Counter(one.name for one in definitions)
    for one in definitions:
        if names[one.name] > 1:
            yield Fallback(one.name, one.kind, "another type has the name, and a.schema has one place for it")
        if one.name in INHERITED:
            yield Fallback(one.name, one.kind, "the name belongs to every JavaScript object")
        yield from _definition(one, definitions)
    yield from operations(definitions)
    yield from unsaid_inputs(definitions)


def unsaid_inputs(definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    """Inputs that no operation among these definitions makes."""
    said = said_inputs(definitions)
    for one in definitions:
        if one.kind == "input" and one.name not in said and not is_amplify_input(one):
            yield Fallback(one.name, "input", "no operation of a.schema makes an input of this name and form")


def _whole(definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    for one in definitions:
        if one.kind == "directive":
            yield Fallback(one.name, "directive", "the schema declares directives of its own", whole=True)
        elif one.kind == "schema" and any(name != root.title() for root, name in _ROOT.findall(one.text)):
            yield Fallback("schema", "schema", "queries or mutations have types of other names", whole=True)
        elif one.kind not in ("type", "input", "enum", "schema", *_NO_FORM):
            yield Fallback(one.name, one.kind, "it is no part of a schema", whole=True)
        elif is_amplify_input(one) and any(one.field(name) for name in _ENGINE):
            yield Fallback(one.name, "engine", "its tables are in a relational database", whole=True)
        for directive in one.directives if is_root(one) else ():
            if directive.name not in NATIVE:
                yield Fallback(one.name, f"@{directive.name}", "the type holds operations", whole=True)
        for place, directive in _directives(one):
            if directive.name not in KNOWN:
                yield Fallback(place, f"@{directive.name}", "no transformer knows the directive", whole=True)


def _directives(one: Definition) -> Iterator[tuple[str, Directive]]:
    yield from ((one.name, directive) for directive in one.directives)
    for field in one.fields:
        yield from ((f"{one.name}.{field.name}", directive) for directive in field.directives)
        yield from ((f"{one.name}.{field.name}", d) for argument in field.arguments for d in argument.directives)
    yield from ((one.name, directive) for value in one.values for directive in value.directives)


def _definition(one: Definition, definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    if one.kind in _NO_FORM:
        yield Fallback(one.name, one.kind, _NO_FORM[one.kind])
    elif one.name in SCALARS:
        yield Fallback(one.name, one.kind, "the name is that of a scalar")
    elif one.kind == "enum":
        yield from _enum(one)
    elif one.kind == "input" and not is_amplify_input(one):
        yield from input_fields(one, definitions)
    elif one.kind == "type" and not is_root(one):
        yield from _type(one)
        if one.is_model:
            yield from model_fields(one, definitions)
        elif is_custom(one):
            yield from custom_fields(one, definitions)


def _enum(one: Definition) -> Iterator[Fallback]:
    for directive in (*one.directives, *(d for value in one.values for d in value.directives)):
        yield Fallback(one.name, f"@{directive.name}", "a.enum takes names only")
    if not one.values or len({value.name for value in one.values}) < len(one.values):
        yield Fallback(one.name, "enum", "its values are missing, or there twice")


def _type(one: Definition) -> Iterator[Fallback]:
    if one.interfaces:
        yield Fallback(one.name, "implements", "a.schema has no interfaces")
    if not one.fields:
        yield Fallback(one.name, "type", "it has no fields")
    allowed = _HEADS["model" if one.is_model else "type"]
    counted = Counter(directive.name for directive in one.directives)
    for directive in one.directives:
        if directive.name not in allowed:
            yield Fallback(one.name, f"@{directive.name}", "a.schema has no word for it on a type")
        elif counted[directive.name] > 1:
            yield Fallback(one.name, f"@{directive.name}", "it is there twice")
