"""What clients are told of a live Gen 1 user pool, in the layout of `amplify_outputs.json`.

Front-end files come first for what the CLI tells clients, the deployed outputs for ids, then what describes the pool.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from migrator.categories.auth import observe_outputs
from migrator.categories.auth.model import (
    Client,
    ClientKind,
    Groups,
    HostedUi,
    IdentityPool,
    Mfa,
    SocialProvider,
    UserPool,
)
from migrator.categories.auth.observe_outputs import hosted_ui, said_by_files, told_ui
from migrator.core.finding import Finding
from migrator.engine.client_config import Lack, Told, files_of, known
from migrator.engine.context import Context
from migrator.engine.findings import engine_finding
from migrator.gen1.entries import Entry
from migrator.gen1.exports import FrontEnd
from migrator.gen1.graph import Node

N = TypeVar("N", bound=Node)

_NATIVE = ("ios", "android", "flutter")
"""Front ends whose app client is the native one."""
_WANTED = (
    ("user_pool_id", "user pool"),
    ("user_pool_client_id", "app client"),
    ("identity_pool_id", "identity pool"),
)
"""By key, what it is the id of."""


def told(context: Context) -> Iterator[Told]:
    """The section `auth`; none for an app without users."""
    entry = next(iter(context.app.of("auth", "Cognito")), None)
    files = files_of(context.app)
    if entry is None and not files.user_pool_id.value:
        return
    ids = _ids(entry, files, context)
    lacks = [Lack(f"the id of the {what}", needed=key != "identity_pool_id") for key, what in _WANTED if not ids[key]]
    identities = _first(IdentityPool, context)
    if identities is not None and not identities.exists:  # a user pool alone
        lacks = [lack for lack in lacks if lack.needed]
    values = {"aws_region": _region(ids, context), **{key: value for key, value in ids.items() if value}}
    if not values["aws_region"]:
        lacks.append(Lack("the region", needed=True))
    summary = _summary(entry, files, context)
    if not summary:
        lacks.append(Lack("how users sign up: attributes, password policy, second factors"))
    values |= summary
    values |= _access(entry, files, values["aws_region"], context)
    yield Told("auth", values, tuple(lacks), tuple(_notes(files, context)), entry.ref if entry else None)


def _summary(entry: Entry | None, files: FrontEnd, context: Context) -> dict[str, Any]:
    """What clients are told of the pool; where nothing describes it, only what files say."""
    pool = _pool(context)
    found = {key: value for key, value in observe_outputs.summary(entry, files, pool).items() if value not in ([], ())}
    keys = found.keys() if pool else set(said_by_files(entry, files))
    return {key: value for key, value in found.items() if key in keys}


def _ids(entry: Entry | None, files: FrontEnd, context: Context) -> dict[str, str]:
    def output(name: str) -> str:
        return entry.output(name).value if entry else ""

    web = known(output("AppClientIDWeb"), files.web_client_id.value)
    native = known(output("AppClientID"), files.native_client_id.value)
    chosen = (native or web) if _is_native(context) and not _has_secret(files, context) else (web or native)
    return {
        "user_pool_id": known(output("UserPoolId"), files.user_pool_id.value),
        "user_pool_client_id": chosen,
        "identity_pool_id": known(output("IdentityPoolId"), files.identity_pool_id.value),
    }


def _is_native(context: Context) -> bool:
    return context.app.cursor("project-config.json").get("frontend").text().value in _NATIVE


def _has_secret(files: FrontEnd, context: Context) -> bool:
    """Whether the native client has a secret, for which the file has no place."""
    secret = any(one.secret for one in _all(Client, context) if one.kind is ClientKind.NATIVE)
    return secret or files.native_client_secret.value


def _notes(files: FrontEnd, context: Context) -> Iterator[Finding]:
    if _is_native(context) and _has_secret(files, context):
        what = "The app client of native apps has a secret; the file names the web client instead."
        yield engine_finding("GEN061", what)


def _region(ids: Mapping[str, str], context: Context) -> str:
    """The region that ids of pools begin with, else that of the environment."""
    region, underscore, _ = ids["user_pool_id"].partition("_")
    return region if underscore else context.app.region.value


def _all(kind: type[N], context: Context) -> Iterator[N]:
    return (fact.node for resource in context.graph.resources for fact in resource.facts if isinstance(fact.node, kind))


def _first(kind: type[N], context: Context) -> N | None:
    return next(_all(kind, context), None)


def _pool(context: Context) -> Mapping[str, Any]:
    """What describes the pool, in the words of `observe_outputs`; empty where nothing does."""
    pool: UserPool | None = _first(UserPool, context)
    if pool is None or not pool.evidence:
        return {}
    return {
        "username_attributes": pool.username_attributes,
        "standard_required_attributes": [one.name for one in pool.attributes if one.required and not one.custom],
        "user_verification_types": pool.verification.attributes,
        "mfa": str(pool.mfa.mode),
        "factors": _factors(pool.mfa),
        "length": pool.password.length,
        "characters": [
            f"REQUIRES_{word.upper()}"
            for word in ("lowercase", "uppercase", "numbers", "symbols")
            if getattr(pool.password, word)
        ],
    }


def _factors(mfa: Mfa) -> list[str]:
    return [word for word, there in (("SMS", mfa.sms), ("TOTP", mfa.totp)) if there]


def _access(entry: Entry | None, files: FrontEnd, region: str, context: Context) -> dict[str, Any]:
    """The hosted UI, guests and groups, as far as they are known."""
    said: dict[str, Any] = {}
    oauth = _told_ui(files) or (_deployed_ui(entry, region, context) if entry else None)
    if oauth:
        said["oauth"] = oauth
    pool: IdentityPool | None = _first(IdentityPool, context)
    if pool is not None:
        said["unauthenticated_identities_enabled"] = pool.exists and pool.guests
    groups: Groups | None = _first(Groups, context)
    if groups is not None and groups.names:
        listed = zip(groups.names, groups.precedences, strict=False)
        said["groups"] = [{name: {"precedence": precedence}} for name, precedence in listed]
    return said


def _told_ui(files: FrontEnd) -> dict[str, Any] | None:
    """The hosted UI, where a file says all that clients need; files of native apps lack the flow, which is `code`."""
    said = told_ui(files)
    if not files.oauth_domain.value or not said["sign_in"] or not said["sign_out"]:
        return None
    return hosted_ui(files.oauth_domain.value, **said | {"flow": said["flow"] or "code"})


def _deployed_ui(entry: Entry, region: str, context: Context) -> dict[str, Any] | None:
    """The hosted UI by the outputs of the deployed pool, else by its web client."""
    ui: HostedUi | None = _first(HostedUi, context)
    web = next((one for one in _all(Client, context) if one.kind is ClientKind.WEB), Client())
    said = _metadata(entry)
    domain = known(entry.output("HostedUIDomain").value, ui.domain if ui else "")
    flows = said.get("AllowedOAuthFlows") or web.oauth.flows
    sign_in, sign_out = said.get("CallbackURLs") or web.oauth.callbacks, said.get("LogoutURLs") or web.oauth.logouts
    if not (domain and region and flows and sign_in and sign_out):
        return None
    return hosted_ui(
        f"{domain}.auth.{region}.amazoncognito.com",
        flow=flows[0],
        scopes=said.get("AllowedOAuthScopes") or web.oauth.scopes,
        sign_in=sign_in,
        sign_out=sign_out,
        providers=web.oauth.providers or [one.provider for one in _all(SocialProvider, context)],
    )


def _metadata(entry: Entry) -> Mapping[str, Any]:
    """`OAuthMetadata`, which the CLI keeps as text."""
    try:
        said = json.loads(entry.output("OAuthMetadata").value or "{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
