"""Requests to a local AWS that are made by hand."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from migrator.aws.session import Session
from migrator.local.process import LocalAws

Answer = tuple[int, dict[str, Any]]


def send(url: str, body: bytes | None = None, headers: dict[str, str] | None = None, *, limit: float = 60.0) -> Answer:
    """Status and document of an answer; 0 where there is none within `limit` seconds."""
    asked = urllib.request.Request(url, data=body, headers={"content-type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(asked, timeout=limit) as answer:
            return answer.status, _document(answer.read())
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, _document(refusal.read())
    except TimeoutError:
        return 0, {}


def signature(session: Session, url: str, service: str, body: bytes | None = None) -> dict[str, str]:
    """The headers that sign a request as the session's user."""
    method = "GET" if body is None else "POST"
    request = AWSRequest(method, url, data=body, headers={"content-type": "application/json"})
    keys = Credentials(session.access_key, session.secret_key, session.token or None)
    SigV4Auth(keys, service, session.region).add_auth(request)
    return dict(request.headers)


def ask(local: LocalAws, path: str, service: str) -> Answer:
    """The answer to a signed GET, tried once for two seconds."""
    url = local.endpoint + path
    return send(url, headers=signature(local.session, url, service), limit=2.0)


def query(url: str, text: str, headers: dict[str, str], **variables: Any) -> Answer:
    """The answer to a GraphQL request."""
    return send(url, json.dumps({"query": text, "variables": variables}).encode(), headers)


def signed_query(session: Session, url: str, text: str) -> Answer:
    """The same, signed as the session's user."""
    body = json.dumps({"query": text}).encode()
    return send(url, body, signature(session, url, "appsync", body))


def _document(body: bytes) -> dict[str, Any]:
    try:
        return dict(json.loads(body))
    except ValueError:
        return {"text": body.decode(errors="replace")}
