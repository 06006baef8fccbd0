"""Members of a group get the role of the group."""

from __future__ import annotations

import base64
import json
from typing import Any

from ..settings import Settings

DEFECT = (
    "Role mappings of identity pools are not applied, and tokens do not name the roles of a user's groups: everybody "
    "gets the role of authenticated users, and what a group may do with files cannot be tried."
)
_COGNITO = "ministack.services.cognito"
REPLACES = {
    f"{_COGNITO}:_get_credentials_for_identity": "data",
    f"{_COGNITO}:_apply_pretoken_trigger": (
        "pool_id, claims, token_type, trigger_source, client_id, username, user_attrs, groups, client_metadata, scope"
    ),
    f"{_COGNITO}:_identity_pools": "",
    f"{_COGNITO}:_resolve_pool": "",
    "ministack.services.sts:_sessions": "",
    "ministack.core.responses:error_response_json": "",
}
_ROLES, _PREFERRED = "cognito:roles", "cognito:preferred_role"
_REFUSED = "NotAuthorizedException"


def apply(settings: Settings) -> None:
    """Names the roles in ID tokens, and gives the credentials of the role that the mapping chooses.

    https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
    """
    from ministack.services import cognito

    credentials, trigger = cognito._get_credentials_for_identity, cognito._apply_pretoken_trigger

    def trigger_with_roles(**given: Any) -> Any:
        if given["token_type"] == "id" and given["groups"]:
            given["claims"].update(_claims(given["pool_id"], given["groups"]))
        return trigger(**given)

    def credentials_of_role(data: dict[str, Any]) -> Any:
        answer = credentials(data)
        if answer[0] != 200:
            return answer
        return _with_role(data, answer)

    cognito._apply_pretoken_trigger = trigger_with_roles
    cognito._get_credentials_for_identity = credentials_of_role


def _claims(pool_id: str, groups: list[str]) -> dict[str, Any]:
    """All roles, and the one of the group that comes first; none is preferred where several groups come first."""
    from ministack.services import cognito

    pool, _ = cognito._resolve_pool(pool_id)
    known = [pool["_groups"][name] for name in groups if name in (pool or {}).get("_groups", {})]
    ranked = sorted((int(group.get("Precedence") or 0), group["RoleArn"]) for group in known if group.get("RoleArn"))
    if not ranked:
        return {}
    first = {role for precedence, role in ranked if precedence == ranked[0][0]}
    claims: dict[str, Any] = {_ROLES: list(dict.fromkeys(role for _, role in ranked))}
    return {**claims, _PREFERRED: first.pop()} if len(first) == 1 else claims


def _with_role(data: dict[str, Any], answer: Any) -> Any:
    from ministack.core.responses import error_response_json
    from ministack.services import sts

    session = sts._sessions.get(json.loads(answer[2])["Credentials"]["AccessKeyId"])
    if session is None:
        return answer
    for provider, token in (session.get("_logins") or {}).items():
        claims = _read(token)
        mapping = _mapping(session.get("_identity_pool_id"), provider, claims)
        if not mapping:
            continue
        role = _chosen(mapping, claims, data.get("CustomRoleArn"))
        if role is None and mapping.get("AmbiguousRoleResolution") == "Deny":
            return error_response_json(_REFUSED, "Token is not from a supported provider of this identity pool.", 400)
        if role:
            session["Arn"] = f"{session['Arn'].split('assumed-role/')[0]}assumed-role/{role.rpartition('/')[2]}/{_NAME}"
    return answer


_NAME = "CognitoIdentityCredentials"


def _mapping(pool_id: Any, provider: str, claims: dict[str, Any]) -> dict[str, Any]:
    """The mapping of a provider; of a user pool's, the client belongs to its name."""
    from ministack.services import cognito

    mappings = (cognito._identity_pools.get(pool_id) or {}).get("_role_mappings") or {}
    return mappings.get(f"{provider}:{claims.get('aud')}") or mappings.get(provider) or {}


def _chosen(mapping: dict[str, Any], claims: dict[str, Any], wanted: str | None) -> str | None:
    """The role that a mapping gives to a user with these claims."""
    if mapping.get("Type") == "Rules":
        rules = (mapping.get("RulesConfiguration") or {}).get("Rules") or []
        return next((rule["RoleARN"] for rule in rules if _fits(rule, claims)), None)
    roles = claims.get(_ROLES) or []
    if wanted:
        return wanted if wanted in roles else None
    return claims.get(_PREFERRED) or (roles[0] if len(roles) == 1 else None)


def _fits(rule: dict[str, Any], claims: dict[str, Any]) -> bool:
    value, wanted = claims.get(rule.get("Claim", "")), str(rule.get("Value", ""))
    values = [str(one) for one in value] if isinstance(value, list) else [] if value is None else [str(value)]
    match rule.get("MatchType"):
        case "Equals":
            return wanted in values
        case "NotEqual":
            return bool(values) and wanted not in values
        case "StartsWith":
            return any(one.startswith(wanted) for one in values)
        case "Contains":
            return any(wanted in one for one in values)
    return False


def _read(token: Any) -> dict[str, Any]:
    """The claims of a login's token; empty for one of another kind."""
    parts = str(token).split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) else {}
