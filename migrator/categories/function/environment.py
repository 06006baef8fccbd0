"""The environment variables of a function."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.function.model import ValueKind, Variable
from migrator.categories.function.placeholders import known_to, unlinked
from migrator.core.ref import ResourceRef
from migrator.core.secrets import looks_secret
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import TemplateResource

_SECRET_PATH = re.compile(r"/amplify/[^/]+/[^/]+/AMPLIFY_\w+")


def variables(entry: Entry, function: TemplateResource, *, loader: bool) -> Iterator[Fact[Variable]]:
    """One fact for each variable. `loader`: the generated entry takes the place of MODULES."""
    settings = entry.cursor("function-parameters.json")
    named = {
        element.get("environmentVariableName").text().value: element
        for element in settings.get("environmentVariableList").elements()
    }
    known = known_to(entry.app.entries)
    declared = function.properties.get("Environment", "Variables")
    for name, cursor in declared.items():
        said = cursor.text()
        text = unlinked(said.value, known)
        kind = _kind(name, text, loader)
        also = [named[name].whole()] if name in named else []
        also.append(settings.get(name).whole())  # a choice for a trigger template has the name of its variable
        varying = _by_environment(entry, name, text) if kind is ValueKind.TEXT else {}
        if any(looks_secret(name, value) for value in varying.values()):
            kind, varying = ValueKind.SECRET, {}
        value = "" if kind in (ValueKind.SECRET, ValueKind.SECRET_PATH) else text
        values: dict[str, Traced[Any]] = {
            "kind": said.map(lambda _, kind=kind: kind).also(*also),  # type: ignore[misc]
            "value": said.map(lambda _, value=value: value),  # type: ignore[misc]
            "by_environment": Traced(varying),
        }
        yield fact(Variable, entry.ref, name, values)


def _kind(name: str, text: str, loader: bool) -> ValueKind:
    if name == "MODULES" and loader:
        return ValueKind.MODULES
    if text == "${env}":
        return ValueKind.ENVIRONMENT
    if text == "${AWS::Region}":
        return ValueKind.REGION
    if _SECRET_PATH.match(text):
        return ValueKind.SECRET_PATH
    if looks_secret(name, text):
        return ValueKind.SECRET
    return ValueKind.COMPUTED if "${" in text else ValueKind.TEXT


def _by_environment(entry: Entry, variable: str, value: str) -> Mapping[str, str]:
    """The values in the environments of a variable that is one parameter, when they are not all the same."""
    parameter = _parameter(entry, variable)
    file = entry.app.files.team_file
    if not parameter or file is None:
        return {}
    team = Cursor(file, entry.findings)
    found = {env: _in_environment(team, env, entry.ref, parameter) for env in entry.app.environments}
    said = {env: value for env, value in found.items() if value is not None}
    return said if len({*said.values(), value}) > 1 else {}


def _in_environment(team: Cursor, env: str, ref: ResourceRef, parameter: str) -> str | None:
    cursor = team.get(env, "categories", ref.category, ref.name, parameter)
    return cursor.text().value if cursor.present else None


def _parameter(entry: Entry, variable: str) -> str:
    """The parameter that a variable is nothing but, as the template writes it."""
    document = entry.documents.get("template")
    root = document.root if document else None
    resources = root.get("Resources") if isinstance(root, dict) else None
    for body in resources.values() if isinstance(resources, dict) else ():
        if isinstance(body, dict) and body.get("Type") == "AWS::Lambda::Function":
            value: Any = body
            for key in ("Properties", "Environment", "Variables", variable, "Ref"):
                value = value.get(key) if isinstance(value, dict) else None
            if isinstance(value, str):
                return value
    return ""
