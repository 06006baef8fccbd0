"""Checks JSON against a schema: with jsonschema where it is installed, else the words that our schemas use."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

_KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "null": type(None),
}


def problems(value: Any, schema: dict[str, Any]) -> list[str]:
    """What does not fit, with its place; empty when everything does."""
    if find_spec("jsonschema"):
        import jsonschema  # type: ignore[import-untyped]

        found = jsonschema.Draft202012Validator(schema).iter_errors(value)
        return [f"{error.json_path}: {error.message}" for error in found]
    return list(own_problems(value, schema, schema, "$"))


def own_problems(value: Any, schema: dict[str, Any], whole: dict[str, Any], place: str) -> Iterator[str]:
    """The same for `type`, `const`, `enum`, `minimum`, `minLength`, `required`, `properties`, `items` and `$ref`."""
    if "$ref" in schema:
        yield from own_problems(value, whole["$defs"][schema["$ref"].rpartition("/")[2]], whole, place)
    kinds = schema.get("type", list(_KINDS))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if not any(isinstance(value, _KINDS[kind]) for kind in kinds):
        yield f"{place}: is no {' or '.join(kinds)}"
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{place}: {value!r} is not allowed"
    if isinstance(value, int) and value < schema.get("minimum", value):
        yield f"{place}: is too small"
    if isinstance(value, str) and len(value) < schema.get("minLength", 0):
        yield f"{place}: is too short"
    if isinstance(value, dict):
        yield from (f"{place}: {name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, below in schema.get("properties", {}).items():
            if name in value:
                yield from own_problems(value[name], below, whole, f"{place}.{name}")
    for index, item in enumerate(value if isinstance(value, list) else ()):
        yield from own_problems(item, schema.get("items", {}), whole, f"{place}[{index}]")
