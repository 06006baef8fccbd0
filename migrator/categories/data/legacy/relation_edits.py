"""Relations as edits: the directive, the foreign keys that were implicit, their indexes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.categories.data.edits import Edit
from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.legacy.model import Change
from migrator.categories.data.legacy.relations import ForeignKey, Relation, by_its_name
from migrator.categories.data.legacy.rules import Rule, lacks
from migrator.categories.data.legacy.text import appended, call, prepended, put, removal, retyped
from migrator.categories.data.sdl import Definition, Field


def relation_edits(model: Definition, text: str, found: tuple[Relation, ...]) -> Iterator[Edit]:
    """What changes in one model: its own relations, and the foreign keys that relations of others put there."""
    for relation in found:
        connection = relation.field.directive("connection")
        if relation.model is model and connection and relation.directive:
            yield put(text, connection.start, connection.end, relation.directive)
        elif relation.model is model and connection and relation.field_stays:
            yield removal(text, connection)
        elif relation.model is model:
            yield _taken_out(model, text, relation.field)
    own = [relation for relation in found if relation.model is model]
    emptied = len([relation for relation in own if not relation.directive and not relation.field_stays]) == len(
        model.fields
    )
    if not model.field("id") and (emptied or any("id" in relation.fields for relation in own)):
        yield prepended(text, model, "id: ID!")
    for name, keys in _keys(model, found).items():
        field = model.field(name)
        if field and field.base != keys[0].type.rstrip("!"):
            yield retyped(text, field, keys[0].type.rstrip("!") + ("!" if field.required else ""))
        if field and (indexes := _indexes(keys)):
            yield put(text, field.end, field.end, f" {indexes}")
    lines = tuple(_line(name, keys) for name, keys in _keys(model, found).items() if model.field(name) is None)
    if lines:
        yield appended(text, model, lines)


def relation_changes(
    model: Definition, found: tuple[Relation, ...], rules: Mapping[str, tuple[Rule, ...]]
) -> Iterator[Change]:
    """What is not the same for the relations of one model; `rules` are those of all models for transformer 2."""
    for relation in found:
        if relation.model is not model:
            continue
        place, key = f"{model.name}.{relation.field.name}", relation.key
        if relation.reason:
            yield Change(place, ChangeKind.LOST_RELATION, relation.reason)
        elif key and key.own:
            yield Change(place, ChangeKind.FOREIGN_KEY, f"{key.model}.{key.name}")
            if by_its_name(relation) and any(
                lacks(rule, rules[key.model], "delete", "update") for rule in rules[key.model]
            ):
                yield Change(place, ChangeKind.FOREIGN_KEY_RIGHTS, f"{key.model}.{key.name}")
            if not key.type.startswith("ID"):
                yield Change(place, ChangeKind.FOREIGN_KEY_TYPE, f"{key.model}.{key.name}: {key.type.rstrip('!')}")
        elif key and key.declared != key.type.rstrip("!"):
            yield Change(place, ChangeKind.FOREIGN_KEY_TYPE, f"{key.model}.{key.name}: {key.type.rstrip('!')}")


def _keys(model: Definition, found: tuple[Relation, ...]) -> Mapping[str, list[ForeignKey]]:
    keys: dict[str, list[ForeignKey]] = {}
    for relation in found:
        if relation.key and relation.key.model == model.name:
            keys.setdefault(relation.key.name, []).append(relation.key)
    return keys


def _line(name: str, keys: list[ForeignKey]) -> str:
    type_ = next((key.type for key in keys if key.type.endswith("!")), keys[0].type)
    return " ".join((f"{name}: {type_}", *filter(None, (_indexes(keys),))))


def _indexes(keys: list[ForeignKey]) -> str:
    said = {key.index: key for key in keys if key.index}
    return " ".join(
        call("index", name=name, sortKeyFields=[key.sort] if key.sort else ..., queryField=None)
        for name, key in said.items()
    )


def _taken_out(model: Definition, text: str, field: Field) -> Edit:
    """A field with its description: everything since the field before it."""
    before = [one.end for one in model.fields if one.end < field.start]
    start = max(before) if before else text.index("{", model.head) + 1
    return Edit(start, field.end, " " if before else "")
