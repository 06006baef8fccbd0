"""Stand-ins for secrets on the local AWS: nobody's real secret is asked for, or stored there.

Which parameters a backend reads is in what was synthesized:
https://docs.amplify.aws/react/deploy-and-host/fullstack-branching/secrets-and-vars/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from migrator.aws.errors import asking
from migrator.aws.session import Session
from migrator.verify.assembly import Assembly

STAND_IN = "stand-in-value-of-the-local-aws"
_FETCHER = "Custom::AmplifySecretFetcherResource"
_PARAMETER = "AWS::SSM::Parameter"
_VARIABLE = "AMPLIFY_SSM_ENV_CONFIG"
_AT_ONCE = 10
"""Parameters that one question may name."""


def secret_parameters(assembly: Assembly) -> tuple[str, ...]:
    """The shared parameters (`/amplify/shared/<namespace>/<name>`) of the secrets that the backend reads, sorted.

    Parameters that the backend makes itself, such as late values of functions, are no secrets.
    """
    resources = [one for stack in assembly.stacks for one in stack.resources.values()]
    own = {_made(one) for one in resources}
    return tuple(sorted({name for one in resources for name in _of(one)} - own))


def _made(resource: Mapping[str, Any]) -> str:
    """The name of a parameter that the backend makes; empty for every other resource."""
    properties = resource.get("Properties")
    name = properties.get("Name") if resource.get("Type") == _PARAMETER and isinstance(properties, dict) else ""
    return name if isinstance(name, str) else ""


def _of(resource: Mapping[str, Any]) -> Iterator[str]:
    properties = resource.get("Properties")
    if not isinstance(properties, dict):
        return
    if resource.get("Type") == _FETCHER:
        for name in properties.get("secretNames", ()):
            yield f"/amplify/shared/{properties.get('namespace')}/{name}"
    environment = properties.get("Environment")
    variables = environment.get("Variables") if isinstance(environment, dict) else None
    told = variables.get(_VARIABLE) if isinstance(variables, dict) else None
    if isinstance(told, str):
        yield from _in_variable(told)


def _in_variable(text: str) -> Iterator[str]:
    try:
        entries = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return  # it holds a reference to another stack; secrets are written out
    for entry in entries.values() if isinstance(entries, dict) else ():
        shared = entry.get("sharedPath") if isinstance(entry, dict) else None
        if isinstance(shared, str):
            yield shared


def store_stand_ins(session: Session, names: tuple[str, ...]) -> tuple[str, ...]:
    """Gives each secret of a local AWS without a value a stand-in, and returns those that got one. Raises AwsError."""
    client = session.client("ssm")
    missing: list[str] = []
    with asking("the secrets of the local AWS"):
        for start in range(0, len(names), _AT_ONCE):
            answer = client.get_parameters(Names=list(names[start : start + _AT_ONCE]))
            missing += answer["InvalidParameters"]
        for name in missing:
            client.put_parameter(Name=name, Value=STAND_IN, Type="SecureString")
    return tuple(sorted(missing))
