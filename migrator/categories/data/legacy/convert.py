"""A whole schema: the edits of its files, and everything that is not the same afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from migrator.categories.data.edits import Edit, apply
from migrator.categories.data.legacy.access import access
from migrator.categories.data.legacy.auth_edits import rules_edits
from migrator.categories.data.legacy.fields import field_access, loose_rules
from migrator.categories.data.legacy.keys import key_changes, key_edits
from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.legacy.model import Change, Conversion, Deployed
from migrator.categories.data.legacy.operations import operation_changes, operation_edits
from migrator.categories.data.legacy.relation_edits import relation_changes, relation_edits
from migrator.categories.data.legacy.relations import Relation, relations
from migrator.categories.data.legacy.rules import Rule
from migrator.categories.data.legacy.text import retyped
from migrator.categories.data.model import SchemaFile
from migrator.categories.data.sdl import Definition, parse


def converted(files: Iterable[SchemaFile], deployed: Deployed) -> Conversion:
    """The schema for transformer 2. Raises SdlError for a file that does not parse."""
    listed = tuple(files)
    parsed = [(file, parse(file.text)) for file in listed]
    models = {d.name: d for _, definitions in reversed(parsed) for d in definitions if d.is_model}
    found = tuple(relations(models))
    rules = {name: access(model, deployed).rules for name, model in models.items()}
    texts: list[SchemaFile] = []
    changes: list[Change] = []
    for file, definitions in parsed:
        edits: list[Edit] = []
        for definition in definitions:
            edits += _edits(definition, file.text, found, deployed)
            changes += _changes(definition, found, deployed, rules)
        texts.append(SchemaFile(file.path, apply(file.text, edits)))
    if models:
        changes.append(Change(next(iter(models)), ChangeKind.GENERATED))
    return Conversion(tuple(texts), tuple(dict.fromkeys(changes)))


def _edits(one: Definition, text: str, found: tuple[Relation, ...], deployed: Deployed) -> Iterator[Edit]:
    if one.kind != "type":
        return
    if one.is_model:
        yield from key_edits(one, text)
        yield from _access_edits(one, text, deployed)
        yield from relation_edits(one, text, found)
        yield from operation_edits(one, text, deployed)
        return
    for field in one.fields:
        if field.directive("auth"):
            yield from rules_edits(text, field, loose_rules(f"{one.name}.{field.name}", field)[0])


def _access_edits(model: Definition, text: str, deployed: Deployed) -> Iterator[Edit]:
    rules = access(model, deployed).rules
    yield from rules_edits(text, model, rules)
    for field in model.fields:
        if field.directive("auth"):
            given = field_access("", field, rules, deployed)
            yield from rules_edits(text, field, given.rules)
            if given.hidden and field.required:
                yield retyped(text, field, field.type.rstrip("!"))


def _changes(
    one: Definition, found: tuple[Relation, ...], deployed: Deployed, rules: Mapping[str, tuple[Rule, ...]]
) -> Iterator[Change]:
    if one.kind != "type":
        return
    if one.is_model:
        given = access(one, deployed)
        yield from given.changes
        for field in one.fields:
            if field.directive("auth"):
                yield from field_access(f"{one.name}.{field.name}", field, given.rules, deployed).changes
        yield from key_changes(one)
        yield from relation_changes(one, found, rules)
        yield from operation_changes(one, deployed)
        return
    for field in one.fields:
        if field.directive("auth"):
            yield from loose_rules(f"{one.name}.{field.name}", field)[1]
