"""What of fields `a.schema` has no expression for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from migrator.categories.data.flags import indexes, primary_key
from migrator.categories.data.sdl import ROOTS, Definition, Directive, Field, Typed
from migrator.categories.data.typed.emitted import GROUPS
from migrator.categories.data.typed.field_code import SCALARS
from migrator.categories.data.typed.model import Fallback
from migrator.categories.data.typed.rules import INHERITED, NATIVE, malformed

_RELATIONS = frozenset({"hasMany", "hasOne", "belongsTo", "manyToMany"})
_PATCHED = frozenset({"deprecated", "function", "http", "auth", *NATIVE})
_ON_MODEL = frozenset({"default", "index", "primaryKey", *_RELATIONS, *_PATCHED})
_NOT_KEYS = frozenset({"Boolean", "AWSJSON"})


def known_types(definitions: tuple[Definition, ...]) -> Mapping[str, str]:
    """By name, the kind of every type that can be named: `scalar`, `model`, `type`, `enum` ..."""
    kinds = {one.name: "model" if one.is_model else one.kind for one in definitions}
    return {**kinds, **dict.fromkeys(SCALARS, "builtin")}


def unsaid_type(place: str, typed: Typed, kinds: Mapping[str, str]) -> Iterator[Fallback]:
    """A type that is not there, or that lists lists."""
    if typed.base not in kinds or typed.base in ROOTS:
        yield Fallback(place, typed.base, "there is no type of the name")
    if typed.type.startswith("[["):
        yield Fallback(place, "list of lists", "a.schema has lists of values only", alone=True)


def model_fields(model: Definition, definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    """Fields of a model, its keys, indexes and rules."""
    kinds = known_types(definitions)
    yield from _rules(model.name, model)
    yield from _arguments(model)
    for field in model.fields:
        place = f"{model.name}.{field.name}"
        yield from _field(place, field, kinds, _ON_MODEL)
        relation = field.directive(*_RELATIONS)
        kind = kinds.get(field.base)
        if relation and kind != "model":
            yield Fallback(place, f"@{relation.name}", f"{field.base} is no model")
        elif not relation and kind == "model":
            yield Fallback(place, field.base, "a.ref cannot refer to a model", alone=True)
        elif not relation and kind == "input":
            yield Fallback(place, field.base, "it is an input")
        if default := field.directive("default"):
            yield from _default(place, field, default, kinds)
    yield from _twice(model)
    yield from _keys(model, kinds)


def custom_fields(one: Definition, definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    """Fields of a type without a table."""
    kinds = known_types(definitions)
    for field in one.fields:
        place = f"{one.name}.{field.name}"
        yield from _field(place, field, kinds, _PATCHED)
        if (kind := kinds.get(field.base)) in ("model", "input"):
            reason = "a.ref cannot refer to a model, nor to an input"
            yield Fallback(place, field.base, reason, alone=kind == "model")
    yield from _twice(one)


def input_fields(one: Definition, definitions: tuple[Definition, ...]) -> Iterator[Fallback]:
    """Fields of an input."""
    kinds = known_types(definitions)
    for field in one.fields:
        place = f"{one.name}.{field.name}"
        yield from unsaid_type(place, field, kinds)
        if field.name in INHERITED:
            yield Fallback(place, "name", "it belongs to every JavaScript object")
        if kinds.get(field.base) in ("model", "type"):
            yield Fallback(place, field.base, "a type cannot be part of an input")
    yield from _twice(one)


def _field(place: str, field: Field, kinds: Mapping[str, str], allowed: Collection[str]) -> Iterator[Fallback]:
    yield from unsaid_type(place, field, kinds)
    yield from _rules(place, field)
    if field.arguments:
        yield Fallback(place, "arguments", "fields of types have none in a.schema", alone=True)
    if field.name in INHERITED:
        yield Fallback(place, "name", "it belongs to every JavaScript object", alone=True)
    counted = Counter(d.name for d in field.directives if d.name != "index")
    for directive in field.directives:
        if directive.name not in allowed:
            yield Fallback(place, f"@{directive.name}", "a.schema has no word for it on a field")
        elif counted[directive.name] > 1:
            yield Fallback(place, f"@{directive.name}", "it is there twice")


def _twice(one: Definition) -> Iterator[Fallback]:
    counted = Counter(field.name for field in one.fields)
    yield from (Fallback(f"{one.name}.{name}", "field", "it is there twice") for name in counted if counted[name] > 1)


def _rules(place: str, holder: Definition | Field) -> Iterator[Fallback]:
    yield from (Fallback(place, "@auth", reason) for reason in malformed(holder))


def _arguments(model: Definition) -> Iterator[Fallback]:
    """Arguments of `@model` that no transformer knows."""
    for name, said in next(d for d in model.directives if d.name == "model").arguments.items():
        known = {key for key, group in GROUPS.items() if group == name}
        known = known | {"sync"} if name == "queries" else known
        known = {"createdAt", "updatedAt"} if name == "timestamps" else known
        known = known | {"level"} if name == "subscriptions" else known
        if not known or not (said is None or (isinstance(said, dict) and set(said) <= known)):
            yield Fallback(model.name, "@model", f"its argument {name} has another form")


def _default(place: str, field: Field, default: Directive, kinds: Mapping[str, str]) -> Iterator[Fallback]:
    if set(default.arguments) != {"value"} or not isinstance(default.arguments["value"], str):
        yield Fallback(place, "@default", "it wants a text")
    elif field.is_list or kinds.get(field.base) not in ("builtin", "enum"):
        yield Fallback(place, "@default", "only a scalar or an enum has one")


def _keys(model: Definition, kinds: Mapping[str, str]) -> Iterator[Fallback]:
    keys = [(field, d) for field in model.fields for d in field.directives if d.name == "primaryKey"]
    if len(keys) > 1:
        yield Fallback(model.name, "@primaryKey", "there are several")
    for _, directive in keys:
        if set(directive.arguments) - {"sortKeyFields"} or not _is_names(directive.arguments.get("sortKeyFields", [])):
            yield Fallback(model.name, "@primaryKey", "its arguments have another form")
    partition, sort = primary_key(model)
    implicit = partition == "id" and not sort and not keys
    for name in () if implicit and model.field("id") is None else (partition, *sort):
        field = model.field(name)
        place = f"{model.name}.{name}" if field else model.name
        if field is None:
            yield Fallback(place, "@primaryKey", f"there is no field {name}")
        elif kinds.get(field.base) == "enum":
            yield Fallback(place, "@primaryKey", "an enum cannot be part of an identifier")
        elif not _is_key(field, kinds) or not (field.required or implicit):
            yield Fallback(place, "@primaryKey", "an identifier is a required text or number")
    yield from _indexes(model, kinds)


def _is_key(field: Field, kinds: Mapping[str, str]) -> bool:
    return not field.is_list and kinds.get(field.base) == "builtin" and field.base not in _NOT_KEYS


def _indexes(model: Definition, kinds: Mapping[str, str]) -> Iterator[Fallback]:
    for field, index in indexes(model):
        sort = index.arguments.get("sortKeyFields") or []
        names = [field.name, *(sort if isinstance(sort, list) else [sort])]
        place = f"{model.name}.{field.name}"
        if reason := _shape(index):
            yield Fallback(place, "@index", reason)
        if len(set(map(str, names))) < len(names):
            yield Fallback(place, "@index", "a field is in its key twice")
        for name in names:
            held = model.field(str(name))
            if held is None:
                yield Fallback(place, "@index", f"there is no field {name}")
            elif not _is_key(held, kinds) and (held.is_list or kinds.get(held.base) != "enum"):
                yield Fallback(place, "@index", f"{name} is no text or number")


def _shape(index: Directive) -> str:
    """What is odd about the arguments of an index."""
    arguments = index.arguments
    if unknown := set(arguments) - {"name", "sortKeyFields", "queryField", "projection"}:
        return f"it has no argument {min(unknown)}"
    for name in ("name", "queryField"):
        nothing = name == "queryField" and arguments.get(name) is None
        if name in arguments and not nothing and not _is_text(arguments[name]):
            return f"{name} has another form"
    if not _is_names(arguments.get("sortKeyFields", [])):
        return "sortKeyFields has another form"
    projection = arguments.get("projection", {"type": "ALL"})
    if not isinstance(projection, dict) or projection.get("type") not in ("ALL", "KEYS_ONLY", "INCLUDE"):
        return "its projection has another form"
    named = projection.get("nonKeyAttributes")
    lists = isinstance(named, list) and bool(named)
    return "" if lists == (projection["type"] == "INCLUDE") else "its projection has another form"


def _is_names(said: object) -> bool:
    return _is_text(said) or (isinstance(said, list) and all(map(_is_text, said)))


def _is_text(said: object) -> bool:
    return isinstance(said, str) and said != ""
