"""App clients, the hosted UI and the identity pool in wiring code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.auth.model import Client, ClientKind, IdentityPool, SocialProvider
from migrator.categories.auth.targets import (
    BACKEND,
    CFN_ATTACHMENT,
    CFN_CLIENT,
    CFN_IDENTITY_POOL,
    CFN_USER_POOL,
    FEATURE,
    NATIVE_CLIENT,
    STACK,
    USER_POOL,
    define,
)
from migrator.categories.auth.transforms import ATTRIBUTES
from migrator.categories.auth.transforms import unit_of_time as unit
from migrator.categories.auth.words import secret_name
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Local, Override, Piece, Registration, Secret, Setting, Wiring
from migrator.gen2.cdk import property_name, property_value
from migrator.typescript.build import arr, assign, call, const, expr, member, new, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import (
    As,
    Comment,
    Do,
    Expr,
    ForOf,
    Lit,
    Member,
    Name,
    Stmt,
    Template,
    TypeName,
    Undefined,
)

COGNITO = "aws-cdk-lib/aws-cognito"
_OAUTH = ("AllowedOAuthFlows", "AllowedOAuthFlowsUserPoolClient", "AllowedOAuthScopes", "CallbackURLs")
REDIRECT = "https://DOMAIN/oauth2/idpresponse"
"""Where Cognito waits for the answer of a provider; each branch has a domain of its own.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-social-idp.html
"""
_CONSOLES = {
    "Google": "https://console.cloud.google.com/apis/credentials",
    "Facebook": "https://developers.facebook.com/apps",
    "LoginWithAmazon": "https://developer.amazon.com/loginwithamazon/console/site/lwa/overview.html",
    "SignInWithApple": "https://developer.apple.com/account/resources/identifiers/list/serviceId",
}
_WORDS = {
    "Google": "google",
    "Facebook": "facebook",
    "LoginWithAmazon": "loginWithAmazon",
    "SignInWithApple": "signInWithApple",
}
"""By provider, its word in `externalProviders`."""
_FIELDS = {"client_id": "clientId", "client_secret": "clientSecret"}
_APPLE = {"client_id": "clientId", "team_id": "teamId", "key_id": "keyId", "private_key": "privateKey"}
"""By Cognito's name, the field of `externalProviders` that a secret fills."""


def without_oauth(fact: Fact[Client], context: Context) -> Iterator[Piece]:
    """Takes back the OAuth settings that `defineAuth` gives every client."""
    names = arr((*_OAUTH, "SupportedIdentityProviders"))
    clear = Do(call(Member(Local(CFN_CLIENT), "addPropertyDeletionOverride"), Name("property")))
    body = (Comment("There is no hosted UI, so the client has no OAuth."), ForOf("property", names, (clear,)))
    yield Wiring(FEATURE, body, "AUTH104", order=15, owner=fact.resource)


def redirects(fact: Fact[Client], context: Context) -> Iterator[Piece]:
    """Callback and logout URLs; `defineAuth` wants one of each, so an empty list is emptied again afterwards."""
    definition, oauth = define(fact, context), fact.node.oauth
    known = oauth.callbacks or oauth.logouts or ("https://example.com",)
    path = "loginWith.externalProviders"
    for key, property_, urls in (
        ("callbackUrls", "callbackUrLs", oauth.callbacks),
        ("logoutUrls", "logoutUrLs", oauth.logouts),
    ):
        yield Setting(definition, f"{path}.{key}", arr(urls or known), "AUTH105")
        if not urls:
            yield Override(CFN_CLIENT, property_, Undefined(), "AUTH105")


def response_type(fact: Fact[Client], context: Context) -> Iterator[Piece]:
    """What clients read as `response_type`: `code` or `token`; the flows' own names are no such words."""
    output = call(member("backend", "stack.node.findChild"), "oauthResponseType")
    target = Member(As(output, TypeName("CfnOutput", "aws-cdk-lib")), "value")
    word = "code" if "code" in fact.node.oauth.flows else "token"
    yield Wiring(FEATURE, (assign(target, word),), "AUTH106", order=16, owner=fact.resource)


