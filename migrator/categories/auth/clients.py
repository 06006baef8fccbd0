"""Reading app clients, the hosted UI and its providers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.auth.model import Client, ClientKind, FederatedProvider, HostedUi, SocialProvider
from migrator.categories.auth.pool import other_properties
from migrator.categories.auth.settings import Settings
from migrator.categories.auth.words import CLIENT_PROPERTIES, CREDENTIALS
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

_KINDS = {"UserPoolClientWeb": ClientKind.WEB, "UserPoolClient": ClientKind.NATIVE}
_CLIENT_IDS = {
    "Facebook": "facebookAppIdUserPool",
    "Google": "googleAppIdUserPool",
    "LoginWithAmazon": "loginwithamazonAppIdUserPool",
    "SignInWithApple": "signinwithappleClientIdUserPool",
}
"""Where `team-provider-info.json` keeps the client id of each provider."""


def client_facts(entry: Entry, settings: Settings, template: Template | None) -> Iterator[Fact[Client]]:
    """The web client, the native one, and those that an override adds."""
    clients = list(template.resources("AWS::Cognito::UserPoolClient")) if template else []
    chosen = {kind: _chosen(settings, kind) for kind in (ClientKind.WEB, ClientKind.NATIVE)}
    if template is None:
        for kind, values in chosen.items():
            yield fact(Client, entry.ref, kind.value, {**values, **_said_oauth(settings.data("oAuthMetadata"))})
    for client in clients:
        kind = _KINDS.get(client.logical_id, ClientKind.OTHER)
        values = _built(client)
        for attribute, value in chosen.get(kind, {}).items():
            values[attribute] = values.get(attribute, absent(None)).also(value)
        if kind is not ClientKind.OTHER and template:
            values |= _hosted(template, values, settings.data("oAuthMetadata"))
        yield fact(Client, entry.ref, _key(kind, client), {**values, "kind": absent(kind)})


def _key(kind: ClientKind, client: TemplateResource) -> str:
    return client.logical_id if kind is ClientKind.OTHER else kind.value


def _built(client: TemplateResource) -> dict[str, Traced[Any]]:
    p = client.properties
    units = p.get("TokenValidityUnits")
    return {
        "name": p.get("ClientName").text().also(client.declared, client.depends_on, p.get("UserPoolId").text()),
        "secret": p.get("GenerateSecret").flag(),
        "validity.refresh": p.get("RefreshTokenValidity").integer(30),
        "validity.refresh_unit": units.get("RefreshToken").text("days"),
        "validity.access": p.get("AccessTokenValidity").integer(),
        "validity.access_unit": units.get("AccessToken").text("hours"),
        "validity.id": p.get("IdTokenValidity").integer(),
        "validity.id_unit": units.get("IdToken").text("hours"),
        "read": p.get("ReadAttributes").texts(),
        "write": p.get("WriteAttributes").texts(),
        "oauth.enabled": p.get("AllowedOAuthFlowsUserPoolClient").flag(),
        "oauth.flows": p.get("AllowedOAuthFlows").texts(),
        "oauth.scopes": p.get("AllowedOAuthScopes").texts(),
        "oauth.callbacks": p.get("CallbackURLs").texts(),
        "oauth.logouts": p.get("LogoutURLs").texts(),
        "oauth.providers": p.get("SupportedIdentityProviders").texts(),
        "flows": p.get("ExplicitAuthFlows").texts(),
        "user_existence_errors": p.get("PreventUserExistenceErrors").text(),
        "other": other_properties(p, CLIENT_PROPERTIES),
    }


def _chosen(settings: Settings, kind: ClientKind) -> dict[str, Traced[Any]]:
    """What the user chose for the clients; a secret is for the native one alone."""
    chosen = settings.flag("userpoolClientSetAttributes")
    values: dict[str, Traced[Any]] = {
        "kind": absent(kind),
        "validity.refresh": settings.integer("userpoolClientRefreshTokenValidity", 30),
        "read": settings.texts("userpoolClientReadAttributes").map(lambda names: names if chosen.value else ()),
        "write": settings.texts("userpoolClientWriteAttributes").map(lambda names: names if chosen.value else ()),
    }
    values["read"] = values["read"].also(chosen)
    if kind is ClientKind.NATIVE:
        values["secret"] = settings.flag("userpoolClientGenerateSecret")
    return values


def _hosted(template: Template, built: Mapping[str, Traced[Any]], said: Traced[Any]) -> dict[str, Traced[Any]]:
    """OAuth of the client; before CLI 12.2.5 a function (`OAuthCustomResource`) sets it."""
    callout = template.resource("OAuthCustomResourceInputs")
    metadata = callout.properties.get("oAuthMetadata").embedded() if callout else absent(None)
    ui = template.resource("HostedUICustomResourceInputs")
    if not metadata.value and (built["oauth.flows"].present or not ui):
        return {"oauth.enabled": built["oauth.enabled"].also(said, metadata)}
    values = _said_oauth(metadata.also(said) if metadata.value else said)
    return {path: value.also(built[path]) for path, value in values.items()}


def _said_oauth(metadata: Traced[Any]) -> dict[str, Traced[Any]]:
    """`oAuthMetadata`."""
    data = metadata.value if isinstance(metadata.value, dict) else {}

    def listed(key: str) -> Traced[tuple[str, ...]]:
        value = data.get(key)
        return traced(tuple(str(item) for item in value) if isinstance(value, list) else (), metadata)

    return {
        "oauth.enabled": traced(bool(data.get("AllowedOAuthFlows")), metadata),
        "oauth.flows": listed("AllowedOAuthFlows"),
        "oauth.scopes": listed("AllowedOAuthScopes"),
        "oauth.callbacks": listed("CallbackURLs"),
        "oauth.logouts": listed("LogoutURLs"),
    }


def hosted_ui(entry: Entry, settings: Settings, template: Template | None) -> Iterator[Fact[Any]]:
    """The hosted UI's domain and its providers."""
    callout = template.resource("HostedUICustomResourceInputs") if template else None
    chosen = settings.flag("hostedUI")
    name = settings.text("hostedUIDomainName")
    domain = name.map(lambda prefix: f"{prefix}-{entry.app.env}" if prefix and entry.app.env else prefix)
    if callout:
        p = callout.properties
        domain = p.get("hostedUIDomainName").text().also(p.get("userPoolId").text(), callout.declared, domain)
    live = entry.output("HostedUIDomain")
    values: dict[str, Traced[Any]] = {"domain": domain.also(chosen, live)}
    if domain.value or chosen.value:
        yield fact(HostedUi, entry.ref, "hosted-ui", values)
    yield from _providers(entry, settings, template)
    yield from _federated(entry, template)


