"""The emulator's table of resource types, and how a patch changes an entry of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

HANDLERS = "ministack.services.cloudformation.provisioners:_RESOURCE_HANDLERS"
Handler = Callable[..., Any]
Properties = dict[str, Any]


def handlers(resource_type: str) -> dict[str, Any]:
    """What the emulator does with resources of a type; empty for a type that it does not know."""
    from ministack.services.cloudformation import provisioners

    return dict(provisioners._RESOURCE_HANDLERS.get(resource_type, {}))


def replace(resource_type: str, **changed: Any) -> None:
    """Puts `create`, `update` or `delete` of a type in place of the emulator's."""
    from ministack.services.cloudformation import provisioners

    provisioners._RESOURCE_HANDLERS[resource_type] = {**handlers(resource_type), **changed}


def replace_all(types: dict[str, dict[str, Any]]) -> None:
    """The same for several types."""
    for resource_type, changed in types.items():
        replace(resource_type, **changed)


def of_service(prefix: str) -> tuple[str, ...]:
    """The types that the emulator knows and that begin with `prefix`."""
    from ministack.services.cloudformation import provisioners

    return tuple(name for name in provisioners._RESOURCE_HANDLERS if name.startswith(prefix))


def checked(answer: tuple[int, Any, Any]) -> Any:
    """What a service answered to a call from within. Raises ValueError with its message when it refused."""
    import json

    status, _, body = answer
    document = json.loads(body or b"{}")
    if status >= 400:
        raise ValueError(f"{document.get('__type', 'Error')}: {document.get('message', '')}")
    return document


def mapped_properties(resource_type: str, change: Callable[[Properties], Properties]) -> None:
    """Lets create and update of a type see other properties."""
    known = handlers(resource_type)
    changed: dict[str, Any] = {}
    if "create" in known:
        changed["create"] = _creating(known["create"], change)
    if "update" in known:
        changed["update"] = _updating(known["update"], change)
    replace(resource_type, **changed)


def _creating(create: Handler, change: Callable[[Properties], Properties]) -> Handler:
    return lambda logical_id, properties, stack: create(logical_id, change(properties), stack)


def _updating(update: Handler, change: Callable[[Properties], Properties]) -> Handler:
    return lambda physical_id, old, new, *rest: update(physical_id, change(old), change(new), *rest)
