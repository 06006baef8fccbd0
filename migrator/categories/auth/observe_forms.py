"""Properties of auth in one form (the named normalisations of `migrate verify`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from migrator.categories.auth.words import CREDENTIALS, secret_name
from migrator.engine.observed import Generation, Side

GROUP = "AWS::Cognito::UserPoolGroup"
TOKEN = {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"}
"""A role mapping by which users of groups get the group's role, and all others the authenticated one."""
_TEXTS = {
    "EmailMessage": "EmailVerificationMessage",
    "EmailSubject": "EmailVerificationSubject",
    "SmsMessage": "SmsVerificationMessage",
}
_NAMES = "family_name given_name middle_name name nickname preferred_username"
_STANDARD = frozenset(
    f"address birthdate email gender locale phone_number picture profile updated_at website zoneinfo {_NAMES}".split()
)
"""Attributes that every pool has."""
_SECRET = re.compile(r"\$\{auth/AmplifySecretFetcherResource\.(\w+)\}")
_PROVIDER = re.compile(r"^\$\{provider (.+)\}$")


def pool(properties: Mapping[str, Any]) -> dict[str, Any]:
    """A user pool.

    `verification-texts`: Cognito keeps the code texts of `VerificationMessageTemplate` and those of the older
    properties as one: what is said in both has to be equal, and either may be left out.
    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerificationMessageTemplateType.html

    `standard-attributes`: every pool has OpenID Connect's attributes; one that is listed as not required and mutable
    is as if it was not listed. Listed without `Mutable` it is immutable, as a custom one is.
    https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
    https://github.com/aws/aws-cdk/issues/8624

    `factors-of-no-mfa`: the factors of a pool whose MFA is off have no effect.
    """
    said = dict(properties)
    template = said.get("VerificationMessageTemplate")
    if isinstance(template, Mapping):
        rest = dict(template)
        for inner, outer in _TEXTS.items():
            if inner in rest and rest[inner] == said.get(outer, rest[inner]):
                said[outer] = rest.pop(inner)
        said["VerificationMessageTemplate"] = rest
    schema = said.get("Schema")
    if isinstance(schema, list):
        said["Schema"] = [one for one in schema if not (isinstance(one, Mapping) and _says_nothing(one))]
    if said.get("MfaConfiguration", "OFF") == "OFF":
        said.pop("EnabledMfas", None)
    return said


def _says_nothing(attribute: Mapping[str, Any]) -> bool:
    """Whether a standard attribute is as it is in every pool: not required, and mutable."""
    said = {key: str(value).lower() for key, value in attribute.items()}
    usual = {"Required": "false", "Mutable": "true"}
    named = said.pop("Name", "") in _STANDARD and "Mutable" in said
    return named and all(usual.get(key) == value for key, value in said.items())


def client(properties: Mapping[str, Any]) -> dict[str, Any]:
    """A client. `provider-names`: its providers by what Cognito calls them, which is what `Ref` gives."""
    listed = properties.get("SupportedIdentityProviders")
    if not isinstance(listed, list):
        return dict(properties)
    return {**properties, "SupportedIdentityProviders": [_PROVIDER.sub(r"\1", str(one)) for one in listed]}


def attachment(properties: Mapping[str, Any], generation: Generation) -> dict[str, Any]:
    """Role mappings by what they map: the keys of the object are arbitrary.

    `token-without-groups`: a mapping of type Token gives the role that the token asks for, and a token asks for the
    role of a group. Where no group has a role it falls back as it says; to the authenticated role is what happens
    without a mapping.
    https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html
    """
    mappings = properties.get("RoleMappings")
    if not isinstance(mappings, Mapping):
        return dict(properties)
    roles = any(group.properties.get("RoleArn") for group in generation.of(GROUP))
    kept = [one for one in mappings.values() if isinstance(one, Mapping) and (roles or not _falls_back(one))]
    return {**properties, "RoleMappings": kept}


def _falls_back(mapping: Mapping[str, Any]) -> bool:
    return all(mapping.get(key) == value for key, value in TOKEN.items())


def provider(properties: Mapping[str, Any], side: Side) -> dict[str, Any]:
    """A sign-in provider.

    `provider-scopes`: the order of its scopes means nothing.

    `provider-secrets`: an id or secret that Gen 1 hands over is in Gen 2 the secret of the branch that is called after
    the provider and the field; any other one is another one.
    """
    details = properties.get("ProviderDetails")
    if not isinstance(details, Mapping):
        return dict(properties)
    said = {key: str(value).lower() if isinstance(value, bool) else value for key, value in details.items()}
    if isinstance(said.get("authorize_scopes"), str):
        said["authorize_scopes"] = sorted(re.split(r"[ ,]+", said["authorize_scopes"].strip()))
    for key in said.keys() & set(CREDENTIALS):
        name = str(properties.get("ProviderName", ""))
        secret = secret_name(name, key) if side is Side.GEN1 else _SECRET.sub(r"\1", str(said[key]))
        known = side is Side.GEN1 or _SECRET.fullmatch(str(said[key]))
        said[key] = f"<the secret {secret}>" if known else said[key]
    return {**properties, "ProviderDetails": said}