def own_users_excluded(fact: Fact[Client], context: Context) -> Iterator[Piece]:
    """The hosted UI without sign-in of the pool's own users."""
    from migrator.typescript.build import arrow
    from migrator.typescript.nodes import Binary

    providers = Member(Local(CFN_CLIENT), "supportedIdentityProviders")
    kept = arrow("provider", Binary("!==", Name("provider"), Lit("COGNITO")))
    filtered = call(Member(providers, "filter", optional=True), kept)
    yield Wiring(FEATURE, (assign(providers, filtered),), "AUTH107", order=17, owner=fact.resource)


def second_client(fact: Fact[Client], context: Context) -> Iterator[Piece]:
    """A client beside the one of `defineAuth`; the L1 construct sets only what it is told."""
    native = fact.node.kind is ClientKind.NATIVE
    variable = NATIVE_CLIENT if native else identifier(fact.key)
    name = "NativeClient" if native else fact.key
    web = next((c.node for c in context.graph.facts(Client, fact.resource) if c.node.kind is ClientKind.WEB), None)
    own = _properties(fact.node, web)
    properties = obj({"userPoolId": member(Local(USER_POOL), "userPoolId"), **own}, True)
    made = new(Name("CfnUserPoolClient", COGNITO), STACK, Lit(name), properties)
    body: list[Stmt] = [const(variable, made) if native else Do(made)]
    if native:
        output = obj({"custom": obj({"nativeClientId": Member(Name(variable), "ref")})})
        body.append(Do(call(member("backend", "addOutput"), output)))
    exports = (variable,) if native else ()
    yield Wiring(FEATURE, tuple(body), "AUTH110", order=30, exports=exports, owner=fact.resource)
    if native and _accepts_both(fact, context):
        yield Wiring(FEATURE, (assign(*_accepted()),), "AUTH110", order=31, owner=fact.resource)


def _accepts_both(fact: Fact[Client], context: Context) -> bool:
    """Whether the identity pool takes users of both clients in Gen 1; `defineAuth` lets in those of its own."""
    pools = context.graph.facts(IdentityPool, fact.resource)
    return all(pool.node.exists and pool.node.own_providers for pool in pools)


def _properties(client: Client, web: Client | None) -> dict[str, Expr]:
    """The properties that the client has; lists that it shares with the web client are taken from there."""
    said: dict[str, Any] = {"generateSecret": client.secret, **_validity(client)}
    shared = web or Client()
    oauth = client.oauth
    lists = [
        ("readAttributes", client.read, shared.read),
        ("writeAttributes", client.write, shared.write),
        ("explicitAuthFlows", client.flows, shared.flows),
    ]
    if oauth.enabled:
        said["allowedOAuthFlowsUserPoolClient"] = True
        lists += [
            ("allowedOAuthFlows", oauth.flows, shared.oauth.flows),
            ("allowedOAuthScopes", oauth.scopes, shared.oauth.scopes),
            ("callbackUrLs", oauth.callbacks, shared.oauth.callbacks),
            ("logoutUrLs", oauth.logouts, shared.oauth.logouts),
        ]
    for name, own, other in lists:
        if own:
            said[name] = Member(Local(CFN_CLIENT), name) if own == other else list(own)
    if oauth.enabled:
        said["supportedIdentityProviders"] = Member(Local(CFN_CLIENT), "supportedIdentityProviders")
    if client.user_existence_errors:
        said["preventUserExistenceErrors"] = client.user_existence_errors
    said |= {property_name(key): property_value(value) for key, value in client.other.items()}
    return {key: expr(value) for key, value in said.items()}


def _validity(client: Client) -> dict[str, Any]:
    validity = client.validity
    said: dict[str, Any] = {}
    units = {}
    for word, value, given in (
        ("refreshToken", validity.refresh, validity.refresh_unit),
        ("accessToken", validity.access, validity.access_unit),
        ("idToken", validity.id, validity.id_unit),
    ):
        if value and (word != "refreshToken" or (value, unit(given)) != (30, "days")):
            said[f"{word}Validity"] = value
            units[word] = unit(given)
    return said | ({"tokenValidityUnits": units} if units else {})


