"""Functions as they are; and calling them.

https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from migrator.aws.errors import asking
from migrator.aws.properties import Properties, optional, pages, taken
from migrator.aws.session import Session

_FUNCTION = (
    "FunctionName",
    "Runtime",
    "Role",
    "Handler",
    "Description",
    "Timeout",
    "MemorySize",
    "Environment",
    "Architectures",
    "EphemeralStorage",
    "PackageType",
    "VpcConfig",
    "DeadLetterConfig",
    "TracingConfig",
)
_SOURCE = ("EventSourceArn", "FunctionArn", "BatchSize", "StartingPosition", "FilterCriteria")


class Invocation(Struct, frozen=True):
    """How a call of a function ended: what it returned, or its error."""

    payload: Any
    error: str = ""
    """`Unhandled` and the like; empty when the function returned."""
    log: str = ""
    """The end of what it wrote."""

    @property
    def message(self) -> str:
        """What the function said of its error, with the error's type."""
        if not isinstance(self.payload, dict):
            return str(self.payload)
        kind, text = self.payload.get("errorType", ""), self.payload.get("errorMessage", "")
        return f"{kind}: {text}" if kind else str(text)


def function(session: Session, name: str) -> Properties | None:
    """A function by its name or ARN; None when there is none. Raises AwsError."""
    client = session.client("lambda")
    found = optional(
        lambda: client.get_function_configuration(FunctionName=name),
        f"the function {name}",
        "ResourceNotFoundException",
    )
    if found is None:
        return None
    layers = [layer["Arn"] for layer in found.get("Layers", ())]
    return {**taken(found, _FUNCTION), "Layers": layers or None}


def event_sources(session: Session, name: str) -> tuple[Properties, ...]:
    """The streams and queues that call a function. Raises AwsError."""
    client = session.client("lambda")
    with asking(f"the event sources of the function {name}"):
        listed = tuple(
            pages(
                client.list_event_source_mappings,
                "EventSourceMappings",
                token="NextMarker",
                sent="Marker",
                FunctionName=name,
            )
        )
    return tuple({**taken(one, _SOURCE), "UUID": one.get("UUID"), "State": one.get("State")} for one in listed)


def invoke(session: Session, name: str, event: object) -> Invocation:
    """Calls a function and waits for what it returns. Raises AwsError when it cannot be called."""
    import base64

    with asking(f"a call of the function {name}"):
        answer = session.client("lambda").invoke(FunctionName=name, Payload=msgspec.json.encode(event), LogType="Tail")
        body: bytes = answer["Payload"].read()
    try:
        payload = msgspec.json.decode(body) if body else None
    except msgspec.DecodeError:  # a runtime may answer with plain text
        payload = body.decode("utf-8", "replace")
    log = base64.b64decode(answer.get("LogResult", "")).decode("utf-8", "replace")
    return Invocation(payload, str(answer.get("FunctionError", "")), log)
