"""Queries, mutations and subscriptions as `a.schema` can say them, and the patches for their other directives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from migrator.categories.data.plurals import plural
from migrator.categories.data.sdl import ROOTS, Definition, Directive, Field
from migrator.categories.data.sdl_text import printed_directive
from migrator.categories.data.typed import emitted
from migrator.categories.data.typed.keys import strings, upper
from migrator.categories.data.typed.model import Patch, PatchKind
from migrator.categories.data.typed.rules import NATIVE, operation_rules
from migrator.documents.document import Json

CALLERS = frozenset({"auth", *NATIVE})
"""Directives that say who may call an operation."""
_START = "@function(name: "


def is_root(definition: Definition) -> bool:
    """Whether it holds operations."""
    return definition.kind == "type" and definition.name in ROOTS


def is_custom(definition: Definition) -> bool:
    """Whether it is a type without a table."""
    return definition.kind == "type" and not definition.is_model and definition.name not in ROOTS


def usual_name(model: str, operation: str) -> str:
    """The name that Gen 1 gives one of a model's operations (`list` to `listPosts`)."""
    name = upper(model)
    return f"{operation}{plural(name) if operation == 'list' else name}"


def model_mutations(definitions: Iterable[Definition]) -> Mapping[str, tuple[str, str]]:
    """By name, the mutations of models: the model, and `create`, `update` or `delete`; not those written out."""
    listed = tuple(definitions)
    own = {field.name for root in listed if root.name == "Mutation" for field in root.fields}
    found: dict[str, tuple[str, str]] = {}
    for model in listed:
        directive = model.directive("model") if model.is_model else None
        said: Json = directive.arguments.get("mutations", {}) if directive else None
        if not isinstance(said, dict):
            continue
        for operation in ("create", "update", "delete"):
            name = said.get(operation, usual_name(model.name, operation))
            if isinstance(name, str) and name not in own:
                found.setdefault(name, (model.name, operation))
    return found


def sources(subscription: Field) -> tuple[str, ...]:
    """The mutations that a subscription listens to."""
    directive = subscription.directive("aws_subscribe")
    return strings(directive, "mutations") if directive else ()


def stripped_operations(root: Definition, definitions: tuple[Definition, ...]) -> tuple[Definition, tuple[Patch, ...]]:
    """A root type in the form of `a.schema`, and what its operations and itself get back."""
    mutations = model_mutations(definitions)
    types = {definition.name for definition in definitions if is_custom(definition)}
    fields: list[Field] = []
    patches: list[Patch] = []
    if said := " ".join(map(printed_directive, root.directives)):
        patches.append(Patch(PatchKind.TYPE_ACCESS, root.name, wanted=said))
    for field in root.fields:
        kept, found = _operation(field, mutations, field.base in types)
        fields.append(replace(field, directives=tuple(kept)))
        place = f"{root.name}.{field.name}"
        patches += (Patch(kind, place, before, after) for kind, before, after in found)
    return replace(root, directives=(), fields=tuple(fields)), tuple(patches)


def _operation(
    field: Field, mutations: Mapping[str, tuple[str, str]], returns_type: bool
) -> tuple[list[Directive], list[tuple[PatchKind, str, str]]]:
    kept: list[Directive] = []
    found: list[tuple[PatchKind, str, str]] = []
    handled = field.directive("function") is not None
    for directive in field.directives:
        match directive.name:
            case "function":
                kept.append(replace(directive, arguments={"name": directive.arguments.get("name")}))
                found += _function(directive)
            case "aws_subscribe":
                names = tuple(_usual(name, mutations) for name in sources(field))
                kept.append(replace(directive, arguments={"mutations": list(names)}))
                if names != sources(field):
                    found.append((PatchKind.OPERATION, emitted.subscribed(names), printed_directive(directive)))
            case "deprecated":
                found.append((PatchKind.DEPRECATED, "", printed_directive(directive)))
            case name if not handled or name not in CALLERS:
                found.append((PatchKind.OPERATION, "", printed_directive(directive)))
    if handled:
        rules, exact = operation_rules(field, returns_type)
        kept.append(emitted.said(rules))
        if not exact:
            wanted = " ".join(printed_directive(d) for d in field.directives if d.name in CALLERS)
            found.append((PatchKind.OPERATION, emitted.auth(rules), wanted))
    return kept, found


def _function(directive: Directive) -> Iterator[tuple[PatchKind, str, str]]:
    """Arguments besides the name, put before it: what the name is depends on how the function is referred to."""
    more = {name: value for name, value in directive.arguments.items() if name != "name"}
    if more:
        said = printed_directive(Directive("function", more, 0, 0)).removesuffix(")")
        yield PatchKind.OPERATION, _START, f"{said}, {_START.removeprefix('@function(')}"


def _usual(name: str, mutations: Mapping[str, tuple[str, str]]) -> str:
    model, operation = mutations.get(name, ("", ""))
    return usual_name(model, operation) if model else name
