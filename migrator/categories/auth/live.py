"""User pools that Gen 2 refers to instead of making its own."""

from __future__ import annotations

from typing import Any

from migrator.categories.auth.model import ImportedPool
from migrator.categories.auth.settings import Settings, cognito_words
from migrator.documents.traced import Traced, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact

_IDS = {
    "pool_id": ("UserPoolId", "userPoolId"),
    "pool_name": ("UserPoolName", "userPoolName"),
    "web_client": ("AppClientIDWeb", "webClientId"),
    "native_client": ("AppClientID", "nativeClientId"),
    "identity_pool_id": ("IdentityPoolId", "identityPoolId"),
}
_LISTS = (
    "authProvidersUserPool",
    "requiredAttributes",
    "passwordPolicyCharacters",
    "mfaTypes",
    "autoVerifiedAttributes",
)
_TEXTS = ("mfaConfiguration", "passwordPolicyMinLength")


def imported_pool(entry: Entry) -> Fact[ImportedPool]:
    """A pool of somebody else; its ids are in `team-provider-info.json`, by environment."""
    settings, team = Settings(entry), entry.cursor("team-provider")
    ids: dict[str, Traced[Any]] = {}
    for attribute, (output, key) in _IDS.items():
        ids[attribute] = team.get(key).text().or_else(entry.output(output))
    said: dict[str, Traced[Any]] = {name: settings.texts(name) for name in _LISTS}
    said |= {name: settings.text(name) for name in _TEXTS}
    selections = settings.text("authSelections", "identityPoolAndUserPool")
    values: dict[str, Traced[Any]] = {
        "resource": settings.text("resourceName", entry.ref.name),
        **ids,
        "identity_pool": selections.map(lambda chosen: chosen != "userPoolOnly").also(
            *(team.get(key).text() for key in ("identityPoolName", "authRoleName", "unauthRoleName"))
        ),
        "guests": team.get("allowUnauthenticatedIdentities").flag(),
        "auth_role": team.get("authRoleArn").text(),
        "unauth_role": team.get("unauthRoleArn").text(),
        "region": settings.text("region"),
        "username_attributes": settings.texts("usernameAttributes").map(cognito_words),
        "alias_attributes": settings.texts("aliasAttributes").map(cognito_words),
        "settings": traced({name: value.value for name, value in said.items()}, *said.values()),
    }
    return fact(ImportedPool, entry.ref, "imported", values)
