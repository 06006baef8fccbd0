"""Who may become a user's role, where the Gen 1 CLI said it while a stack was deployed; names of live roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.auth.live_code import live_role
from migrator.categories.auth.observe_callouts import CALLOUT
from migrator.engine.observed import Declared, Generation, Side

_KINDS = {"authenticated role": "authenticated", "guest role": "unauthenticated"}
_CALL = "UpdateRolesWithIDPFunctionOutputs"
_LIVE = {"AuthRoleArn": "authenticated role", "UnauthRoleArn": "guest role"}
_POOL = "AWS::Cognito::UserPool"


def rights(declared: Declared, generation: Generation) -> Mapping[str, Any] | None:
    """A user's role with the trust that the CLI's function gave it (normalisation `trust-of-users-roles`).

    The template of the root stack refuses everybody; a function of the same stack then lets in the identity pool's
    users, or its guests. Where the project does not hold that template, it is the one that every Gen 1 app has.
    """
    kind = _KINDS.get(declared.name)
    if generation.side is not Side.GEN1 or kind is None:
        return None
    if generation.context.app.root_stack is None:
        pool: Any = "${identity pool}" if generation.named("identity pool") else None
    else:
        calls = (one for one in generation.of(CALLOUT) if one.logical_id == _CALL)
        pool = next((one.properties.get("idpId") for one in calls), None)
    return {**declared.properties, "AssumeRolePolicyDocument": _trust(pool, kind)} if pool else None


def _trust(pool: Any, kind: str) -> Mapping[str, Any]:
    condition = {
        "StringEquals": {"cognito-identity.amazonaws.com:aud": pool},
        "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": kind},
    }
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": condition,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def spelt(generation: Generation) -> Mapping[str, Mapping[str, str]]:
    """Names of the live roles of users, for policies that are attached to them; the id that the user pool shows to SNS
    (normalisation `external-id`)."""
    return {"": dict(_live(generation)), "SMS role of the user pool": dict(_external(generation))}


def _live(generation: Generation) -> Iterator[tuple[str, str]]:
    for key, role in _LIVE.items():
        arn = live_role(generation.context, key)
        if arn and generation.side is Side.GEN2:
            yield arn.rpartition("/")[2], f"${{{role}}}"


def _external(generation: Generation) -> Iterator[tuple[str, str]]:
    for pool in generation.of(_POOL):
        said = pool.properties.get("SmsConfiguration")
        if isinstance(said, Mapping) and said.get("ExternalId"):
            yield str(said["ExternalId"]), "${external id of the user pool}"
