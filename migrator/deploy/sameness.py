"""Answers of two APIs in one form: what has to differ between two runs of the same request is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from migrator.aws.graphql import Answer
from migrator.engine.access import Operation

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_STAMPS = ("createdAt", "updatedAt")
_READING = (Operation.GET, Operation.LIST)


def normalized(answer: Answer, keys: Collection[str], operation: Operation) -> str:
    """An answer as text. Of what a request made or changed, keys, other generated ids and the times of writing are
    left out; what was only read is compared whole. Rows of a list have no order."""
    data = _plain(answer.data, keys, operation in _READING)
    errors = sorted(_general(one) for one in answer.errors)
    return f"{_written(data).decode()} {'; '.join(errors)}".strip()


def _general(text: str) -> str:
    return _TIME.sub("<time>", _UUID.sub("<id>", text))


def _plain(value: Any, keys: Collection[str], read: bool) -> Any:
    if isinstance(value, Mapping):
        return {key: _member(key, item, keys, read) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, keys, read) for item in value]
    return value


def _written(value: Any) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def _member(name: str, value: Any, keys: Collection[str], read: bool) -> Any:
    if name == "items" and isinstance(value, list):
        return sorted((_plain(item, keys, read) for item in value), key=_written)
    if name == "nextToken":
        return value is not None
    if not read and (name in keys or name in _STAMPS):
        return f"<{name}>"
    return _plain(value, keys, read)
