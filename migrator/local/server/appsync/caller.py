"""Who sends a GraphQL request: what AppSync makes of its headers before any resolver runs.

https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
"""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

_SIGNED = "AWS4-HMAC-SHA256"
_SOURCE = ["127.0.0.1"]
Fields = tuple[tuple[str, str], ...]


class Unauthorized(Exception):
    """The request is refused as a whole, with this message."""


@dataclass
class Caller:
    """The mode that a request is authorized with, and `$ctx.identity`."""

    mode: str
    identity: dict[str, Any] | None = None
    claims: dict[str, Any] | None = None
    denied: list[str] = field(default_factory=list)
    """Top-level fields, as `Type.field`, that this caller may not ask for."""


@dataclass
class Request:
    """A GraphQL request; header names in lower case. `fields` are the top-level ones that it asks for."""

    api_id: str
    headers: dict[str, str]
    query: str
    variables: dict[str, Any]
    operation: str | None
    fields: Fields


def identify(request: Request) -> Caller:
    """The caller. Raises Unauthorized when no authorization mode of the API accepts the request."""
    from ministack.services import appsync

    api = appsync._apis[request.api_id]
    modes = appsync._auth_modes(api)
    key, authorization = request.headers.get("x-api-key"), request.headers.get("authorization", "")
    if key and "API_KEY" in modes:
        return _with_key(request.api_id, key)
    if authorization.startswith(_SIGNED):
        if "AWS_IAM" in modes:
            return _signed(request, authorization)
        raise Unauthorized("You are not authorized to make this call.")
    if not authorization:
        raise Unauthorized("Missing authorization")
    claims = _claims(authorization)
    if claims is not None and "AMAZON_COGNITO_USER_POOLS" in modes:
        caller = _of_pool(api, claims)
        if caller:
            return caller
    if claims is not None and "OPENID_CONNECT" in modes:
        caller = _of_provider(api, claims)
        if caller:
            return caller
    if "AWS_LAMBDA" in modes:
        return _by_function(api, request)
    raise Unauthorized("Valid authorization header not provided.")


def _with_key(api_id: str, key: str) -> Caller:
    from ministack.services import appsync

    known = (appsync._api_keys.get(api_id) or {}).get(key)
    if known is None or float(known.get("expires") or 0) < time.time():
        raise Unauthorized("You are not authorized to make this call.")
    return Caller("API_KEY")


def _claims(authorization: str) -> dict[str, Any] | None:
    """What a JSON web token says; None for another token."""
    token = re.sub(r"^bearer ", "", authorization, flags=re.IGNORECASE)
    parts = token.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return None
    return claims if isinstance(claims, dict) else None


def _providers(api: dict[str, Any], kind: str, name: str) -> list[dict[str, Any]]:
    places = (api, *(api.get("additionalAuthenticationProviders") or ()))
    return [place.get(name) or {} for place in places if place.get("authenticationType") == kind]


def _of_pool(api: dict[str, Any], claims: dict[str, Any]) -> Caller | None:
    pools = {
        config.get("userPoolId"): config for config in _providers(api, "AMAZON_COGNITO_USER_POOLS", "userPoolConfig")
    }
    issuer = str(claims.get("iss", ""))
    config = pools.get(issuer.rsplit("/", 1)[-1])
    if config is None:
        return None
    _check_time(claims)
    client, wanted = claims.get("client_id") or claims.get("aud"), config.get("appIdClientRegex")
    if wanted and not re.fullmatch(wanted, str(client)):
        raise Unauthorized("Unauthorized")
    identity = {
        "sub": claims.get("sub"),
        "issuer": issuer,
        "username": claims.get("cognito:username") or claims.get("username") or claims.get("sub"),
        "claims": claims,
        "sourceIp": _SOURCE,
        "defaultAuthStrategy": config.get("defaultAction") or "ALLOW",
        "groups": claims.get("cognito:groups"),
    }
    return Caller("AMAZON_COGNITO_USER_POOLS", identity, claims)


