"""Live user pools in Gen 2 code: `referenceAuth`, or `liveAuth` for pools that it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.auth.live_source import LIVE_AUTH
from migrator.categories.auth.model import (
    Client,
    ClientKind,
    Groups,
    HostedUi,
    IdentityPool,
    ImportedPool,
    MfaMode,
    SocialProvider,
    UserPool,
)
from migrator.categories.auth.targets import FEATURE, define, needs_own_factory
from migrator.core.ref import ResourceRef
from migrator.documents.traced import Traced
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Piece, Reference, Setting, Wiring
from migrator.typescript.build import call, member, obj
from migrator.typescript.nodes import Do, Expr

_NO_ROLE = "arn:aws:iam::000000000000:role/unknown"
"""In the place of a role that no file names: a text that CDK takes for an ARN."""
NO_POOL = "us-east-1_unknown"
"""In the place of a pool that no file names."""
_PROVIDERS = {
    "Google": "GOOGLE",
    "Facebook": "FACEBOOK",
    "LoginWithAmazon": "LOGIN_WITH_AMAZON",
    "SignInWithApple": "SIGN_IN_WITH_APPLE",
}
_FACTORS = (("sms", "SMS"), ("totp", "TOTP"))


def live_pool(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """The live pool of Gen 1, with its groups."""
    yield from _referred(fact, context, {})
    if needs_own_factory(context, fact.resource):
        yield Asset(FEATURE, "auth/live.ts", LIVE_AUTH, "AUTH300")
        body = (Do(call(member("backend", "addOutput"), obj({"auth": obj(_output(fact, context), True)}, True))),)
        yield Wiring(FEATURE, body, "AUTH300", owner=fact.resource)


def imported(fact: Fact[ImportedPool], context: Context) -> Iterator[Piece]:
    """A pool that Gen 1 had imported."""
    node = fact.node
    yield from _referred(fact, context, {"AuthRoleArn": node.auth_role, "UnauthRoleArn": node.unauth_role})
    if needs_own_factory(context, fact.resource):
        yield Asset(FEATURE, "auth/live.ts", LIVE_AUTH, "AUTH310")
        body = (
            Do(call(member("backend", "addOutput"), obj({"auth": obj(_imported_output(fact, context), True)}, True))),
        )
        yield Wiring(FEATURE, body, "AUTH310", owner=fact.resource)


def kept_live(fact: Fact[Any], context: Context) -> Iterator[Piece]:
    """Nothing to write: it is a part of the live pool and stays as it is."""
    return iter(())


def _referred(fact: Fact[Any], context: Context, roles: dict[str, str]) -> Iterator[Piece]:
    ref, definition = fact.resource, define(fact, context)
    ids = (
        ("userPoolId", "UserPoolId"),
        ("userPoolClientId", "AppClientIDWeb"),
        ("identityPoolId", "IdentityPoolId"),
    )
    for key, output in ids:
        yield Setting(definition, key, _live_id(ref, output, context), "AUTH300")
    for key, role in (("authRoleArn", "AuthRoleArn"), ("unauthRoleArn", "UnauthRoleArn")):
        known = roles.get(role) or live_role(context, role)
        yield Setting(definition, key, Reference(ref, role, known, _NO_ROLE), "AUTH300")
    for groups in context.graph.facts(Groups):
        for name in groups.node.names:
            known = _group_role(context, groups.resource, ref, name)
            role_arn = Reference(groups.resource, f"{name}GroupRole", known, _NO_ROLE)
            yield Setting(definition, f"groups.{name}", role_arn, "AUTH300")


def _live_id(ref: ResourceRef, output: str, context: Context) -> Reference:
    """An id of the live pool; CDK takes no empty text for the pool itself."""
    return Reference(ref, output, stand_in=NO_POOL if output == "UserPoolId" else "")


def live_role(context: Context, key: str) -> str:
    """The ARN of Gen 1's role for users or guests."""
    said: Traced[str] = context.app.cursor("providers").get("awscloudformation", key).text()
    return said.or_else(context.app.cursor("team-provider").get(key).text()).value


