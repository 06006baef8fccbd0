"""Reading the user pool: from its template when there is one, else from what the user chose in the CLI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from migrator.categories.auth.model import Attribute, MfaMode, UserPool
from migrator.categories.auth.settings import Settings, cognito_words
from migrator.categories.auth.words import POOL_PROPERTIES, STANDARD_ATTRIBUTES
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

T = TypeVar("T")

_CLASSES = {
    "lowercase": ("RequireLowercase", "LOWERCASE"),
    "uppercase": ("RequireUppercase", "UPPERCASE"),
    "numbers": ("RequireNumbers", "NUMBERS"),
    "symbols": ("RequireSymbols", "SYMBOLS"),
}
_UPDATE_SETTINGS_SINCE = (10, 3)
"""The CLI from which on pools keep an old address until the new one is verified."""


def pool_fact(entry: Entry, settings: Settings, template: Template | None) -> Fact[UserPool]:
    """The user pool."""
    pool = user_pool(template)
    values: dict[str, Traced[Any]] = {
        "resource": settings.text("resourceName", entry.ref.name),
        "evidence": absent(template is not None or settings.present),
        "exists": settings.text("authSelections").map(lambda chosen: chosen != "identityPoolOnly"),
        "verification.page_bucket": settings.text("verificationBucketName"),
        "admin_queries": settings.flag("adminQueries"),
        "access_validity": settings.text("userpoolClientAccessTokenValidity"),
        "admin_query_group": settings.text("adminQueryGroup"),
    }
    said = _chosen(entry, settings)
    if pool is None or template is None:
        return fact(UserPool, entry.ref, "pool", {**values, **said, **_told(settings, said)})
    name = said.pop("name")
    for attribute, value in _built(template, pool).items():
        values[attribute] = value.also(said.pop(attribute, absent(None)))
    values["name"] = name.or_else(values["name"]).also(values["name"])
    values["retained"] = values["retained"].also(pool.declared, pool.depends_on, *said.values())
    return fact(UserPool, entry.ref, "pool", {**values, **_told(settings, values)})


def _told(settings: Settings, values: Mapping[str, Traced[Any]]) -> dict[str, Traced[Any]]:
    """What clients are told of codes by a pool that sends none."""
    told = settings.told("verificationMechanisms").map(cognito_words)
    return {"verification.told": told.map(lambda _: ()) if values["verification.attributes"].value else told}


def user_pool(template: Template | None) -> TemplateResource | None:
    """The pool in a template."""
    return next(iter(template.resources("AWS::Cognito::UserPool")), None) if template else None


# ---- from the template


def _built(template: Template, pool: TemplateResource) -> dict[str, Traced[Any]]:
    p = pool.properties
    return {
        "name": p.get("UserPoolName").text(),
        "username_attributes": p.get("UsernameAttributes").texts().map(cognito_words),
        "alias_attributes": p.get("AliasAttributes").texts().map(cognito_words),
        "case_sensitive": p.get("UsernameConfiguration", "CaseSensitive").flag(True),
        "attributes": gather(_attribute(element) for element in p.get("Schema").elements()),
        "verification.attributes": p.get("AutoVerifiedAttributes").texts().map(cognito_words),
        "verification.email_subject": p.get("EmailVerificationSubject").text(),
        "verification.email_message": p.get("EmailVerificationMessage").text(),
        "verification.sms_message": p.get("SmsVerificationMessage").text(),
        "verification.template": p.get("VerificationMessageTemplate").whole(),
        "verification.before_update": _before_update(p),
        "recovery": p.get("AccountRecoverySetting").whole(),
        "sign_up": p.get("AdminCreateUserConfig").whole(),
        "device": p.get("DeviceConfiguration").whole(),
        "email": p.get("EmailConfiguration").whole(),
        "deletion_protection": p.get("DeletionProtection").text().map(lambda said: said == "ACTIVE"),
        "retained": pool.deletion_policy.map(lambda policy: policy == "Retain").also(pool.update_replace_policy),
        "other": other_properties(p, POOL_PROPERTIES),
        **_password(p.get("Policies", "PasswordPolicy")),
        **_mfa(template, p),
        **_sms(template, p.get("SmsConfiguration")),
    }


def _attribute(element: Cursor) -> Traced[Attribute]:
    """An attribute that the schema lists; what is listed without `Mutable` can never be changed, standard or custom.

    https://github.com/aws/aws-cdk/issues/8624
    """
    name = element.get("Name").text().value
    kind = element.get("AttributeDataType").text("String").value
    limits, low, high = (
        (element.get("NumberAttributeConstraints"), "MinValue", "MaxValue")
        if kind == "Number"
        else (element.get("StringAttributeConstraints"), "MinLength", "MaxLength")
    )
    attribute = Attribute(
        name.removeprefix("custom:"),
        required=element.get("Required").flag().value,
        mutable=element.get("Mutable").flag(False).value,
        custom=name.removeprefix("custom:") not in STANDARD_ATTRIBUTES,
        type=kind,
        minimum=_limit(limits.get(low)),
        maximum=_limit(limits.get(high)),
        developer_only=element.get("DeveloperOnlyAttribute").flag().value,
    )
    return traced(attribute, element.whole())


def _limit(cursor: Cursor) -> int | None:
    return cursor.integer().value if cursor.present else None


def _before_update(properties: Cursor) -> Traced[tuple[str, ...]]:
    said = properties.get("UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate")
    return said.texts().map(cognito_words)


def _password(policy: Cursor) -> dict[str, Traced[Any]]:
    """The policy; without one Cognito itself asks for all classes."""
    silent = not policy.present
    values: dict[str, Traced[Any]] = {
        f"password.{attribute}": policy.get(key).flag(silent) for attribute, (key, _) in _CLASSES.items()
    }
    values["password.length"] = policy.get("MinimumLength").integer(8)
    values["password.temporary_days"] = policy.get("TemporaryPasswordValidityDays").integer(7)
    return values


def _mfa(template: Template, properties: Cursor) -> dict[str, Traced[Any]]:
    """Second factors; before CLI 6.4 a function (`MFALambda`) sets them."""
    factors = properties.get("EnabledMfas").texts()
    callout = template.resource("MFALambdaInputs")
    asked = callout.properties if callout else None
    message = properties.get("SmsAuthenticationMessage").text()
    mode = properties.get("MfaConfiguration").choice(MfaMode, MfaMode.OFF)
    sms = factors.map(lambda listed: "SMS_MFA" in listed)
    totp = factors.map(lambda listed: "SOFTWARE_TOKEN_MFA" in listed)
    if asked and not factors.present:
        caller = asked.get("smsConfigCaller").text()
        sms = caller.map(bool).also(asked.get("smsConfigExternalId").text())
        totp = asked.get("totpEnabled").flag()
        mode = mode.also(asked.get("mfaConfiguration").text(), asked.get("userPoolId").text())
        message = message.or_else(asked.get("smsAuthenticationMessage").text())
    return {"mfa.mode": mode, "mfa.sms": sms, "mfa.totp": totp, "mfa.message": message}


def _sms(template: Template, configuration: Cursor) -> dict[str, Traced[Any]]:
    caller = configuration.get("SnsCallerArn").text()
    enabled = traced(configuration.present, caller)
    role = template.resource("SNSRole")
    if role is not None:
        enabled = enabled.also(role.properties.whole(), role.declared)
    return {
        "sms.enabled": enabled,
        "sms.external_id": configuration.get("ExternalId").text(),
        "sms.caller": caller.map(lambda arn: "" if arn == "${SNSRole.Arn}" else arn),
        "sms.region": configuration.get("SnsRegion").text(),
    }


def other_properties(properties: Cursor, known: frozenset[str]) -> Traced[Mapping[str, Any]]:
    """Properties that the CLI does not write."""
    rest = {name: cursor.whole() for name, cursor in properties.items() if name not in known}
    return traced({name: value.value for name, value in rest.items()}, *rest.values())


# ---- from the user's choices


def _chosen(entry: Entry, settings: Settings) -> dict[str, Traced[Any]]:
    """What the CLI would build of its settings files."""
    username = settings.texts("usernameAttributes").map(cognito_words).map(_addresses)
    alias = settings.texts("aliasAttributes").map(cognito_words)
    verified = settings.texts("autoVerifiedAttributes").map(cognito_words)
    verified = traced(tuple(dict.fromkeys((*verified.value, *_addresses(alias.value)))), verified)
    required = settings.texts("requiredAttributes").map(cognito_words)
    characters = settings.texts("passwordPolicyCharacters")
    values: dict[str, Traced[Any]] = {
        "name": settings.text("userPoolName"),
        "username_attributes": username.also(settings.texts("loginMechanisms")),
        "alias_attributes": alias,
        "case_sensitive": settings.flag("usernameCaseSensitive", True),
        "attributes": required.map(lambda names: tuple(Attribute(name, required=True) for name in names)),
        "verification.attributes": verified,
        "verification.email_subject": settings.text("emailVerificationSubject"),
        "verification.email_message": settings.text("emailVerificationMessage"),
        "verification.sms_message": settings.text("smsVerificationMessage"),
        "verification.before_update": verified if _keeps_old_address(entry) else absent(()),
        "password.length": settings.integer("passwordPolicyMinLength", 8),
        **{f"password.{attribute}": _demands(characters, word) for attribute, (_, word) in _CLASSES.items()},
        **_chosen_mfa(settings),
    }
    phone = "phone_number" in (*username.value, *verified.value, *required.value)
    old = settings.flag("useEnabledMfas")
    values["sms.enabled"] = traced(not old.value or phone or values["mfa.sms"].value, old)
    return values


def _demands(characters: Traced[tuple[str, ...]], word: str) -> Traced[bool]:
    return characters.map(lambda listed: any(word in text.upper() for text in listed))


def _chosen_mfa(settings: Settings) -> dict[str, Traced[Any]]:
    mode = settings.text("mfaConfiguration", "OFF").map(lambda said: MfaMode(said) if said in _MODES else MfaMode.OFF)
    types = settings.texts("mfaTypes")
    on = mode.value is not MfaMode.OFF
    return {
        "mfa.mode": mode,
        "mfa.sms": types.map(lambda listed: on and any("SMS" in one for one in listed)),
        "mfa.totp": types.map(lambda listed: on and "TOTP" in listed),
        "mfa.message": settings.text("smsAuthenticationMessage"),
    }


_MODES = frozenset(MfaMode)


def _addresses(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in ("email", "phone_number"))


def _keeps_old_address(entry: Entry) -> bool:
    """Whether the CLI that pushed last wrote `UserAttributeUpdateSettings`; the newest one where none is noted."""
    numbers = [part for part in entry.app.cli_version.split(".")[:2] if part.isdigit()]
    return len(numbers) < 2 or tuple(int(number) for number in numbers) >= _UPDATE_SETTINGS_SINCE
