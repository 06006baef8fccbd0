"""`@model`, `@searchable` and `@versioned`: which operations there are, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.data.edits import Edit
from migrator.categories.data.flags import OPERATIONS
from migrator.categories.data.legacy.kinds import ChangeKind
from migrator.categories.data.legacy.model import Change, Deployed
from migrator.categories.data.legacy.text import appended, call, is_name, put, removal, retyped
from migrator.categories.data.plurals import plural
from migrator.categories.data.sdl import Definition


def operation_edits(model: Definition, text: str, deployed: Deployed) -> Iterator[Edit]:
    """Directives with what transformer 2 takes otherwise said explicitly."""
    for name, wanted in (("model", _model(model, deployed)), ("searchable", _searchable(model, deployed))):
        directive = model.directive(name)
        if directive and wanted != dict(directive.arguments):
            yield put(text, directive.start, directive.end, call(name, **wanted))
    if versioned := model.directive("versioned"):
        yield removal(text, versioned)
        name = str(versioned.arguments.get("versionField") or "version")
        field = model.field(name)
        if field and field.required:
            yield retyped(text, field, field.type.rstrip("!"))
        elif field is None and is_name(name):
            yield appended(text, model, (f"{name}: Int",))


def operation_changes(model: Definition, deployed: Deployed) -> Iterator[Change]:
    """Names that are kept, and what is gone."""
    directive = model.directive("model")
    if directive and _plural_differs(model, deployed) and "queries" not in directive.arguments:
        yield Change(model.name, ChangeKind.LIST_NAME, _named("list", model, "s"))
    if model.name[:1].islower():
        yield Change(model.name, ChangeKind.LOWER_CASE, f"Model{model.name[:1].upper()}{model.name[1:]}FilterInput")
    if model.directive("searchable"):
        yield Change(model.name, ChangeKind.SEARCH)
    if versioned := model.directive("versioned"):
        field = versioned.arguments.get("versionField") or "version"
        expected = versioned.arguments.get("versionInput") or "expectedVersion"
        yield Change(model.name, ChangeKind.VERSIONED, f"{field}, {expected}")


def _plural_differs(model: Definition, deployed: Deployed) -> bool:
    name = _named("", model)
    return not deployed.pluralized and plural(name) != f"{name}s"


def _named(operation: str, model: Definition, plural: str = "") -> str:
    return f"{operation}{model.name[:1].upper()}{model.name[1:]}{plural}"


def _model(model: Definition, deployed: Deployed) -> Mapping[str, Any]:
    directive = model.directive("model")
    wanted: dict[str, Any] = dict(directive.arguments) if directive else {}
    for argument, names in OPERATIONS.items():
        said = wanted.get(argument)
        if isinstance(said, dict):
            wanted[argument] = _explicit(said, names)
    if wanted.get("subscriptions") == {"level": "on"}:
        del wanted["subscriptions"]
    if "queries" not in wanted and _plural_differs(model, deployed):
        wanted["queries"] = {"get": _named("get", model), "list": _named("list", model, "s")}
    return wanted


def _explicit(said: Mapping[str, Any], names: tuple[str, ...]) -> Mapping[str, Any]:
    """Naming one operation leaves the others out; of subscriptions only where one of them is named."""
    if names == OPERATIONS["subscriptions"] and not any(said.get(name) for name in names):
        return {"level": said["level"]} if said.get("level") else {"level": "on"}
    return {**said, **{name: said.get(name) or None for name in names}}


def _searchable(model: Definition, deployed: Deployed) -> Mapping[str, Any]:
    directive = model.directive("searchable")
    wanted: dict[str, Any] = dict(directive.arguments) if directive else {}
    if "queries" not in wanted and _plural_differs(model, deployed):
        wanted["queries"] = {"search": _named("search", model, "s")}
    return wanted
