"""Models as `a.schema` can say them, and the patches for the directives that it has no words for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from migrator.categories.data.sdl import Definition, Directive, Field
from migrator.categories.data.sdl_text import printed_directive
from migrator.categories.data.typed import emitted
from migrator.categories.data.typed.identifiers import declared_id, key_field, without_usual_id
from migrator.categories.data.typed.model import Patch, PatchKind
from migrator.categories.data.typed.operations import usual_name
from migrator.categories.data.typed.rules import NATIVE, Rule, sayable_rules, unsaid_rules
from migrator.documents.document import Json

APPENDED: Mapping[str, PatchKind] = {
    "searchable": PatchKind.SEARCHABLE,
    "mapsTo": PatchKind.NAME,
    "deprecated": PatchKind.DEPRECATED,
    "function": PatchKind.FUNCTION,
    "http": PatchKind.FUNCTION,
    **dict.fromkeys(NATIVE, PatchKind.TYPE_ACCESS),
}
"""Directives that are added to what `a.schema` makes of a type's head or of a field."""


def appended(place: str, directives: Iterable[Directive]) -> Iterator[Patch]:
    """Patches for those."""
    for directive in directives:
        if kind := APPENDED.get(directive.name):
            yield Patch(kind, place, wanted=printed_directive(directive))


def stripped_model(
    model: Definition, nobody: str, enums: frozenset[str], keeps_id: bool
) -> tuple[Definition, tuple[Patch, ...]]:
    """A model in the form of `a.schema`, and what it gets back.

    `nobody` is a group without members, for models that no rule opens.
    """
    rules = sayable_rules(model, model) or (Rule("groups", groups=(nobody,)),)
    disabled = emitted.disabled(model)
    shown, identifier = declared_id(model if keeps_id else without_usual_id(model))
    fields = [_field(field, model, enums) for field in shown.fields]
    head = (Directive("model", _off(disabled), 0, 0), emitted.said(rules))
    patches = (*_head(model, disabled, rules), *identifier, *(patch for _, found in fields for patch in found))
    return replace(shown, directives=head, fields=tuple(field for field, _ in fields)), patches


def _head(model: Definition, disabled: tuple[str, ...], rules: tuple[Rule, ...]) -> Iterator[Patch]:
    said = model.directive("model")
    if said and _telling(model, said) != _off(disabled):
        yield Patch(
            PatchKind.MODEL,
            model.name,
            f"{model.name} {emitted.model(disabled)}",
            f"{model.name} {printed_directive(said)}",
        )
    if not model.directive("auth"):
        yield Patch(PatchKind.CLOSED, model.name, emitted.auth(rules))
    elif unsaid_rules(model, model):
        yield Patch(PatchKind.RULE, model.name, emitted.auth(rules), _auth(model))
    yield from appended(model.name, model.directives)


def _auth(holder: Definition | Field) -> str:
    return " ".join(printed_directive(d) for d in holder.directives if d.name == "auth")


def _off(disabled: Iterable[str]) -> Mapping[str, Json]:
    """`@model`'s arguments for operations that are switched off."""
    found: dict[str, Json] = {}
    for name in disabled:
        group = emitted.GROUPS.get(name)
        if group is None:
            found[name] = None
        elif isinstance(named := found.setdefault(group, {}), dict):
            named[name] = None
    return found


def _telling(model: Definition, said: Directive) -> Mapping[str, Json]:
    """`@model`'s arguments without names that Gen 1 gives anyway, and levels that hold anyway."""
    found: dict[str, Json] = {}
    for name, value in said.arguments.items():
        if not isinstance(value, dict):
            found[name] = value
        elif name == "subscriptions" and value == {"level": "off"}:
            found[name] = None
        elif left := {key: one for key, one in value.items() if not _is_usual(model.name, key, one)}:
            found[name] = left
    return found


def _is_usual(model: str, operation: str, said: Json) -> bool:
    if operation == "level":
        return said == "on"
    usual = usual_name(model, operation)
    return operation in emitted.GROUPS and said in (usual, [usual])


def _field(field: Field, model: Definition, enums: frozenset[str]) -> tuple[Field, tuple[Patch, ...]]:
    place = f"{model.name}.{field.name}"
    patches = list(appended(place, field.directives))
    rules = sayable_rules(field, model)
    if unsaid_rules(field, model):
        patches.append(Patch(PatchKind.RULE, place, emitted.auth(rules) if rules else "", _auth(field)))
    kept: list[Directive] = []
    for directive in field.directives:
        if directive.name == "default" and (field.base in enums or field.name == key_field(model)):
            patches.append(Patch(PatchKind.DEFAULT, place, wanted=printed_directive(directive)))
        elif directive.name != "auth" and directive.name not in APPENDED:
            kept.append(directive)
    if rules:
        kept.append(emitted.said(rules))
    return replace(field, directives=tuple(kept)), tuple(patches)
