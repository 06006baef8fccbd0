"""Who may become a user's role, where the Gen 1 CLI said it while a stack was deployed; names of live roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.auth.live_code import NO_POOL, live_role
from migrator.categories.auth.observe_callouts import CALLOUT
from migrator.engine.context import Context
from migrator.engine.observed import Declared, Generation, Side

_KINDS = {"authenticated role": "authenticated", "guest role": "unauthenticated"}
_CALL = "UpdateRolesWithIDPFunctionOutputs"
_LIVE = {"AuthRoleArn": "authenticated role", "UnauthRoleArn": "guest role"}
_GROUP_ROLE = re.compile(r"\$\{user pool\}-(.+)GroupRole")
_POOL = "AWS::Cognito::UserPool"
_POOL_NAMES = {"cli-inputs.json": ("cognitoConfig",), "parameters.json": ()}
"""The files of a resource without a template that name its identity pool, and where."""


def rights(declared: Declared, generation: Generation) -> Mapping[str, Any] | None:
    """A user's role with the trust that the CLI's function gave it (normalisation `trust-of-users-roles`).

    The template of the root stack refuses everybody; a function of the same stack then lets in the identity pool's
    users, or its guests. Where the project does not hold that template, it is the one that every Gen 1 app has.
    """
    kind = _KINDS.get(declared.name)
    if generation.side is not Side.GEN1 or kind is None:
        return None
    if generation.context.app.root_stack is None:
        pool: Any = "${identity pool}" if _has_identity_pool(generation) else None
    else:
        calls = (one for one in generation.of(CALLOUT) if one.logical_id == _CALL)
        pool = next((one.properties.get("idpId") for one in calls), None)
    return {**declared.properties, "AssumeRolePolicyDocument": _trust(pool, kind)} if pool else None


def _has_identity_pool(generation: Generation) -> bool:
    """Whether there is one: by a template, or by what the CLI was told where there is none."""
    said = (
        entry.cursor(file).get(*path, "identityPoolName").present
        for entry in generation.context.app.of("auth", "Cognito")
        for file, path in _POOL_NAMES.items()
        if "template" not in entry.documents
    )
    return generation.named("identity pool") is not None or any(said)


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
    roles = live(generation.context) if generation.side is Side.GEN2 else dict(_of_groups(generation))
    return {"": roles, "SMS role of the user pool": dict(_external(generation))}


def _of_groups(generation: Generation) -> Iterator[tuple[str, str]]:
    """Roles of groups, whose names policies of buckets and REST APIs put together (normalisation `group-roles`): where
    auth has no template, nothing else says them."""
    for policy in generation.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
        for role in policy.properties.get("Roles") or ():
            if found := _GROUP_ROLE.fullmatch(str(role)):
                yield str(role), f"${{role of group {found[1]}}}"


def live(context: Context) -> Mapping[str, str]:
    """The live roles of users, by name; the live pool by what stands in the place of its id while no file says it."""
    found = {live_role(context, key).rpartition("/")[2]: f"${{{role}}}" for key, role in _LIVE.items()}
    found[NO_POOL] = "${user pool}"
    return {name: meant for name, meant in found.items() if name}


def _external(generation: Generation) -> Iterator[tuple[str, str]]:
    for pool in generation.of(_POOL):
        said = pool.properties.get("SmsConfiguration")
        if isinstance(said, Mapping) and said.get("ExternalId"):
            yield str(said["ExternalId"]), "${external id of the user pool}"