def _group_role(context: Context, groups: ResourceRef, pool: ResourceRef, name: str) -> str:
    """A group's role: its output, or the name that the CLI gives it in the account of the users' role."""
    entry, pool_entry = context.app.entry(groups), context.app.entry(pool)
    known = entry.output(f"{name}GroupRole").value if entry else ""
    if known.startswith("arn:"):
        return known
    pool_id = pool_entry.output("UserPoolId").value if pool_entry else ""
    account = live_role(context, "AuthRoleArn").split(":")[4:5]
    return f"arn:aws:iam::{account[0]}:role/{pool_id}-{name}GroupRole" if pool_id and account else ""


def _output(fact: Fact[UserPool], context: Context) -> dict[str, Any]:
    """What clients read of the pool, in the words of `amplify_outputs.json`."""
    pool = fact.node
    password = pool.password
    identity = next((f.node for f in context.graph.facts(IdentityPool, fact.resource)), IdentityPool())
    said: dict[str, Any] = {
        **_ids(fact.resource, context),
        "password_policy": {
            "min_length": password.length,
            "require_lowercase": password.lowercase,
            "require_uppercase": password.uppercase,
            "require_numbers": password.numbers,
            "require_symbols": password.symbols,
        },
        "standard_required_attributes": [a.name for a in pool.attributes if a.required and not a.custom],
        "username_attributes": list(pool.username_attributes) or ["username"],
        "user_verification_types": list(pool.verification.attributes),
        "unauthenticated_identities_enabled": identity.guests,
        "mfa_configuration": {MfaMode.OFF: "NONE", MfaMode.ON: "REQUIRED", MfaMode.OPTIONAL: "OPTIONAL"}[pool.mfa.mode],
        "mfa_methods": [word for name, word in _FACTORS if getattr(pool.mfa, name)],
    }
    if groups := [g.node for g in context.graph.facts(Groups) if g.node.names]:
        listed = zip(groups[0].names, groups[0].precedences, strict=True)
        said["groups"] = [{name: {"precedence": precedence}} for name, precedence in listed]
    return said | _oauth(fact, context)


def _ids(ref: ResourceRef, context: Context) -> dict[str, Expr]:
    return {
        "aws_region": member("backend", "stack.region"),
        "user_pool_id": _live_id(ref, "UserPoolId", context),
        "user_pool_client_id": Reference(ref, "AppClientIDWeb"),
        "identity_pool_id": Reference(ref, "IdentityPoolId"),
    }


def _oauth(fact: Fact[UserPool], context: Context) -> dict[str, Any]:
    web = next((c.node for c in context.graph.facts(Client, fact.resource) if c.node.kind is ClientKind.WEB), Client())
    domain = next((ui.node.domain for ui in context.graph.facts(HostedUi, fact.resource)), "")
    if not (web.oauth.enabled and domain):
        return {}
    providers = (p.node.provider for p in context.graph.facts(SocialProvider, fact.resource))
    region = context.app.region.value or "us-east-1"
    return {
        "oauth": {
            "identity_providers": [_PROVIDERS[name] for name in providers if name in _PROVIDERS],
            "domain": f"{domain}.auth.{region}.amazoncognito.com",
            "scopes": list(web.oauth.scopes),
            "redirect_sign_in_uri": list(web.oauth.callbacks),
            "redirect_sign_out_uri": list(web.oauth.logouts),
            "response_type": "code" if "code" in web.oauth.flows else "token",
        }
    }


def _imported_output(fact: Fact[ImportedPool], context: Context) -> dict[str, Any]:
    """What the CLI noted of an imported pool."""
    node = fact.node
    classes = ("lowercase", "uppercase", "numbers", "symbols")
    factors = " ".join(node.settings.get("mfaTypes", ()))
    characters = " ".join(node.settings.get("passwordPolicyCharacters", ())).upper()
    mode = {"ON": "REQUIRED", "OPTIONAL": "OPTIONAL"}.get(str(node.settings.get("mfaConfiguration", "")), "NONE")
    length = str(node.settings.get("passwordPolicyMinLength", "") or "8")
    return {
        **_ids(fact.resource, context),
        "password_policy": {
            "min_length": int(length) if length.isdigit() else 8,
            **{f"require_{word}": word.upper() in characters for word in classes},
        },
        "standard_required_attributes": list(node.settings.get("requiredAttributes", ())),
        "username_attributes": list(node.username_attributes) or ["username"],
        "user_verification_types": list(node.settings.get("autoVerifiedAttributes", ())),
        "unauthenticated_identities_enabled": node.guests,
        "mfa_configuration": mode,
        "mfa_methods": [word for word in ("SMS", "TOTP") if word in factors],
    }
