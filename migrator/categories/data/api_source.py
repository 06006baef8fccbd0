"""What Amplify's transformer builds the API of Gen 1 from: its schema, modes, flags, resolvers and stacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.data.flags import flag
from migrator.categories.data.model import AuthMode, GraphqlApi, GraphqlSchema
from migrator.engine.api_source import ApiSource
from migrator.engine.context import Context
from migrator.gen1.app import App
from migrator.gen1.entries import Entry

_FLAGS = {
    "useSubUsernameForDefaultIdentityClaim": True,
    "enableAutoIndexQueryNames": False,
    "shouldDeepMergeDirectiveConfigDefaults": False,
    "secondaryKeyAsGSI": False,
    "respectPrimaryKeyAttributesOnConnectionField": False,
    "populateOwnerFieldForStaticGroupAuth": False,
    "subscriptionsInheritPrimaryAuth": False,
    "suppressApiKeyGeneration": False,
    "disableResolverDeduping": False,
    "enableSearchNodeToNodeEncryption": False,
}
"""Flags of `cli.json` that the transformer asks for, with the values that hold where it does not say them.

https://docs.amplify.aws/gen1/react/tools/cli/reference/feature-flags/
"""


def sources(context: Context) -> Iterator[ApiSource]:
    """The source of each API that this backend holds."""
    for entry in context.app.of("api", "AppSync"):
        api = next((fact.node for fact in context.graph.facts(GraphqlApi, entry.ref)), None)
        schema = next((fact.node for fact in context.graph.facts(GraphqlSchema, entry.ref)), None)
        if api is None or schema is None:
            continue
        if schema.transformer != 2:
            said = "its schema is written for the first transformer, which Amplify's packages do not hold any more"
            yield ApiSource(entry.ref, said)
        else:
            yield _source(entry, api, schema, context.app)


def _source(entry: Entry, api: GraphqlApi, schema: GraphqlSchema, app: App) -> ApiSource:
    conf = entry.cursor("transform.conf.json")
    mapping, conflicts = conf.get("StackMapping").whole().value, conf.get("ResolverConfig").whole().value
    names = entry.files("resolvers/*.vtl")
    code = (path for path in entry.files("override.ts"))
    return ApiSource(
        entry.ref,
        schema="\n".join(file.text for file in schema.files),
        auth=auth_config(api),
        flags={**_flags(app), "sandboxModeEnabled": schema.sandbox},
        resolvers={path.removeprefix("resolvers/"): entry.text(path) or "" for path in names},
        stacks=tuple(path for path in entry.files("stacks/*.json") if entry.cursor(path).get("Resources").items()),
        mapping={key: str(stack) for key, stack in mapping.items()} if isinstance(mapping, dict) else {},
        conflicts=conflicts if isinstance(conflicts, Mapping) and conflicts else None,
        admin_roles=tuple(role.replace("${env}", app.env or "") for role in api.admin_roles),
        identity_pool="${identity pool}" if any(map(_has_identity_pool, app.of("auth", "Cognito"))) else "",
        left_out=(*code, *api.plugins),
    )


def _has_identity_pool(entry: Entry) -> bool:
    said = (
        entry.cursor("cli-inputs.json").get("cognitoConfig", "identityPoolName"),
        entry.cursor("parameters.json").get("identityPoolName"),
    )
    return entry.output("IdentityPoolId").present or any(one.present for one in said)


def _flags(app: App) -> dict[str, bool]:
    return {name: flag(app, name.lower(), otherwise).value for name, otherwise in _FLAGS.items()}


def auth_config(api: GraphqlApi) -> dict[str, Any]:
    """The modes as the CLI hands them to the transformer."""
    providers = [_provider(mode, api) for mode in (api.default_mode, *api.more_modes)]
    return {"defaultAuthentication": providers[0], "additionalAuthenticationProviders": providers[1:]}


def _provider(mode: AuthMode, api: GraphqlApi) -> dict[str, Any]:
    said: dict[str, Any] = {"authenticationType": str(mode)}
    match mode:
        case AuthMode.API_KEY:
            said["apiKeyConfig"] = {
                "apiKeyExpirationDays": api.api_key.days,
                "description": api.api_key.description or None,
            }
        case AuthMode.USER_POOL:
            said["userPoolConfig"] = {"userPoolId": f"auth{api.user_pool}"}
        case AuthMode.OIDC:
            said["openIDConnectConfig"] = {
                "name": api.oidc.name,
                "issuerUrl": api.oidc.issuer,
                "clientId": api.oidc.client or None,
                "authTTL": api.oidc.after_authentication or None,
                "iatTTL": api.oidc.after_issue or None,
            }
        case AuthMode.LAMBDA:
            said["lambdaAuthorizerConfig"] = {
                "lambdaFunction": api.authorizer.function,
                "ttlSeconds": api.authorizer.ttl,
            }
        case _:
            pass
    return said
