"""What an `override.ts` makes of the template that the CLI builds of `cli-inputs.json`; its code is read, never run.

https://docs.amplify.aws/gen1/react/build-a-backend/restapi/override-api-gateway/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from migrator.engine.override_effects import GONE, data, merged, place_of, put
from migrator.engine.override_source import METHODS, Statement, Steps, statements
from migrator.engine.override_spelling import cloudformation, spelt
from migrator.typescript.nodes import Expr, Lit

_ENV = {"Ref": "env"}
_OUTPUT = re.compile(r"Outputs\.(\w+)", re.ASCII)
_RESOURCE = {"type": "Type", "properties": "Properties"}
"""What `addCfnResource` takes, and how templates call it."""


def overridden(template: Mapping[str, Any], name: str, text: str, project: str) -> dict[str, Any]:
    """The template of an API with every statement carried out that is understood and holds for every environment."""
    return _Resources(template, name).after(text, project)


class _Resources:
    """`resources` of the API `name`, as the override sees them."""

    def __init__(self, template: Mapping[str, Any], name: str) -> None:
        self._template: dict[str, Any] = dict(template)
        self._name = name
        self._deployment = f"DeploymentAPIGW{name}"
        self._over: list[tuple[Steps, Any]] = []
        """What escape hatches say, which CDK puts over the finished properties."""
        self._given: dict[str, Any] = {}
        """Values of parameters that were added."""

    def after(self, text: str, project: str) -> dict[str, Any]:
        """The template after all statements."""
        for statement in statements(text, project, self._shown):
            if statement.steps and not statement.env:
                self._carry_out(statement)
        for place, value in self._over:
            self._template = merged(self._template, place, value)
        return self._filled(self._template)

    def _shown(self, steps: Steps) -> Any:
        if steps[:1] != ("restApi",) or len(steps) < 2:
            return None
        found: Any = self._template["Resources"][self._name]["Properties"]
        for step in (cloudformation(steps[1]), *steps[2:]):
            found = found.get(step) if isinstance(found, dict) else None
        return found

    def _carry_out(self, said: Statement) -> None:
        if said.steps[0].startswith("addCfn"):
            self._add(said)
            return
        logical_id, place = self._owner(said.steps)
        if logical_id not in self._template["Resources"] or not place:
            return
        if said.is_call:
            self._override(logical_id, place, said.values)
        elif place[0] == "body":
            self._assign(logical_id, ("Body", *place[1:]), data(said.values[0], _ENV))
        elif all(cloudformation(step) for step in place):
            spelling = tuple(cloudformation(step) for step in place)
            self._assign(logical_id, spelling, data(spelt(said.values[0]), _ENV))

    def _owner(self, steps: Steps) -> tuple[str, Steps]:
        """The resource that a statement is about, and the way on from there."""
        match steps:
            case ("restApi", *rest):
                return self._name, tuple(rest)
            case ("deploymentResource", *rest):
                return self._deployment, tuple(rest)
            case ("policies", path, "groups", group, *rest):
                return f"{group}Group{re.sub('[^-a-z0-9]', '', path)}Policy", tuple(rest)
        return "", ()

    def _assign(self, logical_id: str, place: Steps, value: Any) -> None:
        self._template = put(self._template, ("Resources", logical_id, "Properties", *place), value)

    def _override(self, logical_id: str, place: Steps, values: tuple[Expr, ...]) -> None:
        first = values[0] if values else None
        if place[-1] not in METHODS or len(place) != 1 or not isinstance(first, Lit):
            return
        inner = ("Properties",) if "Property" in place[0] else ()
        gone = place[0].endswith("DeletionOverride")
        value = GONE if gone or len(values) < 2 else data(values[1], _ENV)
        self._over.append((("Resources", logical_id, *inner, *place_of(str(first.value))), value))

    def _add(self, said: Statement) -> None:
        """A part more of the template."""
        body, id, *value = (data(one, _ENV) for one in said.values) if len(said.values) > 1 else ({}, None)
        if not isinstance(body, dict) or not isinstance(id, str):
            return
        match said.steps[0]:
            case "addCfnResource" if id not in self._template["Resources"]:
                made = {_RESOURCE[key]: one for key, one in body.items() if key in _RESOURCE}
                self._template = put(self._template, ("Resources", id), made)
            case "addCfnMapping":
                self._template = put(self._template, ("Mappings", id), body.get("mapping", {}))
            case "addCfnCondition":
                self._template = put(self._template, ("Conditions", id), body.get("expression", {}))
            case "addCfnParameter":
                self._given[id] = value[0] if value else body.get("default", "")

    def _filled(self, template: dict[str, Any]) -> dict[str, Any]:
        """The template with the values of parameters that were added in their places.

        The CLI hands them over from the root stack, where outputs of other resources are known; here a parameter that
        is called like the output stands for it.
        """
        for id, value in self._given.items():
            if output := _output(value):
                template = put(template, ("Parameters", output), {"Type": "String", "Default": output})
                self._given[id] = {"Ref": output}
        filled: dict[str, Any] = _replaced(template, self._given)
        return filled


def _output(value: Any) -> str:
    """The parameter by which stacks get an output of another resource (`authpeopleUserPoolId`)."""
    said = value.get("Fn::GetAtt") if isinstance(value, dict) else None
    if not isinstance(said, list) or len(said) != 2:
        return ""
    found = _OUTPUT.fullmatch(str(said[1]))
    return f"{said[0]}{found[1]}" if found else ""


def _replaced(value: Any, given: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_replaced(one, given) for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and isinstance(id := value.get("Ref"), str) and id in given:
        return given[id]
    if len(value) == 1 and isinstance(text := value.get("Fn::Sub"), str):
        return _substituted(text, given)
    return {key: _replaced(one, given) for key, one in value.items()}


def _substituted(text: str, given: Mapping[str, Any]) -> Any:
    named = {name: value for name, value in given.items() if f"${{{name}}}" in text}
    return {"Fn::Sub": [text, named]} if named else {"Fn::Sub": text}
