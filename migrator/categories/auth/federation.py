"""OpenID Connect and SAML providers of the hosted UI, and what else of Cognito an override adds to the pool."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from migrator.categories.auth.client_code import COGNITO, REDIRECT, attribute_mapping
from migrator.categories.auth.model import Client, ClientKind, Extra, FederatedProvider
from migrator.categories.auth.targets import BACKEND, CFN_CLIENT, FEATURE, NATIVE_CLIENT, STACK, USER_POOL, define
from migrator.categories.auth.words import secret_name
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Local, Piece, Registration, Secret, Setting, Wiring
from migrator.gen2.cdk import environment, filled, property_name, property_value
from migrator.typescript.build import arr, assign, call, const, member, new, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Do, Expr, Lit, Member, Name, Nullish, Spread, Stmt

_ENDPOINTS = {
    "authorize_url": "authorization",
    "token_url": "token",
    "attributes_url": "userInfo",
    "jwks_uri": "jwksUri",
}
"""By Cognito's name, the word of `endpoints`, which takes all of them or none."""
_OPENID = frozenset((*_ENDPOINTS, "authorize_scopes", "attributes_request_method", "oidc_issuer"))
_SAML = frozenset(("MetadataURL", "MetadataFile", "IDPSignout"))
_NAME = re.compile(r"[\w-]{3,32}")
"""What CDK takes for the name of a provider."""
_RESPONSE = "https://DOMAIN/saml2/idpresponse"
"""Where Cognito waits for the assertion of a SAML provider.

https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp.html
"""
EXTRAS = (
    "AWS::Cognito::UserPoolResourceServer",
    "AWS::Cognito::UserPoolRiskConfigurationAttachment",
    "AWS::Cognito::UserPoolUICustomizationAttachment",
)
"""Resources beside a pool whose properties all have names of their own, so that CDK's spelling is certain."""
_HOLE = re.compile(r"\$\{([^{}]+)\}")
_POOL = ("UserPool", "UserPoolClientWeb", "UserPoolClient")


def _providers(fact: Fact[Any], context: Context, kind: str) -> list[FederatedProvider]:
    return [one.node for one in context.graph.facts(FederatedProvider, fact.resource) if one.node.type == kind]


def openid_words(fact: Fact[FederatedProvider], context: Context) -> bool:
    """Whether `externalProviders.oidc` can say all of a provider."""
    node, details = fact.node, fact.node.details
    endpoints = _ENDPOINTS.keys() & details.keys()
    secrets = [secret_name(one.name, "") for one in _providers(fact, context, "OIDC")]
    return (
        node.type == "OIDC"
        and bool(_NAME.fullmatch(node.name) and details.get("oidc_issuer"))
        and details.keys() <= _OPENID
        and len(endpoints) in (0, len(_ENDPOINTS))
        and set(node.credentials) == {"client_id", "client_secret"}
        and secrets.count(secret_name(node.name, "")) == 1
        and _is_known(details)
    )


def saml_words(fact: Fact[FederatedProvider], context: Context) -> bool:
    """Whether `externalProviders.saml`, which takes one provider, is for this one."""
    first = next((one for one in _providers(fact, context, "SAML") if _is_plain(one)), None)
    return first is not None and fact.node == first


def _is_plain(node: FederatedProvider) -> bool:
    one = len({"MetadataURL", "MetadataFile"} & node.details.keys()) == 1
    return one and node.details.keys() <= _SAML and bool(_NAME.fullmatch(node.name)) and _is_known(node.details)


def resource_words(fact: Fact[FederatedProvider], context: Context) -> bool:
    """Whether a construct of its own can say a provider: there are no credentials in it."""
    node = fact.node
    return node.type == "SAML" and not node.credentials and not saml_words(fact, context) and _is_known(node.details)


def _is_known(value: object) -> bool:
    """Whether all of a value is known without Gen 1's template."""
    return all(hole.startswith("AWS::") or hole == "env" for hole in _HOLE.findall(str(value)))


def openid_providers(fact: Fact[FederatedProvider], context: Context) -> Iterator[Piece]:
    """`externalProviders.oidc`, a list: the first provider's fact writes all."""
    facts = [one for one in context.graph.facts(FederatedProvider, fact.resource) if openid_words(one, context)]
    if facts[0].key == fact.key:
        listed = arr((_openid(one.node) for one in facts), True)
        yield Setting(define(fact, context), "loginWith.externalProviders.oidc", listed, "AUTH132")
    name = fact.node.name
    for detail in ("client_id", "client_secret"):
        yield Secret(secret_name(name, detail), f"Sign-in with {name}: from the provider's console.", "AUTH132")
    yield Registration(name, str(fact.node.details["oidc_issuer"]), REDIRECT, "AUTH132")


