"""Requests that a deployed API takes, derived from the types that it tells: what is sent and asked for of a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from migrator.engine.access import ModelAccess, Operation

Types = Mapping[str, Any]
"""The introspected types of an API, by name."""
_DEEPEST = 3
_SCALARS: Mapping[str, Any] = {
    "ID": "00000000-0000-4000-8000-000000000001",
    "String": "text",
    "Int": 7,
    "Float": 1.5,
    "Boolean": True,
    "AWSDate": "2026-01-31",
    "AWSTime": "09:30:00.000Z",
    "AWSDateTime": "2026-01-31T09:30:00.000Z",
    "AWSTimestamp": 1_800_000_000,
    "AWSEmail": "someone@example.com",
    "AWSJSON": '{"a":1}',
    "AWSURL": "https://example.com/",
    "AWSPhone": "+12025550123",
    "AWSIPAddress": "192.0.2.1",
}
_KEYED = "ID"
_VERBS = {"Create": Operation.CREATE, "Update": Operation.UPDATE, "Delete": Operation.DELETE}


class Request(Struct, frozen=True):
    """One field of Query or Mutation that works on a model."""

    operation: Operation
    root: str
    """`query` or `mutation`."""
    field: str
    arguments: Mapping[str, str]
    """By name, the type as it is written."""
    selection: str

    def text(self, given: tuple[str, ...]) -> str:
        """The document, with variables for the arguments that are `given`."""
        declared = ", ".join(f"${name}: {self.arguments[name]}" for name in given)
        passed = ", ".join(f"{name}: ${name}" for name in given)
        head = f"{self.root}({declared})" if given else self.root
        return f"{head} {{ {self.field}{f'({passed})' if given else ''} {self.selection} }}"


class ModelRequests(Struct, frozen=True):
    """The requests of one model, and what names a row."""

    model: str
    requests: Mapping[Operation, Request]
    keys: tuple[str, ...]
    """Fields of the primary key."""
    types: Types
    owners: frozenset[str] = frozenset()
    """Fields that name one owner."""

    @property
    def single(self) -> bool:
        """Whether a row's key names its owner, so that everybody has one row only."""
        return bool(self.owners & set(self.keys))

    def sample(self, row: int, owner: str = "") -> dict[str, Any]:
        """What a new row is made of: all that is required, different for each number. Where a field has to say whose
        it is, that is `owner`; others are left to the API."""
        create = self.requests.get(Operation.CREATE)
        if create is None:
            return {}
        made = self.filled(base(create.arguments["input"]), row, self.keys)
        return made | (dict.fromkeys(self.owners & made.keys(), owner) if owner else {})

    def filled(self, name: str, row: int, wanted: tuple[str, ...] = ()) -> dict[str, Any]:
        """An input of a type: its required fields, and those that are wanted."""
        fields = self.types[name].get("inputFields") or ()
        chosen = [one for one in fields if one["type"]["kind"] == "NON_NULL" or one["name"] in wanted]
        return {one["name"]: self._value(one["type"], row, one["name"] in self.keys) for one in chosen}

    def _value(self, type_: Mapping[str, Any], row: int, key: bool) -> Any:
        if type_["kind"] == "NON_NULL":
            return self._value(type_["ofType"], row, key)
        if type_["kind"] == "LIST":
            return [self._value(type_["ofType"], row, False)]
        name = type_["name"]
        if type_["kind"] == "ENUM":
            return self.types[name]["enumValues"][0]["name"]
        if type_["kind"] == "INPUT_OBJECT":
            return self.filled(name, row)
        value = _SCALARS.get(name, "text")
        if not key:
            return value
        return f"00000000-0000-4000-8000-{row:012}" if name == _KEYED else _numbered(value, row)

    def key_of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """What names a row."""
        return {name: row[name] for name in self.keys if name in row}


def _numbered(value: Any, row: int) -> Any:
    if isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value + row
    return re.sub(r"^text$", f"text-{row}", value)


def model_requests(types: Types, access: ModelAccess, without: frozenset[str] = frozenset()) -> ModelRequests:
    """What the API does with the rows of a model. Fields in `without`, and other models, are not asked for."""
    model, without = access.model, without | access.relations
    selection = "{ " + " ".join(_selected(types, model, without)) + " }"
    found: dict[Operation, Request] = {}
    for field in _fields(types, "Mutation"):
        for operation, verb in (
            (Operation.CREATE, "Create"),
            (Operation.UPDATE, "Update"),
            (Operation.DELETE, "Delete"),
        ):
            takes = next((one for one in field["args"] if one["name"] == "input"), None)
            if (
                takes
                and base(written(takes["type"])) == f"{verb}{model}Input"
                and base(written(field["type"])) == model
            ):
                found[operation] = _request(operation, "mutation", field, selection)
    for field in _fields(types, "Query"):
        of, names = base(written(field["type"])), {one["name"] for one in field["args"]}
        if of == model and "input" not in names and Operation.GET not in found:
            found[Operation.GET] = _request(Operation.GET, "query", field, selection)
        listed = of == f"Model{model}Connection" and not any(one["type"]["kind"] == "NON_NULL" for one in field["args"])
        if listed and Operation.LIST not in found:
            found[Operation.LIST] = _request(Operation.LIST, "query", field, f"{{ items {selection} nextToken }}")
    owners = frozenset(one.owner_field for one in access.rules if one.owner_field and not one.several_owners)
    return ModelRequests(model, found, _keys(types, found, model), types, owners)


def _keys(types: Types, found: Mapping[Operation, Request], model: str) -> tuple[str, ...]:
    """The fields of the primary key: what getting or deleting a row needs."""
    get = found.get(Operation.GET)
    if get:
        return tuple(get.arguments)
    name = f"Delete{model}Input"
    fields = types[name]["inputFields"] if name in types else ()
    return tuple(one["name"] for one in fields if one["type"]["kind"] == "NON_NULL") or ("id",)


def _request(operation: Operation, root: str, field: Mapping[str, Any], selection: str) -> Request:
    arguments = {one["name"]: written(one["type"]) for one in field["args"]}
    return Request(operation, root, field["name"], arguments, selection)


def _fields(types: Types, name: str) -> Iterator[Mapping[str, Any]]:
    yield from (types.get(name) or {}).get("fields") or ()


def _selected(types: Types, name: str, without: frozenset[str], depth: int = 0) -> Iterator[str]:
    """Fields that hold values, and those of objects that are no models."""
    for field in _fields(types, name):
        of = types.get(base(written(field["type"])), {})
        if field["name"] in without or any(one["type"]["kind"] == "NON_NULL" for one in field["args"]):
            continue
        if of.get("kind") in ("SCALAR", "ENUM"):
            yield field["name"]
        elif of.get("kind") == "OBJECT" and not field["args"] and depth < _DEEPEST:
            inner = " ".join(_selected(types, of["name"], frozenset(), depth + 1))
            if inner:
                yield f"{field['name']} {{ {inner} }}"


def written(type_: Mapping[str, Any]) -> str:
    """A type as it stands in a document: `[ID!]!`."""
    if type_["kind"] == "NON_NULL":
        return f"{written(type_['ofType'])}!"
    if type_["kind"] == "LIST":
        return f"[{written(type_['ofType'])}]"
    return str(type_["name"])


def base(type_: str) -> str:
    """A type without lists and exclamation marks."""
    return type_.strip("[]!")
