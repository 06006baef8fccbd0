"""Conditions that a property test cannot say, and what `defineAuth` would do by itself."""

from __future__ import annotations

import re
from typing import Any

from migrator.categories.auth.model import (
    Attribute,
    Client,
    ClientKind,
    Group,
    Groups,
    IdentityPool,
    ImportedPool,
    MfaMode,
    SocialProvider,
    Trigger,
    TriggerPolicy,
    UserPool,
)
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact

POOL_WORDS = ("UserPool.Arn", "UserPool")
"""What statements call the pool."""
_HOLE = re.compile(r"\$\{([^{}]+)\}")
_FIXED = ("AWS::", "aws:", "cognito-identity.amazonaws.com:", "cognito-idp", "www.amazon.com:", "graph.facebook.com:")
"""Pseudo parameters, and variables that IAM fills in itself."""
ADDRESSES = ("email", "phone_number")
_EMAIL_RECOVERY = {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]}
_PHONE_RECOVERY = {"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 1}]}


def logins(pool: UserPool) -> tuple[str, ...]:
    """What `loginWith` names: the addresses that users sign in with, or, for user names, those that are verified."""
    wanted = pool.username_attributes or pool.verification.attributes or ("email",)
    return tuple(address for address in ADDRESSES if address in wanted)


def other_verification(fact: Fact[UserPool], context: Context) -> bool:
    """Whether other addresses are verified than those that `loginWith` names."""
    return set(fact.node.verification.attributes) != set(logins(fact.node))


def other_update(fact: Fact[UserPool], context: Context) -> bool:
    """Whether other addresses wait for verification before they change."""
    return set(fact.node.verification.before_update) != set(logins(fact.node))


def email_beside_login(fact: Fact[UserPool], context: Context) -> bool:
    """Whether `loginWith` has no place for the texts of e-mails."""
    return "email" not in logins(fact.node) or not _as_code(fact.node.verification.email_message)


def sms_beside_login(fact: Fact[UserPool], context: Context) -> bool:
    """Whether SMS are sent and `loginWith` has no place for their text."""
    plain = "phone_number" in logins(fact.node) and _as_code(fact.node.verification.sms_message)
    return fact.node.sms.enabled and not plain


def _as_code(message: str) -> bool:
    """Whether a text can be said as a function of the code; without one, `loginWith` says a text of CDK's own."""
    return "{####}" in message


def native_mfa(fact: Fact[UserPool], context: Context) -> bool:
    """Whether `multifactor` can say it; it wants SMS when users sign in with a phone number."""
    pool = fact.node
    phone_alone = "phone_number" in logins(pool) and not pool.mfa.sms
    return pool.mfa.mode is not MfaMode.OFF and (pool.mfa.sms or pool.mfa.totp) and not phone_alone


def sms_by_itself(pool: UserPool) -> bool:
    """Whether `defineAuth` makes the role for SMS without being told to."""
    native = pool.mfa.mode is not MfaMode.OFF and pool.mfa.sms
    return "phone_number" in logins(pool) or native


def other_recovery(fact: Fact[UserPool], context: Context) -> bool:
    """Whether forgotten passwords are recovered in another way than `defineAuth` chooses."""
    own = _EMAIL_RECOVERY if "email" in logins(fact.node) else _PHONE_RECOVERY
    return bool(fact.node.recovery != own)


def plain_attributes(fact: Fact[UserPool], context: Context) -> bool:
    """Whether `userAttributes` can say all of the schema."""
    return all(_plain(attribute) for attribute in fact.node.attributes)


def _plain(attribute: Attribute) -> bool:
    limited = attribute.minimum not in (None, 0) or attribute.maximum not in (None, 2048)
    return not (attribute.developer_only or (attribute.required if attribute.custom else limited))


def other_refresh(fact: Fact[Client], context: Context) -> bool:
    """Whether refresh tokens are not good for Cognito's 30 days."""
    validity = fact.node.validity
    return validity.refresh != 30 or validity.refresh_unit in ("hours", "minutes", "seconds")


def odd_units(fact: Fact[Client], context: Context) -> bool:
    """Whether a validity has a unit that is none."""
    validity = fact.node.validity
    units = ("seconds", "minutes", "hours", "days")
    return any(unit not in units for unit in (validity.refresh_unit, validity.access_unit, validity.id_unit))


def other_flows(fact: Fact[Client], context: Context) -> bool:
    """Whether OAuth uses other flows than the authorization code."""
    return fact.node.oauth.enabled and fact.node.oauth.flows != ("code",)


def other_scopes(fact: Fact[Client], context: Context) -> bool:
    """Whether there are scopes that `defineAuth` has no word for."""
    from migrator.categories.auth.transforms import SCOPES

    return any(scope not in SCOPES for scope in fact.node.oauth.scopes)


def social_only(fact: Fact[Client], context: Context) -> bool:
    """Whether the hosted UI offers no sign-in with the pool's own users."""
    providers = fact.node.oauth.providers
    return fact.node.kind is ClientKind.WEB and bool(providers) and "COGNITO" not in providers


def has_social_providers(fact: Fact[IdentityPool], context: Context) -> bool:
    """Whether the hosted UI has providers; `defineAuth` lets them into the identity pool as well."""
    return bool(context.graph.facts(SocialProvider, fact.resource))


def has_groups(fact: Fact[IdentityPool], context: Context) -> bool:
    """Whether the pool has groups, whose roles users get by their token."""
    return any(groups.node.names for groups in context.graph.facts(Groups))


def has_native_client(context: Context, ref: ResourceRef) -> bool:
    """Whether the pool has the second client."""
    return any(client.node.kind is ClientKind.NATIVE for client in context.graph.facts(Client, ref))


def counted_from_zero(fact: Fact[Groups], context: Context) -> bool:
    """Whether the precedences are those of Gen 2."""
    return fact.node.precedences == tuple(range(len(fact.node.names)))


def function_exists(fact: Fact[Trigger], context: Context) -> bool:
    """Whether the function is part of the project and Gen 2 has a word for the event."""
    from migrator.categories.auth.transforms import EVENTS

    return _convertible(fact.node.function, context) and fact.node.event in EVENTS


def policy_function_exists(fact: Fact[TriggerPolicy], context: Context) -> bool:
    """Whether the function that the policy is for is part of the project, and the policy speaks of known things."""
    return _convertible(fact.node.function, context) and sayable(fact.node.statements)


def unsayable_policies(fact: Fact[Group], context: Context) -> bool:
    """Whether policies of the group speak of resources that only Gen 1's template knows."""
    return not all(sayable(statements) for _, statements in fact.node.policies)


def sayable(statements: tuple[Any, ...]) -> bool:
    """Whether statements name nothing of Gen 1's template but the pool."""
    holes: set[str] = set(_HOLE.findall(str(statements)))
    return all(hole in POOL_WORDS or hole == "env" or hole.startswith(_FIXED) for hole in holes)


def _convertible(function: str, context: Context) -> bool:
    resource = context.graph.get(ResourceRef("function", function))
    return resource is not None and resource.convertible and resource.ref in context.features


def word_for_recovery(fact: Fact[UserPool], context: Context) -> bool:
    """Whether `defineAuth` has a word for the order of recovery."""
    from migrator.categories.auth.transforms import recovery_word

    return recovery_word(fact.node.recovery) is not None


def live_ids_unknown(fact: Fact[UserPool | ImportedPool], context: Context) -> bool:
    """Whether no file says the ids of the live pool, its client and its roles."""
    entry = context.app.entry(fact.resource)
    ids = ("UserPoolId", "AppClientIDWeb", "IdentityPoolId")
    return entry is None or not all(entry.output(name).value for name in ids)


def live_without_identity_pool(fact: Fact[UserPool | ImportedPool], context: Context) -> bool:
    """Whether the live pool stands alone."""
    if isinstance(fact.node, ImportedPool):
        return not fact.node.identity_pool
    return any(not pool.node.exists for pool in context.graph.facts(IdentityPool, fact.resource))


def has_admin_api(fact: Fact[UserPool], context: Context) -> bool:
    """Whether the API of the admin queries is there, and can be converted."""
    api = context.graph.get(ResourceRef("api", "AdminQueries"))
    return api is not None and api.convertible
