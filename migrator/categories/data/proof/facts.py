"""A schema in canonical form as facts: what is said at each place, one line for each thing said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from migrator.categories.data.proof.rewrite import Schema
from migrator.categories.data.sdl import Definition, Directive, Field

Facts: TypeAlias = Mapping[str, tuple[str, ...]]


def facts(schema: Schema) -> Facts:
    """What is said, by place: `Post`, `Post.title`, `Post @auth`, `Query.echo(text)`."""
    found: dict[str, list[str]] = {}
    for definition in schema:
        for place, line in _definition(definition):
            found.setdefault(place, []).append(line)
    return {place: tuple(sorted(lines)) for place, lines in found.items()}


def _definition(one: Definition) -> Iterator[tuple[str, str]]:
    if one.text:
        yield f"{one.kind} {one.name}", " ".join(one.text.split())
        return
    yield one.name, one.kind
    if one.interfaces:
        yield f"{one.name} implements", " & ".join(sorted(set(one.interfaces)))
    if one.members:
        yield f"{one.name} =", " | ".join(sorted(set(one.members)))
    yield from _directives(one.name, one.directives)
    for position, value in enumerate(one.values):
        yield f"{one.name}.{value.name}", f"value {position + 1}"
        yield from _directives(f"{one.name}.{value.name}", value.directives)
    for field in one.fields:
        yield from _field(f"{one.name}.{field.name}", field)


def _field(place: str, field: Field) -> Iterator[tuple[str, str]]:
    yield place, f"{field.type} = {field.default}" if field.default else field.type
    for argument in field.arguments:
        inner = f"{place}({argument.name})"
        yield inner, f"{argument.type} = {argument.default}" if argument.default else argument.type
        yield from _directives(inner, argument.directives)
    yield from _directives(place, field.directives)


def _directives(place: str, directives: tuple[Directive, ...]) -> Iterator[tuple[str, str]]:
    ordered = [one for one in directives if one.name == "function"]
    for one in directives:
        at = f"{place} @{one.name}"
        if one.name == "model":
            yield at, "{}"
            yield from _arguments(at, one.arguments)
        elif one.name == "auth" and isinstance(one.arguments.get("rules"), list):
            yield from _rules(at, one.arguments)
        elif one.name == "function" and len(ordered) > 1:
            yield at, f"{ordered.index(one) + 1}: {canonical(dict(one.arguments))}"
        else:
            yield at, canonical(dict(one.arguments))


def _arguments(place: str, arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Operations one by one, so that a difference names the one that it is about."""
    for name, value in arguments.items():
        if isinstance(value, dict):
            for inner, one in value.items():
                yield f"{place} {name}.{inner}", canonical(one)
        else:
            yield f"{place} {name}", canonical(value)


def _rules(place: str, arguments: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    rules: Any = arguments["rules"]
    roles: dict[str, int] = {}
    for rule in rules:
        known = canonical({k: v for k, v in rule.items() if k != "operations"}) if isinstance(rule, dict) else ""
        roles[known] = roles.get(known, 0) + 1
        again = f" ({roles[known]})" if roles[known] > 1 else ""
        yield place, f"{canonical(rule)}{again}"
    rest = {k: v for k, v in arguments.items() if k != "rules"}
    yield from _arguments(place, rest) if rest else ()
    if not rules:
        yield place, "no rules"


def canonical(value: Any) -> str:
    """A value as text that is the same for the same value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def read(line: str) -> Mapping[str, Any]:
    """The arguments that a line about a directive tells; nothing for another line."""
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
