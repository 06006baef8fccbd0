"""What functions may read of their own variables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.function.observe_late import LIST
from migrator.engine.observed import Declared, Generation, Side

OWN = "${own variables}"
_FUNCTION = "AWS::Lambda::Function"
_POLICY = "AWS::IAM::Policy"
_PARAMETER = "arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter"
_PATH = re.compile(r"/amplify/[\w-]+/[\w-]+/\w+")
"""The path of a secret of a backend."""
_SECRETS = re.compile(r"arn:aws:ssm:[^/]*:parameter/amplify/[^/]+/[^/]+/AMPLIFY_(?P<function>.+)_\*")


def spelt(generation: Generation) -> Mapping[str, Mapping[str, str]]:
    """Parameters that hold a function's own variables, for its role (normalisation `own-variables`).

    Gen 1 grants the pattern below which the CLI keeps a function's secrets; Gen 2 the parameters that Amplify fills
    its variables from when it starts.
    """
    found: dict[str, Mapping[str, str]] = {"": _roles(generation)}
    for function in generation.of(_FUNCTION):
        if function.name.startswith("function "):
            places = _listed(function) if generation.side is Side.GEN2 else _granted(function, generation)
            found[f"role of {function.name}"] = dict.fromkeys(places, OWN)
    return found


def _roles(generation: Generation) -> Mapping[str, str]:
    """Parameters by which templates of auth name the roles of triggers, and which the CLI fills in on its own."""
    functions = (one.name.removeprefix("function ") for one in generation.of(_FUNCTION) if one.owner)
    return {f"function{name}LambdaExecutionRole": f"role of function {name}" for name in functions}


def _listed(function: Declared) -> Iterator[str]:
    """Where Amplify's list of late variables leads: the branch's own parameters, and those of all branches. And the
    parameters whose paths are in variables, as Gen 1 has it."""
    environment = function.properties.get("Environment")
    variables = environment.get("Variables") if isinstance(environment, Mapping) else None
    for entry in _entries(variables.get(LIST) if isinstance(variables, Mapping) else None):
        for key in ("path", "sharedPath"):
            if isinstance(path := entry.get(key), str):
                yield f"{_PARAMETER}{path}"
    for value in variables.values() if isinstance(variables, Mapping) else ():
        if isinstance(value, str) and _PATH.fullmatch(value):
            yield f"{_PARAMETER}{value}"


def _entries(said: object) -> Iterator[Mapping[str, Any]]:
    try:
        listed = json.loads(said) if isinstance(said, str) else None
    except ValueError:
        return  # not Amplify's list
    yield from (entry for entry in (listed.values() if isinstance(listed, dict) else ()) if isinstance(entry, dict))


def _granted(function: Declared, generation: Generation) -> Iterator[str]:
    name = function.name.removeprefix("function ")
    for policy in generation.of(_POLICY):
        if policy.stack == function.stack:
            for resource in _resources(policy.properties.get("PolicyDocument")):
                found = _SECRETS.fullmatch(resource)
                if found and found["function"] == name:
                    yield resource


def _resources(document: object) -> Iterator[str]:
    statements = document.get("Statement") if isinstance(document, Mapping) else None
    for statement in statements if isinstance(statements, list) else ():
        said = statement.get("Resource") if isinstance(statement, Mapping) else None
        yield from (one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str))
