"""Calling a GraphQL API as one of its callers."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from migrator.aws.session import Session
from migrator.aws.signing import signed
from migrator.core.errors import AwsError

SECONDS = 60.0


class Caller(Struct, frozen=True):
    """Who calls: with a key, a user's token, or the credentials of an identity (exactly one of them)."""

    key: str = ""
    token: str = ""
    keys: Session | None = None


class Answer(Struct, frozen=True):
    """What the API said."""

    data: Mapping[str, Any]
    errors: tuple[str, ...] = ()
    """`type: message` of each error."""

    @property
    def refused(self) -> bool:
        """Whether the caller may not do what was asked."""
        return any("nauthorized" in one or "not authorized" in one.lower() for one in self.errors)


def ask(endpoint: str, caller: Caller, query: str, variables: Mapping[str, Any] = {}) -> Answer:
    """Sends one request. That the API does not let the caller in is an answer too. Raises AwsError without one."""
    body = msgspec.json.encode({"query": query, "variables": dict(variables)})
    request = urllib.request.Request(endpoint, body, _headers(endpoint, caller, body), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            said = response.read()
    except urllib.error.HTTPError as problem:
        said = problem.read()
        if not said.startswith(b"{"):
            return Answer(
                {}, (f"UnauthorizedException: {problem.code}",) if problem.code in (401, 403) else (str(problem),)
            )
    except OSError as problem:
        raise AwsError(f"the API at {endpoint} cannot be reached: {problem}", hint="check the network") from problem
    return _read(said)


def _read(body: bytes) -> Answer:
    try:
        said = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return Answer({}, (f"Malformed: {body[:200].decode('utf-8', 'replace')}",))
    listed = said.get("errors") or ([] if "data" in said else [said])
    errors = tuple(f"{one.get('errorType') or ''}: {one.get('message') or ''}".strip(": ") for one in listed)
    return Answer(said.get("data") or {}, tuple(one or "an error without words" for one in errors))


def _headers(endpoint: str, caller: Caller, body: bytes) -> dict[str, str]:
    headers = {"Content-Type": "application/json"}
    if caller.key:
        return {**headers, "x-api-key": caller.key}
    if caller.token:
        return {**headers, "Authorization": caller.token}
    return signed(caller.keys, "appsync", "POST", endpoint, body, headers) if caller.keys else headers
