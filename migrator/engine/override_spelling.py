"""CDK's words in CloudFormation's spelling."""

from __future__ import annotations

from migrator.gen2.cdk import property_name
from migrator.typescript.nodes import Arr, Expr, Obj, Property

_SPECIAL = {
    "callbackUrLs": "CallbackURLs",
    "logoutUrLs": "LogoutURLs",
    "defaultRedirectUri": "DefaultRedirectURI",
    "allowedOAuthFlows": "AllowedOAuthFlows",
    "allowedOAuthFlowsUserPoolClient": "AllowedOAuthFlowsUserPoolClient",
    "allowedOAuthScopes": "AllowedOAuthScopes",
    "openIdConnectConfig": "OpenIDConnectConfig",
    "openIdConnectProviderArns": "OpenIdConnectProviderARNs",
    "samlProviderArns": "SamlProviderARNs",
    "kmsKeyId": "KMSKeyID",
    "sseAlgorithm": "SSEAlgorithm",
    "kmsMasterKeyId": "KMSMasterKeyID",
}


def cloudformation(name: str) -> str:
    """A property of an L1 construct as templates spell it, a number as it is; empty when that is not certain."""
    if name.isdecimal():
        return name
    if name in _SPECIAL:
        return _SPECIAL[name]
    if not name.isidentifier():
        return ""
    spelt = name[:1].upper() + name[1:]
    return spelt if property_name(spelt) == name else ""


def spelt(value: Expr) -> Expr:
    """A value with its keys as templates spell them."""
    if isinstance(value, Obj):
        return Obj(
            tuple(
                Property(cloudformation(one.key) or one.key, spelt(one.value))
                for one in value.props
                if isinstance(one, Property) and isinstance(one.key, str)
            )
        )
    return Arr(tuple(spelt(one) for one in value.items if isinstance(one, Expr))) if isinstance(value, Arr) else value
