"""Numbers and booleans that come from parameters are numbers and booleans."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, mapped_properties, of_service

DEFECT = (
    "Values of parameters are texts, which CloudFormation turns into what the property is. Here a password's minimum "
    "length stays '8', and Cognito later answers with an internal error when it compares it."
)
REPLACES = {HANDLERS: ""}
NUMBERS = frozenset(
    ("MinimumLength", "TemporaryPasswordValidityDays", "UnusedAccountValidityDays", "PasswordHistorySize",
     "RefreshTokenValidity", "AccessTokenValidity", "IdTokenValidity", "AuthSessionValidity", "Precedence", "Priority")
)  # fmt: skip
BOOLEANS = frozenset(
    ("RequireLowercase", "RequireUppercase", "RequireNumbers", "RequireSymbols", "AllowAdminCreateUserOnly", "Mutable",
     "Required", "GenerateSecret", "AllowedOAuthFlowsUserPoolClient", "CaseSensitive", "AllowUnauthenticatedIdentities",
     "AllowClassicFlow", "EnableTokenRevocation", "DeveloperOnlyAttribute", "ServerSideTokenCheck",
     "ChallengeRequiredOnNewDevice", "DeviceOnlyRememberedOnUserPrompt")
)  # fmt: skip


def apply(settings: Settings) -> None:
    """Turns them into what they are, for everything of Cognito."""
    for resource_type in of_service("AWS::Cognito::"):
        mapped_properties(resource_type, lambda properties: dict(_typed(properties)))


def _typed(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _typed(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner, name) for inner in value]
    if isinstance(value, str) and name in NUMBERS and value.strip().lstrip("-").isdigit():
        return int(value)
    if isinstance(value, str) and name in BOOLEANS and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return value