def _of_provider(api: dict[str, Any], claims: dict[str, Any]) -> Caller | None:
    configs = _providers(api, "OPENID_CONNECT", "openIDConnectConfig")
    issuers = {str(config.get("issuer", "")).rstrip("/") for config in configs}
    issuer = str(claims.get("iss", ""))
    if issuer.rstrip("/") not in issuers:
        return None
    _check_time(claims)
    identity = {"sub": claims.get("sub"), "issuer": issuer, "claims": claims, "sourceIp": _SOURCE}
    return Caller("OPENID_CONNECT", identity, claims)


def _check_time(claims: dict[str, Any]) -> None:
    if float(claims.get("exp") or 0) < time.time():
        raise Unauthorized("Token has expired.")


def _signed(request: Request, authorization: str) -> Caller:
    """A caller with AWS credentials: policies say which fields; of an identity pool's, the identity is known."""
    from ministack.core import iam_evaluator
    from ministack.core.responses import get_account_id
    from ministack.services import sts

    found = re.search(r"Credential=([^/,\s]+)/", authorization)
    key = found[1] if found else ""
    account = get_account_id()
    principal = iam_evaluator.resolve_principal(key, account)
    if isinstance(principal, iam_evaluator.AuthError):
        if key != account:
            raise Unauthorized(principal.message)
        arn, policies, limits, keys = f"arn:aws:iam::{account}:root", None, (), {}
    else:
        arn, policies, limits, keys = principal.arn, principal.policies, principal.limits, principal.keys
    session = sts._sessions.get(key) or {}
    identity = {
        "accountId": account,
        "cognitoIdentityPoolId": session.get("_identity_pool_id"),
        "cognitoIdentityId": session.get("_identity_id"),
        "sourceIp": _SOURCE,
        "username": keys.get("aws:userid") or account,
        "userArn": arn,
        "cognitoIdentityAuthType": session.get("_cognito_auth_type"),
        "cognitoIdentityAuthProvider": session.get("_cognito_auth_provider"),
    }
    denied = [] if policies is None else _denied(request, principal, policies, limits)
    return Caller("AWS_IAM", identity, None, denied)


def _denied(request: Request, principal: Any, policies: Any, limits: Any) -> list[str]:
    from ministack.core import iam_evaluator
    from ministack.core.responses import get_region
    from ministack.services import appsync

    api_arn = appsync._apis[request.api_id]["arn"]
    denied = []
    for kind, name in request.fields:
        ctx = iam_evaluator.EvalContext(
            principal_arn=principal.arn,
            principal_type=principal.type,
            principal_account=principal.account,
            action="appsync:GraphQL",
            resource_arn=f"{api_arn}/types/{kind}/fields/{name}",
            region=get_region(),
            service_context={},
            principal_keys=principal.keys,
        )
        if iam_evaluator.evaluate(ctx, policies, *limits).decision != "Allow":
            denied.append(f"{kind}.{name}")
    if denied and len(denied) == len(request.fields):
        raise Unauthorized("Permission denied")
    return denied


def _by_function(api: dict[str, Any], request: Request) -> Caller:
    from ministack.services import appsync

    for config in _providers(api, "AWS_LAMBDA", "lambdaAuthorizerConfig"):
        pattern = config.get("identityValidationExpression")
        if pattern and not re.fullmatch(pattern, request.headers["authorization"]):
            raise Unauthorized("Valid authorization header not provided.")
        try:
            allowed = appsync._invoke_lambda_authorizer(
                request.api_id,
                config,
                request.headers,
                query=request.query,
                variables=request.variables,
                operation_name=request.operation,
            )
        except appsync._AuthorizerRejected as problem:
            raise Unauthorized("You are not authorized to make this call.") from problem
        return Caller("AWS_LAMBDA", {"resolverContext": allowed.get("resolverContext") or {}})
    raise Unauthorized("You are not authorized to make this call.")