def _openid(node: FederatedProvider) -> Expr:
    details = node.details
    said: dict[str, Any] = {
        "name": node.name,
        "clientId": call(Name("secret", BACKEND), secret_name(node.name, "client_id")),
        "clientSecret": call(Name("secret", BACKEND), secret_name(node.name, "client_secret")),
        "issuerUrl": filled(details["oidc_issuer"], environment),
    }
    if details.get("attributes_request_method", "GET") != "GET":
        said["attributeRequestMethod"] = details["attributes_request_method"]
    if scopes := str(details.get("authorize_scopes", "")).replace(",", " ").split():
        said["scopes"] = scopes
    if _ENDPOINTS.keys() <= details.keys():
        said["endpoints"] = {word: details[name] for name, word in _ENDPOINTS.items()}
    return obj(said | _shared(node), True)


def _shared(node: FederatedProvider) -> dict[str, Any]:
    said: dict[str, Any] = {"identifiers": list(node.identifiers)} if node.identifiers else {}
    mapping = attribute_mapping(node.mapping)
    return said | ({"attributeMapping": mapping} if mapping else {})


def saml_provider(fact: Fact[FederatedProvider], context: Context) -> Iterator[Piece]:
    """`externalProviders.saml`."""
    node, details = fact.node, fact.node.details
    kind = "URL" if "MetadataURL" in details else "FILE"
    content = filled(details["MetadataURL" if kind == "URL" else "MetadataFile"], environment)
    said: dict[str, Any] = {
        "name": node.name,
        "metadata": obj({"metadataContent": content, "metadataType": kind}),
    }
    if str(details.get("IDPSignout", "false")).lower() == "true":
        said["idpSignout"] = True
    setting = obj(said | _shared(node), True)
    yield Setting(define(fact, context), "loginWith.externalProviders.saml", setting, "AUTH133")
    yield Registration(node.name, "the console of the provider", _RESPONSE, "AUTH133")


def provider_resource(fact: Fact[FederatedProvider], context: Context) -> Iterator[Piece]:
    """A provider as a construct of its own, which the web client offers."""
    node = fact.node
    variable = identifier(fact.key)
    properties: dict[str, Any] = {
        "userPoolId": member(Local(USER_POOL), "userPoolId"),
        "providerName": node.name,
        "providerType": node.type,
        "providerDetails": filled(node.details, environment),
    }
    if node.mapping:
        properties["attributeMapping"] = filled(node.mapping, environment)
    if node.identifiers:
        properties["idpIdentifiers"] = list(node.identifiers)
    made = new(Name("CfnUserPoolIdentityProvider", COGNITO), STACK, Lit(fact.key), obj(properties, True))
    offered = Member(Local(CFN_CLIENT), "supportedIdentityProviders")
    listed = arr([Spread(Nullish(offered, arr([]))), Lit(node.name)])
    body: list[Stmt] = [const(variable, made), assign(offered, listed)]
    body.append(Do(call(Member(Local(CFN_CLIENT), "addDependency"), Name(variable))))
    yield Wiring(FEATURE, tuple(body), "AUTH134", order=18, owner=fact.resource)
    yield Registration(node.name, "the console of the provider", _RESPONSE, "AUTH134")


def beside_the_pool(fact: Fact[Extra], context: Context) -> bool:
    """Whether a resource of an override is one of Cognito's that speaks of the pool and its clients alone."""
    holes = _HOLE.findall(str(fact.node.properties))
    known = all(hole in _POOL or hole.startswith("AWS::") or hole == "env" for hole in holes)
    return fact.node.type in EXTRAS and known and isinstance(fact.node.properties, dict)


def pool_resource(fact: Fact[Extra], context: Context) -> Iterator[Piece]:
    """The resource as it is; scopes of a resource server have to be there before the clients that ask for them."""
    node = fact.node

    def placeholder(name: str) -> Expr | None:
        words: dict[str, Expr] = {
            "UserPool": member(Local(USER_POOL), "userPoolId"),
            "UserPoolClientWeb": Member(Local(CFN_CLIENT), "ref"),
            "UserPoolClient": Member(Name(NATIVE_CLIENT), "ref"),
        }
        return words.get(name) or environment(name)

    said = {property_name(key): property_value(value, placeholder) for key, value in node.properties.items()}
    made = new(Name(f"Cfn{node.type.rpartition('::')[2]}", COGNITO), STACK, Lit(fact.key), obj(said, True))
    if node.type != EXTRAS[0]:
        yield Wiring(FEATURE, (Do(made),), "AUTH150", order=33, owner=fact.resource)
        return
    variable = identifier(fact.key)
    needs = Do(call(Member(Local(CFN_CLIENT), "addDependency"), Name(variable)))
    yield Wiring(FEATURE, (const(variable, made), needs), "AUTH150", order=14, owner=fact.resource)
    native = [one.node for one in context.graph.facts(Client, fact.resource) if one.node.kind is ClientKind.NATIVE]
    if any(one.oauth.enabled for one in native):
        also = Do(call(Member(Name(NATIVE_CLIENT), "addDependency"), Name(variable)))
        yield Wiring(FEATURE, (also,), "AUTH150", order=33, owner=fact.resource)
