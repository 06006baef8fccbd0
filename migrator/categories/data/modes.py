"""Authorization modes: said by the template, by `cli-inputs.json` and by the `authConfig` of the index files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from migrator.categories.data.model import AuthMode
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, traced
from migrator.gen1.entries import Entry

Path = tuple[str, ...]

_INPUTS: dict[str, Path] = {
    "mode": ("mode",),
    "days": ("expirationTime",),
    "description": ("keyDescription",),
    "until": ("apiKeyExpirationDate",),
    "pool": ("cognitoUserPoolId",),
    "name": ("openIDProviderName",),
    "issuer": ("openIDIssuerURL",),
    "client": ("openIDClientID",),
    "after_authentication": ("openIDAuthTTL",),
    "after_issue": ("openIDIatTTL",),
    "function": ("lambdaFunction",),
    "ttl": ("ttlSeconds",),
}
_CONFIG: dict[str, Path] = {
    "mode": ("authenticationType",),
    "days": ("apiKeyConfig", "apiKeyExpirationDays"),
    "description": ("apiKeyConfig", "description"),
    "until": ("apiKeyConfig", "apiKeyExpirationDate"),
    "pool": ("userPoolConfig", "userPoolId"),
    "name": ("openIDConnectConfig", "name"),
    "issuer": ("openIDConnectConfig", "issuerUrl"),
    "client": ("openIDConnectConfig", "clientId"),
    "after_authentication": ("openIDConnectConfig", "authTTL"),
    "after_issue": ("openIDConnectConfig", "iatTTL"),
    "function": ("lambdaAuthorizerConfig", "lambdaFunction"),
    "ttl": ("lambdaAuthorizerConfig", "ttlSeconds"),
}
_TEMPLATE: dict[str, Path] = {
    "mode": ("AuthenticationType",),
    "pool": ("UserPoolConfig", "UserPoolId"),
    "region": ("UserPoolConfig", "AwsRegion"),
    "action": ("UserPoolConfig", "DefaultAction"),
    "issuer": ("OpenIDConnectConfig", "Issuer"),
    "client": ("OpenIDConnectConfig", "ClientId"),
    "after_authentication": ("OpenIDConnectConfig", "AuthTTL"),
    "after_issue": ("OpenIDConnectConfig", "IatTTL"),
    "function": ("LambdaAuthorizerConfig", "AuthorizerUri"),
    "ttl": ("LambdaAuthorizerConfig", "AuthorizerResultTtlInSeconds"),
}
_NUMBERS = frozenset({"days", "after_authentication", "after_issue", "ttl"})
_POOL = re.compile(r"^\$\{auth(?P<said>.+)\.Outputs\.\w+\}$|^auth(?P<bare>.+)$")
_FUNCTION = re.compile(r"function:(?P<name>[\w-]+?)(?:-\$\{env\})?(?:\$|$|[^\w-])")


class Modes(Struct, frozen=True):
    """The default mode, the further ones, and the settings of each, by name."""

    default: Traced[AuthMode]
    more: Traced[tuple[AuthMode, ...]]
    settings: Mapping[AuthMode, Mapping[str, Traced[Any]]]

    def setting(self, mode: AuthMode, name: str, default: Any) -> Traced[Any]:
        """A setting of a mode, as the strongest evidence says."""
        return self.settings.get(mode, {}).get(name, absent(default))

    def uses(self, mode: AuthMode) -> Traced[bool]:
        """Whether callers may use the mode."""
        found = mode is self.default.value or mode in self.more.value
        return traced(found, self.setting(mode, "mode", ""))


class _Said(Struct, frozen=True):
    """What one piece of evidence says."""

    first: Cursor
    more: Cursor
    paths: Mapping[str, Path]


def read_modes(entry: Entry, api: Cursor) -> Modes:
    """The modes; `api` is the properties of the API in the template."""
    said = list(_evidence(entry, api))
    default = _default(said, entry)
    settings: dict[AuthMode, dict[str, Traced[Any]]] = {}
    more: list[Traced[tuple[AuthMode, ...]]] = []
    for one in said:
        listed = [(_mode(provider, one.paths), provider) for provider in one.more.elements()]
        found = tuple(mode.value for mode, _ in listed if mode.value is not None)
        ends = (Traced(None, (one.more.source,)),) if one.more.present and not listed else ()
        if one.more.present or one.first.present:
            more.append(traced(found, *(mode for mode, _ in listed), *ends))
        for mode, provider in [(_mode(one.first, one.paths), one.first), *listed]:
            if mode.value is not None:
                _merge(settings.setdefault(mode.value, {}), provider, one.paths)
    first = more[0].also(*more[1:]) if more else absent(())
    return Modes(default, first.map(lambda modes: tuple(dict.fromkeys(modes))), settings)


def _evidence(entry: Entry, api: Cursor) -> Iterator[_Said]:
    yield _Said(api, api.get("AdditionalAuthenticationProviders"), _TEMPLATE)
    service = entry.cursor("cli-inputs.json").get("serviceConfiguration")
    yield _Said(service.get("defaultAuthType"), service.get("additionalAuthTypes"), _INPUTS)
    for role in ("meta", "backend-config"):
        config = entry.cursor(role).get("output", "authConfig")
        yield _Said(config.get("defaultAuthentication"), config.get("additionalAuthenticationProviders"), _CONFIG)


def _default(said: list[_Said], entry: Entry) -> Traced[AuthMode]:
    found = [_mode(one.first, one.paths) for one in said]
    old = [entry.cursor(role).get("output", "securityType").text() for role in ("meta", "backend-config")]
    found += [text.map(_known) for text in old]
    known = [mode for mode in found if mode.value is not None]
    if not known:
        return absent(AuthMode.API_KEY)
    return traced(known[0].value or AuthMode.API_KEY, *known)


def _mode(provider: Cursor, paths: Mapping[str, Path]) -> Traced[AuthMode | None]:
    return provider.get(*paths["mode"]).text().map(_known)


def _known(word: str) -> AuthMode | None:
    return AuthMode(word) if word in AuthMode.__members__.values() else None


def _merge(known: dict[str, Traced[Any]], provider: Cursor, paths: Mapping[str, Path]) -> None:
    for name, path in paths.items():
        cursor = provider.get(*path)
        if not cursor.present:
            continue
        value: Traced[Any] = cursor.integer() if name in _NUMBERS else cursor.text()
        known[name] = known[name].also(value) if name in known else value


def pool_name(said: str) -> str:
    """The auth resource in `authshop` or `${authshop.Outputs.UserPoolId}`; text of another kind stays as it is."""
    found = _POOL.match(said)
    return (found["said"] or found["bare"]) if found else said


def function_name(said: str) -> str:
    """The function in an ARN such as `arn:...:function:check-${env}`; a name stays as it is."""
    found = _FUNCTION.search(said)
    return found["name"] if found else said