def _accepted() -> tuple[Expr, Expr]:
    """The identity pool takes users of both clients."""
    provider = Member(Local(CFN_USER_POOL), "attrProviderName")
    clients = (Member(Name(NATIVE_CLIENT), "ref"), Member(Local(CFN_CLIENT), "ref"))
    listed = arr(obj({"clientId": client, "providerName": provider}) for client in clients)
    return Member(Local(CFN_IDENTITY_POOL), "cognitoIdentityProviders"), listed


def role_mappings(fact: Fact[IdentityPool], context: Context) -> Iterator[Piece]:
    """Users of groups get the group's role, with either client."""
    from migrator.categories.auth.checks import has_native_client

    if not has_native_client(context, fact.resource):
        return
    clients = {"UserPoolWebClientRoleMapping": Local(CFN_CLIENT), "UserPoolClientRoleMapping": Name(NATIVE_CLIENT)}
    provider = Member(Local(CFN_USER_POOL), "attrProviderName")
    mappings = {
        name: obj(
            {
                "type": "Token",
                "ambiguousRoleResolution": "AuthenticatedRole",
                "identityProvider": Template((provider, ":", Member(client, "ref"))),
            },
            True,
        )
        for name, client in clients.items()
    }
    body = (assign(Member(Local(CFN_ATTACHMENT), "roleMappings"), obj(mappings, True)),)
    yield Wiring(FEATURE, body, "AUTH147", order=32, owner=fact.resource)


def google_audiences(fact: Fact[IdentityPool], context: Context) -> Iterator[Piece]:
    """The account's OpenID Connect provider for Google, which Gen 1 made; an account can have only one."""
    arn = Template(("arn:aws:iam::", member("backend", "stack.account"), ":oidc-provider/accounts.google.com"))
    yield Override(CFN_IDENTITY_POOL, "openIdConnectProviderArns", arr([arn]), "AUTH143")


def social_provider(fact: Fact[SocialProvider], context: Context) -> Iterator[Piece]:
    """A provider of the hosted UI; its id and secret are entered as secrets."""
    definition = define(fact, context)
    provider, word = fact.node.provider, _WORDS[fact.node.provider]
    fields = _APPLE if provider == "SignInWithApple" else _FIELDS
    names = {field: secret_name(provider, detail) for detail, field in fields.items()}
    said: dict[str, Any] = {field: call(Name("secret", BACKEND), name) for field, name in names.items()}
    if fact.node.scopes:
        said["scopes"] = list(fact.node.scopes)
    if mapping := attribute_mapping(fact.node.mapping):
        said["attributeMapping"] = mapping
    yield Setting(definition, f"loginWith.externalProviders.{word}", obj(said, True), "AUTH130")
    for name in names.values():
        yield Secret(name, f"Sign-in with {word}: from the provider's console.", "AUTH130")
    yield Registration(fact.node.provider, _CONSOLES[fact.node.provider], REDIRECT, "AUTH130")


def attribute_mapping(mapping: Mapping[str, str]) -> dict[str, Any]:
    """Attributes in the words of `defineAuth`; those that it does not know stand below `custom` as they are."""
    known = {ATTRIBUTES[name]: claim for name, claim in mapping.items() if name in ATTRIBUTES}
    custom = {name: claim for name, claim in mapping.items() if name not in ATTRIBUTES}
    if "email_verified" in custom:
        known["emailVerified"] = custom.pop("email_verified")
    return {**known, **({"custom": custom} if custom else {})}


def other_client_properties(fact: Fact[Client], context: Context) -> Iterator[Piece]:
    """Properties that only an override or a hand edit sets, one by one."""
    for name, value in fact.node.other.items():
        yield Override(CFN_CLIENT, property_name(name), property_value(value), "AUTH108")


def other_identity_properties(fact: Fact[IdentityPool], context: Context) -> Iterator[Piece]:
    """Properties that only an override sets, one by one."""
    for name, value in fact.node.other.items():
        yield Override(CFN_IDENTITY_POOL, property_name(name), property_value(value), "AUTH145")
