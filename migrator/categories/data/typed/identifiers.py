"""`id`, which `a.schema` writes `@primaryKey` on wherever it is declared, while for Gen 1 that is something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from migrator.categories.data.flags import rules
from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.categories.data.typed.model import Patch, PatchKind
from migrator.documents.document import Json

_NAMES = ("fields", "nonKeyAttributes", "references", "sortKeyFields")
"""Arguments that name fields."""


def key_field(model: Definition) -> str:
    """The partition key."""
    return next((field.name for field in model.fields if field.directive("primaryKey")), "id")


def wants_id(patches: Iterable[Patch]) -> frozenset[str]:
    """Models whose relations name `id` once they are patched, so that it has to be declared."""
    return frozenset(p.place.partition(".")[0] for p in patches if 'fields: ["id"' in p.wanted or ', "id"' in p.wanted)


def without_usual_id(model: Definition) -> Definition:
    """The model without `id: ID!`, which it has anyway, unless something refers to it or nothing else is left."""
    field = model.field("id")
    usual = field is not None and field.type == "ID!" and not field.directives
    usual = usual and not model.name[0].islower()  # filters of lists of such models know the declared fields only
    if not usual or len(model.fields) == 1 or key_field(model) != "id" or _counts_fields(model) or _names_id(model):
        return model
    return replace(model, fields=tuple(f for f in model.fields if f.name != "id"))


def _counts_fields(model: Definition) -> bool:
    """Whether resolvers list the declared fields: who may set which, where fields have rules, and what is searched."""
    return model.directive("searchable") is not None or any(field.directive("auth") for field in model.fields)


def _names_id(model: Definition) -> bool:
    holders: tuple[Definition | Field, ...] = (model, *model.fields)
    owners = (rule.get(key) for holder in holders for rule in rules(holder) for key in ("ownerField", "groupsField"))
    return "id" in owners or any("id" in _named(d) for field in model.fields for d in field.directives)


def _named(directive: Directive) -> Iterator[Json]:
    projection = directive.arguments.get("projection")
    arguments = {**directive.arguments, **(projection if isinstance(projection, dict) else {})}
    for name in _NAMES:
        said = arguments.get(name)
        yield from said if isinstance(said, list) else (said,)


def declared_id(model: Definition) -> tuple[Definition, tuple[Patch, ...]]:
    """The model with a declared `id` in the form that `a.schema` knows, and the patch that gives it Gen 1's form."""
    field = model.field("id")
    if field is None or any(f.directive("primaryKey") for f in model.fields):
        return model, ()
    known = replace(field, type=f"{field.base}!")
    patch = Patch(PatchKind.IDENTIFIER, f"{model.name}.id", f"{known.type} @primaryKey", field.type)
    return replace(model, fields=tuple(known if f is field else f for f in model.fields)), (patch,)
