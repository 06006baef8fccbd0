"""Policy documents, shortened."""

from __future__ import annotations

from typing import Any

from migrator.engine.grants.observing import attribute
from migrator.engine.grants.rights import Rights, simplest
from migrator.engine.grants.statements import rights

FILES = "arn:aws:s3:::${bucket media}"


def allow(actions: Any, resources: Any = "*", **more: Any) -> dict[str, Any]:
    """A statement that allows something."""
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def deny(actions: Any, resources: Any = "*", **more: Any) -> dict[str, Any]:
    """A statement that refuses something."""
    return {**allow(actions, resources, **more), "Effect": "Deny"}


def said(*statements: dict[str, Any], version: str = "2012-10-17", trust: bool = False) -> Rights:
    """The rights that statements give, in the simplest form."""
    return simplest(rights({"Version": version, "Statement": list(statements)}, trust=trust))


def lines(found: Rights) -> dict[str, set[str]]:
    """Rights by place, in words."""
    return {attribute(place): set(actions) for place, actions in found.items()}
