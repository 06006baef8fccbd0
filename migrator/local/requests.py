"""HTTP with the local AWS: never through a proxy, never to another machine."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from migrator.core.errors import LocalError

LIMIT = 120.0
"""Seconds for an answer; saving a large state takes some."""
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def request(endpoint: str, method: str, path: str, document: Mapping[str, Any] | None, *, log: Path) -> dict[str, Any]:
    """The answer to a request as JSON.

    Raises LocalError when nobody answers, and with the message and the hint of a refusal.
    """
    body = None if document is None and method == "GET" else msgspec.json.encode(document or {})
    asked = urllib.request.Request(endpoint + path, data=body, method=method)
    asked.add_header("content-type", "application/json")
    try:
        with _DIRECT.open(asked, timeout=LIMIT) as answer:
            return msgspec.json.decode(answer.read(), type=dict[str, Any])
    except urllib.error.HTTPError as problem:
        raise _refused(problem.read(), problem.code) from problem
    except (OSError, msgspec.DecodeError) as problem:
        raise LocalError(
            f"the local AWS at {endpoint} does not answer", hint=f"see {log}, and start it again"
        ) from problem


def _refused(body: bytes, code: int) -> LocalError:
    try:
        said = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.DecodeError, msgspec.ValidationError):
        said = {}
    return LocalError(str(said.get("message", f"the local AWS answered with {code}")), hint=str(said.get("hint", "")))
