"""What of queries, mutations and subscriptions `a.schema` has no expression for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from migrator.categories.data.sdl import Definition, Field
from migrator.categories.data.typed.model import Fallback
from migrator.categories.data.typed.operations import CALLERS, is_custom, is_root, model_mutations, sources
from migrator.categories.data.typed.rules import INHERITED, malformed
from migrator.categories.data.typed.sayable_fields import known_types, unsaid_type

_ALLOWED = frozenset({"function", "http", "deprecated", "aws_subscribe", *CALLERS})


def operations(definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    """What of the schema's operations stays SDL."""
    kinds = known_types(definitions)
    endless = _endless(definitions)
    taken = {definition.name for definition in definitions}
    for root in definitions:
        for field in root.fields if is_root(root) else ():
            place = f"{root.name}.{field.name}"
            if field.name in taken:
                yield Fallback(place, "name", "another type or operation has it, and a.schema has one place for it")
            if field.name in INHERITED:
                yield Fallback(place, "name", "it belongs to every JavaScript object")
            if field.base in endless:
                yield Fallback(place, field.base, "a.schema cannot return a type that holds itself")
            taken.add(field.name)
            yield from _operation(place, field, kinds)
            if root.name == "Subscription":
                yield from _subscription(place, field, definitions)


def _operation(place: str, field: Field, kinds: Mapping[str, str]) -> Iterator[Fallback]:
    yield from unsaid_type(place, field, kinds)
    yield from (Fallback(place, "@auth", reason) for reason in malformed(field))
    if kinds.get(field.base) == "input":
        yield Fallback(place, field.base, "an input cannot be returned")
    for argument in field.arguments:
        yield from unsaid_type(place, argument, kinds)
        if argument.default:
            yield Fallback(place, f"default of {argument.name}", "arguments have no defaults in a.schema")
        if argument.directives:
            yield Fallback(place, f"@{argument.directives[0].name}", "arguments have no directives in a.schema")
        if argument.name in INHERITED:
            yield Fallback(place, f"argument {argument.name}", "the name belongs to every JavaScript object")
        if kinds.get(argument.base) in ("model", "type"):
            yield Fallback(place, f"argument {argument.name}", "a type cannot be an argument")
    counted = Counter(argument.name for argument in field.arguments)
    if any(count > 1 for count in counted.values()):
        yield Fallback(place, "arguments", "one is there twice")
    yield from _directives(place, field)


def _directives(place: str, field: Field) -> Iterator[Fallback]:
    counted = Counter(directive.name for directive in field.directives)
    for directive in field.directives:
        name = directive.name
        if name not in _ALLOWED:
            yield Fallback(place, f"@{name}", "a.schema has no word for it on an operation")
        elif name != "function" and counted[name] > 1:
            yield Fallback(place, f"@{name}", "it is there twice")
        elif name == "function" and not isinstance(directive.arguments.get("name"), str):
            yield Fallback(place, "@function", "it names no function")
        elif name == "function" and len(directive.arguments) > 1 and counted[name] > 1:
            yield Fallback(place, "@function", "only one function can have arguments besides its name")


def _subscription(place: str, field: Field, definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    named = sources(field)
    if not named:
        yield Fallback(place, "subscription", "a.subscription listens to mutations, and none is named")
    own = {f.name: f.type for root in definitions if root.name == "Mutation" for f in root.fields}
    mutations = model_mutations(definitions)
    for name in named:
        returned = own.get(name) or mutations.get(name, ("",))[0]
        if not returned:
            yield Fallback(place, "@aws_subscribe", f"there is no mutation {name}")
        elif returned != field.type:
            yield Fallback(place, "@aws_subscribe", f"{name} returns {returned}, and so would it")


def _endless(definitions: tuple[Definition, ...]) -> frozenset[str]:
    """Types without tables that hold themselves, or a type that does."""
    held = {one.name: {field.base for field in one.fields} for one in definitions if is_custom(one)}
    ending: set[str] = set()
    while more := {name for name, inner in held.items() if name not in ending and not (inner & held.keys()) - ending}:
        ending |= more
    return frozenset(held.keys() - ending)
