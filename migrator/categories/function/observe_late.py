"""Variables whose value reaches a function through Parameter Store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from migrator.engine.observed import Declared, Generation

LIST = "AMPLIFY_SSM_ENV_CONFIG"
"""The variable in which Amplify lists the others and their paths."""
LATE = "<value will be resolved during runtime>"
NOWHERE = "<a value that no parameter gives>"
"""What such a variable holds when the list does not name it."""
PARAMETER = "AWS::SSM::Parameter"


def late_values(variables: Mapping[str, Any], generation: Generation) -> tuple[dict[str, Any], tuple[Declared, ...]]:
    """Variables with the values of the backend's own parameters in their place, and these parameters.

    Normalisation `late-values`: a variable that Amplify fills in from a parameter of the same backend has that value.
    What comes from elsewhere (a secret) stays as it is.
    """
    said = dict(variables)
    known = {str(one.properties.get("Name")): one for one in generation.of(PARAMETER)}
    used: list[Declared] = []
    paths = _paths(said.get(LIST))
    for name, value in variables.items():
        if value == LATE and name not in paths:
            said[name] = NOWHERE
    for name, path in paths.items():
        parameter = known.get(path)
        if parameter is not None and said.get(name) == LATE:
            said[name] = parameter.properties.get("Value")
            used.append(parameter)
    return said, tuple(used)


def _paths(listed: object) -> dict[str, str]:
    try:
        found = json.loads(listed) if isinstance(listed, str) else None
    except ValueError:
        return {}  # not Amplify's list; it is compared as it stands
    entries = found.items() if isinstance(found, dict) else ()
    return {name: str(entry.get("path")) for name, entry in entries if isinstance(entry, dict)}
