"""Which transformer a schema is for, and what the conversion changed, as facts that rules report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from migrator.categories.data.authorization import is_sandbox
from migrator.categories.data.flags import SECTION, flag
from migrator.categories.data.legacy.convert import converted
from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.legacy.model import Change, Conversion, Deployed
from migrator.categories.data.model import AuthMode, LegacyChange
from migrator.categories.data.schema import Schema
from migrator.core.ref import ResourceRef
from migrator.documents.traced import Traced, absent
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.project import App

_FLAGS = ("improvepluralization", "addmissingownerfields", "skipoverridemutationinputtypes")
"""Flags that only transformer 1 looks at."""


def transformer(entry: Entry, app: App, schema: Schema) -> Traced[int]:
    """1 or 2: what the schema is written in; where that fits both, what built the API; else the flag."""
    said = app.flags.transformer_version.also(*(app.flags.get(SECTION, name) for name in _FLAGS))
    if schema.legacy:
        return said.map(lambda _: 1)
    if schema.second or is_sandbox(schema.definitions):
        return said.map(lambda _: 2)
    built = _built(entry)
    return said.map(lambda version: built or version)


def _built(entry: Entry) -> int:
    """Which transformer wrote the template that was built; 0 for none."""
    template = entry.template()
    for resource in template.resources("AWS::AppSync::GraphQLSchema") if template else ():
        return 1 if resource.logical_id == "GraphQLSchema" else 2
    return 0


def conversion(app: App, schema: Schema, mode: AuthMode) -> Conversion:
    """The schema for transformer 2."""
    return converted(schema.files, Deployed(mode, flag(app, "improvepluralization", False).value))


def other_transformer(app: App, schema: Schema, found: int) -> Iterator[Change]:
    """That the flag does not name the transformer that the schema is for."""
    said = app.flags.transformer_version
    model = next((d.name for d in schema.definitions if d.is_model), "")
    if said.present and said.value != found and model:
        yield Change(model, ChangeKind.OTHER_TRANSFORMER, str(found))


def change_facts(resource: ResourceRef, schema: Schema, changes: Iterable[Change]) -> Iterator[Fact[Any]]:
    """One fact for each kind of change, with its places in the schema."""
    listed = tuple(changes)
    for kind in ChangeKind:
        found = [change for change in listed if change.kind is kind]
        if found:
            whole = kind is ChangeKind.OTHER_TRANSFORMER
            words = (one.text if whole else f"{one.place} ({one.text})" if one.text else one.place for one in found)
            values: dict[str, Traced[Any]] = {
                "kind": absent(kind),
                "places": schema.traced(one.place for one in found),
                "details": absent(tuple(words)),
            }
            yield fact(LegacyChange, resource, f"legacy {kind}", values)
