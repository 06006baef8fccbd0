"""What functions of the Gen 1 CLI set while a stack was deployed: by calls of Cognito, not by properties.

Later versions of the CLI say most of it with properties. What a call hands over is told with the resource that it is
about; a call that hands over anything else stays a resource that nothing is known of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from migrator.categories.auth.observe_forms import TOKEN
from migrator.engine.observed import Declared, Generation

CALLOUT = "Custom::LambdaCallout"
_TRIGGERS = "Custom::CustomAuthTriggerResourceOutputs"
CREDENTIAL = "<a credential of the provider>"
_OAUTH = ("AllowedOAuthFlows", "AllowedOAuthScopes", "CallbackURLs", "LogoutURLs")

Set: TypeAlias = "tuple[dict[str, Any], tuple[Declared, ...]]"
"""Properties with what calls set, and these calls."""


def set_of_pool(pool: Declared, generation: Generation) -> Set:
    """Triggers, and second factors (`MFALambda`, before CLI 6.4)."""
    said = dict(pool.properties)
    triggers = [one for one in generation.of(_TRIGGERS) if one.properties.get("userpoolId") == f"${{{pool.name}}}"]
    for one in triggers:
        listed = one.properties.get("lambdaConfig")
        for trigger in listed if isinstance(listed, list) else ():
            called = {str(trigger.get("triggerType")): trigger.get("lambdaFunctionArn")}
            said["LambdaConfig"] = {**said.get("LambdaConfig", {}), **called}
    factors = _calls("MFALambdaInputs", generation)
    for one in factors:
        if "EnabledMfas" not in said:
            said = {**said, **_factors(one.properties)}
    return said, (*triggers, *factors)


def _factors(call: Mapping[str, Any]) -> dict[str, Any]:
    sms = ["SMS_MFA"] if call.get("smsConfigCaller") else []
    totp = ["SOFTWARE_TOKEN_MFA"] if str(call.get("totpEnabled")).lower() == "true" else []
    said = {"MfaConfiguration": call.get("mfaConfiguration"), "EnabledMfas": [*sms, *totp]}
    text = call.get("smsAuthenticationMessage")
    return {**said, "SmsAuthenticationMessage": text} if text else said


def set_of_client(client: Declared, generation: Generation) -> Set:
    """OAuth (`OAuthCustomResource`, before CLI 12.2.5)."""
    said = dict(client.properties)
    own = f"${{{client.name}}}"
    calls = tuple(
        one
        for one in _calls("OAuthCustomResourceInputs", generation)
        if own in (one.properties.get("webClientId"), one.properties.get("nativeClientId"))
    )
    for one in calls:
        metadata = _embedded(one.properties.get("oAuthMetadata"))
        if isinstance(metadata, Mapping):
            said |= {key: metadata[key] for key in _OAUTH if key in metadata}
            said["AllowedOAuthFlowsUserPoolClient"] = bool(metadata.get("AllowedOAuthFlows"))
            providers = [provider["ProviderName"] for provider in _providers(one)]
            said["SupportedIdentityProviders"] = ["COGNITO", *providers]
    return said, calls


def set_of_roles(attachment: Declared, generation: Generation) -> Set:
    """Role mappings of both clients (`RoleMapFunction`, before CLI 6)."""
    said = dict(attachment.properties)
    calls = _calls("RoleMapFunctionInput", generation)
    for one in calls:
        pool = f"cognito-idp.${{AWS::Region}}.amazonaws.com/{one.properties.get('userPoolId')}"
        said["RoleMappings"] = {
            client: {**TOKEN, "IdentityProvider": f"{pool}:{one.properties.get(client)}"}
            for client in ("appClientIDWeb", "appClientID")
        }
    return said, calls


def of_unseen_pools(generation: Generation) -> tuple[Declared, ...]:
    """Role mappings by calls for groups, where no template shows the identity pool that they are about."""
    seen = any(generation.of("AWS::Cognito::IdentityPoolRoleAttachment"))
    return () if seen else _calls("RoleMapFunctionInput", generation)


def domains(generation: Generation) -> Iterator[tuple[Declared, dict[str, Any]]]:
    """The domain of the hosted UI: the call, and the properties of what it makes."""
    for one in _calls("HostedUICustomResourceInputs", generation):
        yield one, {"Domain": one.properties.get("hostedUIDomainName"), "UserPoolId": one.properties.get("userPoolId")}


def providers(generation: Generation) -> Iterator[tuple[Declared, dict[str, Any]]]:
    """Sign-in providers: the call, and the properties of each that it makes."""
    for one in _calls("HostedUIProvidersCustomResourceInputs", generation):
        for said in _providers(one):
            yield one, said


def without_effect(generation: Generation) -> tuple[Declared, ...]:
    """Calls that make no provider, since none is named."""
    calls = _calls("HostedUIProvidersCustomResourceInputs", generation)
    return tuple(one for one in calls if _embedded(one.properties.get("hostedUIProviderMeta")) == [])


def _providers(call: Declared) -> Iterator[dict[str, Any]]:
    listed = _embedded(call.properties.get("hostedUIProviderMeta"))
    for said in listed if isinstance(listed, list) else ():
        if isinstance(said, Mapping):
            name = str(said.get("ProviderName", ""))
            yield {
                "ProviderName": name,
                "ProviderType": name,
                "ProviderDetails": {"authorize_scopes": said.get("authorize_scopes"), **_credentials(name)},
                "AttributeMapping": said.get("AttributeMapping"),
                "UserPoolId": call.properties.get("userPoolId"),
            }


def _credentials(provider: str) -> dict[str, str]:
    """What the CLI hands over beside it, and no file shows."""
    apple = ("client_id", "team_id", "key_id", "private_key")
    names = apple if provider == "SignInWithApple" else ("client_id", "client_secret")
    return dict.fromkeys(names, CREDENTIAL)


def _calls(logical_id: str, generation: Generation) -> tuple[Declared, ...]:
    return tuple(one for one in generation.of(CALLOUT) if one.logical_id == logical_id)


def _embedded(value: object) -> Any:
    """JSON inside a text; None for a placeholder, of which no file says what it holds."""
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None
