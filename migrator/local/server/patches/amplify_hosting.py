"""Apps and branches of Amplify Hosting, as far as `ampx` asks for them."""

from __future__ import annotations

import json
import re
import time
import urllib.parse
from typing import Any

from ..settings import Settings

DEFECT = (
    "The service Amplify is missing. `ampx pipeline-deploy` asks it for the app and the branch, and every branch "
    "deployment has a custom resource that links the two."
)
REPLACES: dict[str, str] = {}
Answer = tuple[int, dict[str, Any]]

_PATH = re.compile(r"/apps(?:/(?P<app>[^/]+))?(?:/(?P<kind>branches|backendenvironments)(?:/(?P<name>[^/]+))?)?/?")
_branches: dict[str, dict[str, dict[str, Any]]] = {}
"""By app, the branches that were asked for: apps and branches are there as soon as somebody names them."""
_place = {"region": "us-east-1", "account": "000000000000"}


def apply(settings: Settings) -> None:
    """Remembers whose apps these are; the requests come through the gate."""
    _place.update(region=settings.region, account=settings.account)


def answer(method: str, path: str, body: bytes) -> Answer:
    """Answers a request to the service. https://docs.aws.amazon.com/amplify/latest/APIReference/API_Operations.html"""
    found = _PATH.fullmatch(path)
    if not found:
        return _missing(f"unsupported path {path}")
    app, kind, name = (urllib.parse.unquote(part) if part else "" for part in found.group("app", "kind", "name"))
    if not app:
        return 200, {"apps": [_app(known) for known in _branches]}
    branches = _branches.setdefault(app, {})
    if kind == "backendenvironments":
        return _missing("no backend environment") if name else (200, {"backendEnvironments": []})
    if not kind:
        return 200, {"app": _app(app)}
    if not name and method == "GET":
        return 200, {"branches": list(branches.values())}
    given = json.loads(body or b"{}") if method == "POST" else {}
    name = name or str(given.get("branchName", ""))
    branch = branches.setdefault(name, _branch(app, name))
    if given:
        branch.update(given, updateTime=time.time())
    return 200, {"branch": branch}


def _missing(message: str) -> Answer:
    return 404, {"__type": "NotFoundException", "message": message}


def _arn(app: str) -> str:
    return f"arn:aws:amplify:{_place['region']}:{_place['account']}:apps/{app}"


def _app(app: str) -> dict[str, Any]:
    return {
        "appId": app, "appArn": _arn(app), "name": app, "description": "", "repository": "", "platform": "WEB",
        "createTime": time.time(), "updateTime": time.time(), "environmentVariables": {},
        "defaultDomain": f"{app}.amplifyapp.com", "enableBranchAutoBuild": False, "enableBasicAuth": False,
    }  # fmt: skip


def _branch(app: str, name: str) -> dict[str, Any]:
    return {
        "branchArn": f"{_arn(app)}/branches/{name}", "branchName": name, "displayName": name, "description": "",
        "stage": "PRODUCTION", "createTime": time.time(), "updateTime": time.time(), "environmentVariables": {},
        "enableAutoBuild": False, "enableNotification": False, "enableBasicAuth": False,
        "enablePullRequestPreview": False, "customDomains": [], "framework": "", "activeJobId": "0",
        "totalNumberOfJobs": "0", "ttl": "5",
    }  # fmt: skip
