"""What `a.schema` has no words for: taken out of the definitions, and given back by patches of the SDL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from migrator.categories.data.sdl import Definition, Directive, parse
from migrator.categories.data.sdl_text import printed_directive
from migrator.categories.data.typed import emitted
from migrator.categories.data.typed.identifiers import wants_id
from migrator.categories.data.typed.model import Patch, PatchKind
from migrator.categories.data.typed.model_directives import APPENDED, appended, stripped_model
from migrator.categories.data.typed.operations import is_custom, is_root, stripped_operations
from migrator.categories.data.typed.rules import NATIVE


def stripped(
    definitions: tuple[Definition, ...], patches: Iterable[Patch] = ()
) -> tuple[tuple[Definition, ...], tuple[Patch, ...]]:
    """The definitions as `a.schema` can say them, and the patches that make Gen 1's SDL of what it emits.

    `patches` are those of relations: over `fields: ["id"]` they want an `id` that is declared.
    """
    related = wants_id(patches)
    nobody = _nobody(definitions)
    enums = frozenset(definition.name for definition in definitions if definition.kind == "enum")
    plain: list[Definition] = []
    found: list[Patch] = []
    for definition in definitions:
        left: Definition = definition
        more: tuple[Patch, ...] = ()
        if definition.is_model:
            left, more = stripped_model(definition, nobody, enums, definition.name in related)
        elif is_root(definition):
            left, more = stripped_operations(definition, definitions)
        elif is_custom(definition):
            left, more = _custom(definition)
        plain.append(left)
        found += more
    return tuple(plain), (*found, *_access(definitions, plain))


def _nobody(definitions: Iterable[Definition]) -> str:
    """The name of a group that no rule names."""
    listed = [d for definition in definitions for d in definition.directives]
    listed += [d for definition in definitions for field in definition.fields for d in field.directives]
    said = " ".join(str(directive.arguments) for directive in listed)
    name = "nobody"
    while name in said:
        name += "_"
    return name


def _custom(definition: Definition) -> tuple[Definition, tuple[Patch, ...]]:
    patches: list[Patch] = []
    for field in definition.fields:
        place = f"{definition.name}.{field.name}"
        patches += appended(place, field.directives)
        rules = " ".join(printed_directive(d) for d in field.directives if d.name == "auth")
        patches += [Patch(PatchKind.TYPE_ACCESS, place, wanted=rules)] if rules else []
    fields = tuple(
        replace(f, directives=tuple(d for d in f.directives if d.name != "auth" and d.name not in APPENDED))
        for f in definition.fields
    )
    return replace(definition, directives=(), fields=fields), tuple(patches)


def _access(definitions: Iterable[Definition], plain: Iterable[Definition]) -> Iterator[Patch]:
    """Gen 1's access to types without tables, where `a.schema` makes something else of their operations' rules."""
    given = emitted.inherited(plain)
    for definition in definitions:
        if is_custom(definition):
            wanted = tuple(d for d in definition.directives if d.name in NATIVE)
            found = given.get(definition.name, "")
            if _callers(wanted) != _callers(_directives(found)):
                yield Patch(PatchKind.TYPE_ACCESS, definition.name, found, " ".join(map(printed_directive, wanted)))


def _directives(text: str) -> tuple[Directive, ...]:
    return parse(f"type T {text} {{ a: ID }}")[0].directives


def _callers(directives: Iterable[Directive]) -> set[tuple[str, frozenset[str]]]:
    found = set()
    for directive in directives:
        groups = directive.arguments.get("cognito_groups")
        found.add((directive.name, frozenset(map(str, groups if isinstance(groups, list) else (groups,)))))
    return found