def _providers(entry: Entry, settings: Settings, template: Template | None) -> Iterator[Fact[SocialProvider]]:
    callout = template.resource("HostedUIProvidersCustomResourceInputs") if template else None
    said = settings.data("hostedUIProviderMeta").also(settings.texts("authProvidersUserPool"))
    if callout:
        p = callout.properties
        said = p.get("hostedUIProviderMeta").embedded().also(said, p.get("userPoolId").text(), callout.declared)
    for provider in said.value if isinstance(said.value, list) else ():
        if isinstance(provider, dict) and provider.get("ProviderName"):
            yield _provider(entry, provider, said)


def _provider(entry: Entry, meta: dict[str, Any], said: Traced[Any]) -> Fact[SocialProvider]:
    name = str(meta["ProviderName"])
    scopes = str(meta.get("authorize_scopes", "")).replace(",", " ").split()
    mapping = meta.get("AttributeMapping")
    team: Cursor = entry.cursor("team-provider")
    values: dict[str, Traced[Any]] = {
        "provider": traced(name, said),
        "scopes": traced(tuple(scopes), said),
        "mapping": traced(mapping if isinstance(mapping, dict) else {}, said),
        "client_id": team.get(_CLIENT_IDS.get(name, "")).text(),
    }
    return fact(SocialProvider, entry.ref, name, values)


def _federated(entry: Entry, template: Template | None) -> Iterator[Fact[FederatedProvider]]:
    """Providers that the template declares; the CLI itself makes its providers by a function."""
    for resource in template.resources("AWS::Cognito::UserPoolIdentityProvider") if template else ():
        p = resource.properties
        said = list(p.get("ProviderDetails").items())
        details = {key: cursor.whole() for key, cursor in said if key not in CREDENTIALS}
        hidden = [cursor.whole() for key, cursor in said if key in CREDENTIALS]
        mapping = p.get("AttributeMapping").whole()
        noted = (resource.declared, resource.depends_on, p.get("UserPoolId").text())
        values: dict[str, Traced[Any]] = {
            "type": p.get("ProviderType").text(),
            "name": p.get("ProviderName").text().also(*noted),
            "details": traced({key: value.value for key, value in details.items()}, *details.values()),
            "mapping": mapping.map(lambda value: value if isinstance(value, dict) else {}),
            "identifiers": p.get("IdpIdentifiers").texts(),
            "credentials": traced(tuple(key for key, _ in said if key in CREDENTIALS), *hidden),
        }
        name: Traced[str] = values["name"]
        yield fact(FederatedProvider, entry.ref, name.value or resource.logical_id, values)
