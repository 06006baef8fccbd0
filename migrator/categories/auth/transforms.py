"""Single values of auth in Gen 2's form."""

from __future__ import annotations

from typing import Any

from migrator.categories.auth.model import Attribute
from migrator.engine.context import Context
from migrator.gen2.cdk import property_value
from migrator.typescript.build import arr, expr
from migrator.typescript.nodes import Expr, Undefined

SCOPES = {
    "phone": "PHONE",
    "email": "EMAIL",
    "openid": "OPENID",
    "profile": "PROFILE",
    "aws.cognito.signin.user.admin": "COGNITO_ADMIN",
}
EVENTS = {
    "CreateAuthChallenge": "createAuthChallenge",
    "CustomMessage": "customMessage",
    "DefineAuthChallenge": "defineAuthChallenge",
    "PostAuthentication": "postAuthentication",
    "PostConfirmation": "postConfirmation",
    "PreAuthentication": "preAuthentication",
    "PreSignUp": "preSignUp",
    "PreTokenGeneration": "preTokenGeneration",
    "UserMigration": "userMigration",
    "VerifyAuthChallengeResponse": "verifyAuthChallengeResponse",
}
"""Cognito's events in the words of `defineAuth`."""
ATTRIBUTES = {
    "address": "address",
    "birthdate": "birthdate",
    "email": "email",
    "family_name": "familyName",
    "gender": "gender",
    "given_name": "givenName",
    "locale": "locale",
    "middle_name": "middleName",
    "name": "fullname",
    "nickname": "nickname",
    "phone_number": "phoneNumber",
    "picture": "profilePicture",
    "preferred_username": "preferredUsername",
    "profile": "profilePage",
    "updated_at": "lastUpdateTime",
    "website": "website",
    "zoneinfo": "timezone",
}
"""Cognito's standard attributes in the words of `defineAuth`."""
_RECOVERY = {
    ("verified_email", "verified_phone_number"): "EMAIL_AND_PHONE_WITHOUT_MFA",
    ("verified_phone_number", "verified_email"): "PHONE_WITHOUT_MFA_AND_EMAIL",
    ("verified_phone_number",): "PHONE_ONLY_WITHOUT_MFA",
    ("verified_email",): "EMAIL_ONLY",
    ("admin_only",): "NONE",
    (): "PHONE_AND_EMAIL",
}
_UNITS = ("seconds", "minutes", "hours", "days")


def nothing(value: object, context: Context) -> Expr:
    """The property is left to Cognito."""
    return Undefined()


def or_nothing(value: tuple[str, ...], context: Context) -> Expr:
    """A list, and no property for an empty one."""
    return arr(value) if value else Undefined()


def cdk_value(value: Any, context: Context) -> Expr:
    """A CloudFormation property as the L1 construct takes it."""
    return property_value(value)


def text_or_nothing(value: str, context: Context) -> Expr:
    """A text, and no property for an empty one."""
    return expr(value) if value else Undefined()


def update_settings(value: tuple[str, ...], context: Context) -> Expr:
    """`UserAttributeUpdateSettings`."""
    if not value:
        return Undefined()
    return expr({"attributesRequireVerificationBeforeUpdate": list(value)})


def recovery(value: Any, context: Context) -> str:
    """The word for the order of recovery; none at all is Cognito's old rule, which prefers SMS."""
    return recovery_word(value) or "EMAIL_ONLY"


def recovery_word(value: Any) -> str | None:
    """`accountRecovery` for an `AccountRecoverySetting`, None when there is no word for it."""
    mechanisms = (value or {}).get("RecoveryMechanisms", [])
    order = sorted(mechanisms, key=lambda one: int(one.get("Priority", 1)))
    return _RECOVERY.get(tuple(str(one.get("Name", "")) for one in order))


def unit(value: str, context: Context) -> str:
    """A unit of time."""
    return unit_of_time(value)


def unit_of_time(word: str) -> str:
    """The word when it is a unit; days, which the CLI writes, where it is none."""
    return word if word in _UNITS else "days"


def oauth_scopes(value: tuple[str, ...], context: Context) -> list[str]:
    """Scopes in the words of `defineAuth`."""
    return [SCOPES[scope] for scope in value if scope in SCOPES]


def schema(value: tuple[Attribute, ...], context: Context) -> Expr:
    """The whole schema, as CloudFormation has it."""
    return arr((property_value(_attribute(attribute)) for attribute in value), True)


def _attribute(attribute: Attribute) -> dict[str, Any]:
    said: dict[str, Any] = {"Name": attribute.name, "Required": attribute.required, "Mutable": attribute.mutable}
    if attribute.custom:
        said["AttributeDataType"] = attribute.type
    if attribute.developer_only:
        said["DeveloperOnlyAttribute"] = True
    number = attribute.type == "Number"
    names = ("MinValue", "MaxValue") if number else ("MinLength", "MaxLength")
    limits = zip(names, (attribute.minimum, attribute.maximum), strict=True)
    if given := {name: str(limit) for name, limit in limits if limit is not None}:
        said["NumberAttributeConstraints" if number else "StringAttributeConstraints"] = given
    return said
