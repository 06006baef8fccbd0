"""`@key` as `@primaryKey` and `@index`."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.data.edits import Edit
from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.legacy.model import Change
from migrator.categories.data.legacy.text import call, put, removal
from migrator.categories.data.sdl import Definition, Directive


def key_fields(key: Directive) -> tuple[str, ...]:
    """The fields of a key, the partition key first."""
    said = key.arguments.get("fields")
    return tuple(map(str, said if isinstance(said, list) else [said] if said else ()))


def keys(model: Definition) -> tuple[Directive, ...]:
    """Every `@key` of a model."""
    return tuple(d for d in model.directives if d.name == "key" and key_fields(d))


def primary(model: Definition) -> tuple[str, ...]:
    """The fields of the primary key."""
    return next((key_fields(key) for key in keys(model) if not key.arguments.get("name")), ("id",))


def index(model: Definition, name: str) -> tuple[str, ...]:
    """The fields of a secondary key; none where it is not there."""
    return next((key_fields(key) for key in keys(model) if key.arguments.get("name") == name), ())


def key_edits(model: Definition, text: str) -> Iterator[Edit]:
    """The directives of the type become directives of the fields that are partition keys."""
    for key in keys(model):
        partition, *sort = key_fields(key)
        field = model.field(partition)
        if field is None:
            continue
        yield removal(text, key)
        yield put(text, field.end, field.end, f" {_directive(key, sort)}")


def _directive(key: Directive, sort: list[str]) -> str:
    sorted_by = sort or ...
    name = key.arguments.get("name")
    if not name:
        return call("primaryKey", sortKeyFields=sorted_by)
    query = key.arguments.get("queryField") or None
    return call("index", name=name, sortKeyFields=sorted_by, queryField=query)


def key_changes(model: Definition) -> Iterator[Change]:
    """Queries by index, which take the partition key only as a required argument."""
    for key in keys(model):
        query, partition = key.arguments.get("queryField"), key_fields(key)[0]
        if key.arguments.get("name") and query:
            yield Change(model.name, ChangeKind.INDEX_QUERY, f"{query}({partition}:)")
