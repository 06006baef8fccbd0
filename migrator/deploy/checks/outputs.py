"""The check `outputs`: `amplify_outputs.json` tells apps everything that the stack has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from migrator.aws.inventory import stack_outputs
from migrator.deploy.checks.interface import Deployed, Outcome, Status

CHECK = "outputs"
_FILE = "amplify_outputs.json"
_TOLD: Mapping[str, Mapping[str, str]] = {
    "auth": {
        "userPoolId": "auth.user_pool_id",
        "webClientId": "auth.user_pool_client_id",
        "identityPoolId": "auth.identity_pool_id",
        "authRegion": "auth.aws_region",
    },
    "data": {
        "awsAppsyncApiEndpoint": "data.url",
        "awsAppsyncAuthenticationType": "data.default_authorization_type",
        "awsAppsyncApiKey": "data.api_key",
        "awsAppsyncRegion": "data.aws_region",
    },
    "storage": {"bucketName": "storage.bucket_name", "storageRegion": "storage.aws_region"},
}
"""By feature, where a stack's output stands in the file.

https://docs.amplify.aws/react/reference/amplify_outputs/
"""
_ALSO = {"data": ("data.model_introspection",)}


def outputs(deployed: Deployed) -> Iterator[Outcome]:
    """What the stack says of the feature is in the file, and the same."""
    wanted = _TOLD.get(deployed.feature)
    if wanted is None:
        return
    path = deployed.gen2 / _FILE
    try:
        said = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as problem:
        yield Outcome(CHECK, _FILE, Status.FAILED, f"it cannot be read: {problem}", "`npx ampx generate outputs`")
        return
    stack = stack_outputs(deployed.session, deployed.stack)
    wrong = [
        f"{place} is {_shown(_at(said, place))}, the stack says {_shown(stack[output])}"
        for output, place in wanted.items()
        if stack.get(output) and _at(said, place) != stack[output]
    ]
    wrong += [f"{place} is missing" for place in _ALSO.get(deployed.feature, ()) if not _at(said, place)]
    if wrong:
        yield Outcome(CHECK, _FILE, Status.FAILED, "; ".join(wrong), "`npx ampx generate outputs` writes it anew")
    else:
        known = sum(1 for output in wanted if stack.get(output))
        yield Outcome(CHECK, _FILE, Status.PASSED, f"{known} values of {deployed.feature}")


def _at(said: Any, place: str) -> Any:
    for step in place.split("."):
        said = said.get(step) if isinstance(said, Mapping) else None
    return said


def _shown(value: object) -> str:
    return "missing" if value is None else f"`{value}`"
