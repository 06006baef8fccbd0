"""REST APIs of API Gateway as they are, and calls of them.

https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Mapping

from migrator.aws.errors import asking
from migrator.aws.properties import optional, pages
from migrator.aws.session import Session
from migrator.aws.signing import signed
from migrator.core.errors import AwsError

SECONDS = 60.0
_MISSING = "NotFoundException"


def methods(session: Session, api: str) -> Mapping[str, str] | None:
    """The authorization of every method of an API (`GET /orders/{id}` → `AWS_IAM`); None when there is no such API.

    Raises AwsError.
    """
    client = session.client("apigateway")
    what = f"the REST API {api}"
    if optional(lambda: client.get_rest_api(restApiId=api), what, _MISSING) is None:
        return None
    with asking(what):
        given = {"restApiId": api, "embed": ["methods"], "limit": 500}
        listed = tuple(pages(lambda **more: client.get_resources(**given, **more), "items", token="position"))
    return {
        f"{method} {one['path']}": str(said.get("authorizationType") or "NONE")
        for one in listed
        for method, said in one.get("resourceMethods", {}).items()
    }


def stages(session: Session, api: str) -> tuple[str, ...]:
    """The names of the stages that serve an API. Raises AwsError."""
    with asking(f"the stages of the REST API {api}"):
        found = session.client("apigateway").get_stages(restApiId=api)
    return tuple(one["stageName"] for one in found.get("item", ()) if one.get("deploymentId"))


def call(session: Session, api: str, stage: str, method: str, path: str, *, sign: bool) -> tuple[int, str]:
    """One request with an empty JSON object, signed with the session's keys or by nobody: the status and the beginning
    of what was answered. Only for the local AWS. Raises AwsError when nobody answers."""
    url = f"{session.endpoint}/_aws/execute-api/{api}/{stage}{path}"
    body = b"" if method in ("GET", "HEAD", "DELETE", "OPTIONS") else b"{}"
    headers = {"Content-Type": "application/json"}
    if sign:
        headers = signed(session, "execute-api", method, url, body, headers)
    request = urllib.request.Request(url, body or None, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return answer.status, answer.read(500).decode("utf-8", "replace")
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read(500).decode("utf-8", "replace")
    except OSError as problem:
        raise AwsError(f"the REST API {api} does not answer: {problem}", hint="see the log of the local AWS") from None
