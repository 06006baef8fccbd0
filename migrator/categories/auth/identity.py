"""Reading the identity pool."""

from __future__ import annotations

from typing import Any

from migrator.categories.auth.model import IdentityPool
from migrator.categories.auth.pool import other_properties
from migrator.categories.auth.settings import Settings
from migrator.categories.auth.words import IDENTITY_POOL_PROPERTIES
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template

_PROVIDERS = {
    "graph.facebook.com": "facebookAppId",
    "accounts.google.com": "googleClientId",
    "www.amazon.com": "amazonAppId",
    "appleid.apple.com": "appleAppId",
}
_OWN_ROLES = {"authenticated": "${AuthRole.Arn}", "unauthenticated": "${UnauthRole.Arn}"}


def identity_pool_fact(entry: Entry, settings: Settings, template: Template | None) -> Fact[IdentityPool]:
    """The identity pool; a fact also when there is none, because Gen 2 makes one."""
    chosen = settings.flag("allowUnauthenticatedIdentities")
    selected = settings.text("authSelections", "identityPoolAndUserPool")
    federated, audiences = _federated(settings)
    values: dict[str, Traced[Any]] = {
        "name": settings.text("identityPoolName"),
        "exists": selected.map(lambda said: said != "userPoolOnly"),
        "guests": chosen,
        "federated": federated,
        "audiences": audiences,
    }
    if template is None:
        return fact(IdentityPool, entry.ref, "identity-pool", values)
    pool = next(iter(template.resources("AWS::Cognito::IdentityPool")), None)
    values["exists"] = traced(pool is not None, selected)
    if pool is not None:
        built = _built(template, pool.properties)
        values = {path: built.pop(path).also(value) if path in built else value for path, value in values.items()}
        values |= built
        values["exists"] = values["exists"].also(pool.declared, pool.depends_on)
    return fact(IdentityPool, entry.ref, "identity-pool", values)


def _built(template: Template, p: Cursor) -> dict[str, Traced[Any]]:
    values: dict[str, Traced[Any]] = {
        "name": p.get("IdentityPoolName").text(),
        "guests": p.get("AllowUnauthenticatedIdentities").flag(),
        "federated": p.get("SupportedLoginProviders").whole().map(_texts),
        "openid": p.get("OpenIdConnectProviderARNs").texts(),
        "own_providers": _own_providers(p.get("CognitoIdentityProviders")),
        "other": other_properties(p, IDENTITY_POOL_PROPERTIES),
    }
    attachment = next(iter(template.resources("AWS::Cognito::IdentityPoolRoleAttachment")), None)
    if attachment is not None:
        a = attachment.properties
        roles = a.get("Roles").whole().also(a.get("IdentityPoolId").text(), attachment.declared, attachment.depends_on)
        values["roles"] = roles.map(lambda said: None if said == _OWN_ROLES else said)
        values["role_mappings"] = a.get("RoleMappings").whole()
    return values


def _own_providers(listed: Cursor) -> Traced[bool]:
    """Whether exactly the two clients of the pool are accepted."""
    clients = gather(element.get("ClientId").text().also(element.whole()) for element in listed.elements())
    return clients.map(lambda said: set(said) == {"${UserPoolClient}", "${UserPoolClientWeb}"})


def _federated(settings: Settings) -> tuple[Traced[dict[str, str]], Traced[tuple[str, ...]]]:
    """Providers whose tokens the identity pool takes, with the app's id at each."""
    wanted = settings.texts("authProviders").also(settings.flag("thirdPartyAuth"))
    ids = {host: settings.text(name) for host, name in _PROVIDERS.items()}
    named = {host: found.value for host, found in ids.items() if host in wanted.value and found.value}
    apps = [settings.text(name) for name in ("googleIos", "googleAndroid")]
    audiences = settings.texts("audiences").also(*apps)
    if not audiences.value:
        audiences = traced(tuple(app.value for app in apps if app.value), audiences)
    return traced(named, wanted, *ids.values()), audiences if audiences.present else absent(())


def _texts(value: Any) -> dict[str, str]:
    return {str(key): str(item) for key, item in value.items()} if isinstance(value, dict) else {}
