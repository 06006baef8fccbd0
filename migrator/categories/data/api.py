"""Reading the API without its schema: modes, key, roles, and what overrides set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from migrator.categories.data.admins import admins, new_callers
from migrator.categories.data.conflicts import conflicts
from migrator.categories.data.flags import flag
from migrator.categories.data.model import AuthMode, GraphqlApi
from migrator.categories.data.modes import Modes, function_name, pool_name, read_modes
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Source, Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

_MODE_PROPERTIES = frozenset(
    {
        "Name",
        "AuthenticationType",
        "AdditionalAuthenticationProviders",
        "UserPoolConfig",
        "OpenIDConnectConfig",
        "LambdaAuthorizerConfig",
        "XrayEnabled",
        "LogConfig",
    }
)
_GENERATED = frozenset(
    {
        "AWS::CloudFormation::Stack",
        "AWS::AppSync::GraphQLSchema",
        "AWS::AppSync::ApiKey",
        "AWS::AppSync::DataSource",
        "AWS::AppSync::Resolver",
        "AWS::AppSync::FunctionConfiguration",
        "AWS::Lambda::Permission",
        "AWS::CDK::Metadata",
    }
)
_POLICIES = ("AuthRolePolicy", "UnauthRolePolicy")


def api_fact(entry: Entry) -> Fact[GraphqlApi]:
    """The API as its strongest evidence shows it."""
    template = entry.template()
    resource = _api_resource(template)
    properties = resource.properties if resource else entry.cursor("template").get("Resources", "GraphQLAPI", "none")
    modes = read_modes(entry, properties)
    values: dict[str, Traced[Any]] = {
        "name": _name(entry, properties),
        "default_mode": modes.default,
        "more_modes": modes.more,
        "user_pool": _user_pool(entry, modes),
        **_api_key(entry, modes, template),
        **_oidc(modes),
        **_authorizer(modes),
        **_conf(entry),
        **admins(entry),
        "new_callers": new_callers(entry, AuthMode.IAM in (modes.default.value, *modes.more.value)),
        "search": _search(entry),
        "search_encrypted": flag(entry.app, "enablesearchnodetonodeencryption", False),
        "tracing": properties.get("XrayEnabled").flag(),
        "other": _other(properties),
        "logging": properties.get("LogConfig").whole(),
        "generated": _generated(template, resource),
    }
    return fact(GraphqlApi, entry.ref, "api", values)


def parameter(entry: Entry, name: str) -> Traced[Any]:
    """A parameter of the API's stack, from every file that names it."""
    value = entry.parameters.get(name, Traced(None))
    roles = ("parameters.json", "build/parameters.json", "team-provider")
    return value.also(*(entry.cursor(role).get(name).whole() for role in roles))


def _api_resource(template: Template | None) -> TemplateResource | None:
    return next(template.resources("AWS::AppSync::GraphQLApi"), None) if template else None


def _name(entry: Entry, properties: Cursor) -> Traced[str]:
    said = parameter(entry, "AppSyncApiName").map(lambda value: value if isinstance(value, str) else "")
    inputs = entry.cursor("cli-inputs.json").get("serviceConfiguration", "apiName").text()
    name = (said if said.value else said.also(inputs).map(lambda _: inputs.value or entry.ref.name)).also(inputs)
    return name.also(properties.get("Name").text())


def _user_pool(entry: Entry, modes: Modes) -> Traced[str]:
    mode = AuthMode.USER_POOL
    said = modes.setting(mode, "pool", "").also(modes.setting(mode, "region", ""), modes.setting(mode, "action", ""))
    given = parameter(entry, "AuthCognitoUserPoolId")
    text = given.value if isinstance(given.value, str) else ""
    return said.map(lambda value: pool_name(value if "Outputs." in value or not text else text)).also(given)


def _api_key(entry: Entry, modes: Modes, template: Template | None) -> Mapping[str, Traced[Any]]:
    used = modes.uses(AuthMode.API_KEY)
    made = next(template.resources("AWS::AppSync::ApiKey"), None) if template else None
    description = modes.setting(AuthMode.API_KEY, "description", "")
    if made:
        description = made.properties.get("Description").text().or_else(description)
    created = parameter(entry, "CreateAPIKey").map(lambda value: str(value) != "0")
    days = modes.setting(AuthMode.API_KEY, "days", 7).map(lambda number: min(max(number or 7, 1), 365))
    until = modes.setting(AuthMode.API_KEY, "until", "")
    return {
        "api_key.used": used,
        "api_key.days": days.also(until),
        "api_key.description": description,
        "api_key.created": created,
    }


def _oidc(modes: Modes) -> Mapping[str, Traced[Any]]:
    mode = AuthMode.OIDC
    texts = {name: modes.setting(mode, name, "") for name in ("name", "issuer", "client")}
    times = {name: modes.setting(mode, name, 0) for name in ("after_authentication", "after_issue")}
    return {f"oidc.{name}": value for name, value in {"used": modes.uses(mode), **texts, **times}.items()}


def _authorizer(modes: Modes) -> Mapping[str, Traced[Any]]:
    mode = AuthMode.LAMBDA
    return {
        "authorizer.used": modes.uses(mode),
        "authorizer.function": modes.setting(mode, "function", "").map(function_name),
        "authorizer.ttl": modes.setting(mode, "ttl", 300 if modes.uses(mode).value else 0),
    }


def _conf(entry: Entry) -> Mapping[str, Traced[Any]]:
    conf = entry.cursor("transform.conf.json")
    return {
        **conflicts(entry),
        "plugins": gather(_plugin(element) for element in conf.get("transformers").elements()),
        "stack_mapping": conf.get("StackMapping").whole().map(lambda value: value if isinstance(value, dict) else {}),
    }


def _plugin(element: Cursor) -> Traced[str]:
    """A transformer by its package; it may come with options, as a list of both."""
    first = element.get(0)
    return first.text().also(element.whole()) if first.present else element.text()


def _search(entry: Entry) -> Traced[Mapping[str, Any]]:
    names = [name for name in entry.parameters if name.startswith(("OpenSearch", "ElasticSearch"))]
    found = {name: parameter(entry, name) for name in names}
    return traced({name: value.value for name, value in found.items()}, *found.values())


def _other(properties: Cursor) -> Traced[Mapping[str, Any]]:
    rest = {name: cursor.whole() for name, cursor in properties.items() if name not in _MODE_PROPERTIES}
    return traced({name: value.value for name, value in rest.items()}, *rest.values())


def _generated(template: Template | None, api: TemplateResource | None) -> Traced[tuple[str, ...]]:
    """Resources that the transformer writes for every schema; one of an override is not among them."""
    if template is None:
        return absent(())
    document = template.document
    found = [r for r in template.resources() if _is_generated(r)]
    places = [Source(document, ("Resources", r.logical_id)) for r in found]
    places += [Source(document, (section,)) for section in ("Outputs", "Rules")]
    declared = api.declared.sources if api else ()
    sources = (*places, *declared, *template.plumbing().sources, *template.inactive().sources)
    return Traced(tuple(r.logical_id for r in found), sources)


def _is_generated(resource: TemplateResource) -> bool:
    policy = resource.type in ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy")
    return resource.type in _GENERATED or (policy and resource.logical_id.startswith(_POLICIES))
