"""Gen 1 REST APIs to facts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.rest_api.built import TEMPLATE, built
from migrator.categories.rest_api.definition import authorizer_facts, route_facts, unknown_parts
from migrator.categories.rest_api.model import (
    Access,
    Authorizer,
    ExtraResource,
    GatewayResponse,
    InvokePolicy,
    Principal,
    RestApi,
    Route,
    Unbuilt,
)
from migrator.categories.rest_api.overridden import overridden
from migrator.categories.rest_api.policies import own_policies, shared_policies
from migrator.core.ref import ResourceRef
from migrator.documents.traced import Source, Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Link, LinkKind, Resource, fact
from migrator.gen1.overrides import override_of
from migrator.gen1.project import App
from migrator.gen1.template import Template, TemplateResource

API = "AWS::ApiGateway::RestApi"
DEPLOYMENT = "AWS::ApiGateway::Deployment"
RESPONSE = "AWS::ApiGateway::GatewayResponse"
PERMISSION = "AWS::Lambda::Permission"
POLICIES = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
_KNOWN = {"Body", "Name", "Description", "FailOnWarnings"}
_HEADER = "gatewayresponse.header."
_FUNCTION = re.compile(r"\$?\{?function(?P<name>.+?)(?:\.Outputs\.(?:Name|Arn)\}|Name\}?|Arn\}?)$")
_HOLE = re.compile(r"\$\{([^{}!][^{}]*)\}")
_FURTHER = ("CreationPolicy", "UpdatePolicy")
_INDEXES = ("backend-config", "meta", "team-provider")


def read(entry: Entry, app: App) -> Resource:
    """The API with its routes and rights, and its links to functions and users."""
    documents = tuple(entry.documents.items())
    is_made = "template" not in entry.documents and _complete(entry, app)
    template = entry.template(portable=True)
    api = next(template.resources(API), None) if template else None
    if template is None or api is None:
        facts: tuple[Fact[Any], ...] = (_unbuilt(entry),)
    else:
        facts = tuple(_facts(entry, app, template, api))
    if is_made:
        facts = tuple(_from_inputs(one, entry) for one in facts)
    links = tuple(dict.fromkeys(_links(entry.ref, facts, app)))
    return Resource(
        entry.ref, entry.service, entry.evidence, facts, links, documents, tuple(entry.findings), entry.imported
    )


def _complete(entry: Entry, app: App) -> bool:
    """Lays what the CLI would build beside the files, where only the settings are there; whether it did."""
    inputs = entry.cursor("cli-inputs.json").whole().value
    if not isinstance(inputs, dict) or not isinstance(inputs.get("paths"), dict):
        return False
    pool = next((other.ref.name for other in app.of("auth", "Cognito")), "")
    shared = entry.ref.name in dict(app.cursor("api/APIGatewayAuthStack.json").get("Parameters").items())
    template = built(inputs, entry.ref.name, pool, users=not shared)
    if (override := override_of(entry)) is not None:
        project = app.cursor("project-config.json").get("projectName").text(app.name).value
        template = overridden(template, entry.ref.name, override[1], project)
    entry.add_files({TEMPLATE: json.dumps(template)})
    return True


def _from_inputs(one: Fact[Any], entry: Entry) -> Fact[Any]:
    """A fact of a template that was made here, from the place of the settings that it was made of."""
    made = entry.cursor("template").document
    paths = entry.cursor("cli-inputs.json").get("paths")
    own = paths.get(one.node.path) if isinstance(one.node, Route) else paths
    place = own.source if own.present else paths.source
    sources = {
        name: (place, *(source for source in found if source.document is not made))
        for name, found in one.sources.items()
    }
    return Fact(one.resource, one.key, one.node, sources)


def _unbuilt(entry: Entry) -> Fact[Unbuilt]:
    roles = tuple(role for role in entry.documents if role not in _INDEXES)
    return fact(Unbuilt, entry.ref, "api", {"settings": Traced(roles, tuple(_wholly(entry, roles)))})


def _wholly(entry: Entry, roles: tuple[str, ...]) -> Iterator[Source]:
    return (Source(entry.documents[role], ()) for role in roles)


def _facts(entry: Entry, app: App, template: Template, api: TemplateResource) -> Iterator[Fact[Any]]:
    ref, body = entry.ref, api.properties.get("Body")
    yield _api(entry, template, api)
    authorizers = {one.key: one for one in authorizer_facts(ref, body)}
    yield from authorizers.values()
    for route in route_facts(ref, body):
        yield _checked(route, authorizers, app)
    for response in template.resources(RESPONSE):
        yield _response(ref, response)
    yield from own_policies(ref, (one for kind in POLICIES for one in template.resources(kind)))
    yield from shared_policies(ref, app)
    known = (API, DEPLOYMENT, RESPONSE, PERMISSION, *POLICIES)
    deployments = [one.logical_id for one in template.resources(DEPLOYMENT)]
    for other in template.resources():
        is_own = other.type != PERMISSION or _is_of_paths(other, api)
        if other.type not in known or not is_own or other.logical_id in deployments[1:] or _is_second(other, api):
            yield _extra(ref, other)


def _object(found: Any) -> dict[str, Any]:
    """What CloudFormation takes as an object only."""
    return found if isinstance(found, dict) else {}


def _is_second(other: TemplateResource, api: TemplateResource) -> bool:
    return other.type == API and other.logical_id != api.logical_id


def _extra(ref: ResourceRef, other: TemplateResource) -> Fact[ExtraResource]:
    further = [(name, other.attribute(name).whole()) for name in _FURTHER if other.attribute(name).present]
    values: dict[str, Traced[Any]] = {
        "type": other.declared,
        "properties": other.properties.whole().map(_object),
        "after": other.depends_on,
        "policy": other.deletion_policy.also(other.update_replace_policy),
        "other": traced(tuple(name for name, _ in further), *(value for _, value in further)),
    }
    return fact(ExtraResource, ref, other.logical_id, values)


def _is_of_paths(permission: TemplateResource, api: TemplateResource) -> bool:
    """Whether the API gets a right that the CLI gives it, and CDK: to call a function from any path."""
    arn = permission.properties.get("SourceArn").text().value
    return arn.endswith(f":${{{api.logical_id}}}/*/*/*")


def _checked(route: Fact[Route], authorizers: Mapping[str, Fact[Authorizer]], app: App) -> Fact[Route]:
    """The route, with what its authorizer is: the project's user pool, a function, or something unknown."""
    used = authorizers.get(route.node.authorizer)
    if route.node.access is not Access.COGNITO or (used and is_usual(used.node, app)):
        return route
    values = {name: Traced(route.value(name), route.sources.get(name, ())) for name in Route.__struct_fields__}
    access = Access.LAMBDA if used and is_function(used.node) else Access.UNKNOWN
    values["access"] = Traced(access, route.sources["access"])
    return fact(Route, route.resource, route.key, values)


def is_function(authorizer: Authorizer) -> bool:
    """Whether an authorizer is a function, called in a way that CDK has a word for."""
    called = bool(authorizer.function or authorizer.arn)
    return called and authorizer.kind in ("token", "request") and not authorizer.other


def is_usual(authorizer: Authorizer, app: App) -> bool:
    """Whether an authorizer takes tokens of the project's user pool, and asks nothing else."""
    pools = [(f"auth{entry.ref.name}", entry.output("UserPoolId").value) for entry in app.of("auth", "Cognito")]
    arn = authorizer.pools[0] if len(authorizer.pools) == 1 else ""
    own = any(stem in arn or (id and arn.endswith(f"/{id}")) for stem, id in pools)
    return own and authorizer.kind == "cognito_user_pools" and not authorizer.other


def _api(entry: Entry, template: Template, api: TemplateResource) -> Fact[RestApi]:
    properties = api.properties
    rest = [(name, cursor.whole()) for name, cursor in properties.items() if name not in _KNOWN]
    unsaid = tuple(name for name, value in rest if _mentions(value.value))
    document = unknown_parts(properties.get("Body"))
    deployment = next(template.resources(DEPLOYMENT), None)
    permissions = [one for one in template.resources(PERMISSION) if _is_of_paths(one, api)]
    noted: list[Traced[Any]] = [properties.get("FailOnWarnings").whole(), api.depends_on, *_choices(entry)]
    values: dict[str, Traced[Any]] = {
        "name": absent(entry.ref.name).also(template.output("ApiName").whole(), api.declared, *noted),
        "physical_name": properties.get("Name").text(),
        "endpoint": entry.output("RootUrl"),
        "description": properties.get("Description").text(),
        "other": traced(
            {name: value.value for name, value in rest if name not in unsaid}, *(value for _, value in rest)
        ),
        "definition": traced((*document.value, *unsaid), document, *(value for name, value in rest if name in unsaid)),
        "functions": gather(_called(one) for one in permissions),
    }
    if deployment:
        said = deployment.properties
        described = (said.get("RestApiId").text(), said.get("Description").text())
        also: list[Traced[Any]] = [deployment.declared, deployment.depends_on, *described]
        values["stage"] = said.get("StageName").text("${env}").also(*also)
        values["stage_settings"] = said.get("StageDescription").whole().map(_object)
    return fact(RestApi, entry.ref, "api", values)


def _mentions(value: Any) -> bool:
    """Whether a property mentions other resources or parameters by their names in Gen 1's template, where the name
    would become mere text: a policy that refuses callers by it would refuse nobody. Variables of policies have colons.
    """
    return any(":" not in name and name != "env" for name in _HOLE.findall(json.dumps(value)))


def _choices(entry: Entry) -> Iterator[Traced[Any]]:
    """What the user chose; the template was made of it."""
    for role in ("cli-inputs.json", "api-params.json"):
        paths = entry.cursor(role).get("paths")
        if paths.present:
            yield paths.whole()


def _called(permission: TemplateResource) -> Traced[str]:
    said = permission.properties
    found = _FUNCTION.search(said.get("FunctionName").text().value)
    return traced(found["name"] if found else "", permission.declared, permission.depends_on, said.whole())


def _response(ref: ResourceRef, response: TemplateResource) -> Fact[GatewayResponse]:
    said = response.properties
    parameters = said.get("ResponseParameters").whole()
    listed = parameters.value.items() if isinstance(parameters.value, dict) else ()
    values: dict[str, Traced[Any]] = {
        "type": said.get("ResponseType")
        .text()
        .also(response.declared, response.depends_on, said.get("RestApiId").text()),
        "status": said.get("StatusCode").text(),
        "headers": traced(
            {key.removeprefix(_HEADER): value for key, value in listed if key.startswith(_HEADER)}, parameters
        ),
        "templates": said.get("ResponseTemplates").whole().map(lambda found: found or {}),
        "other": traced({key: value for key, value in listed if not key.startswith(_HEADER)}, parameters),
    }
    return fact(GatewayResponse, ref, response.logical_id, values)


def _links(ref: ResourceRef, facts: tuple[Fact[Any], ...], app: App) -> Iterator[Link]:
    pool = next((entry.ref for entry in app.of("auth", "Cognito")), None)
    groups = next((entry.ref for entry in app.of("auth", "Cognito-UserPool-Groups")), None)
    for one in facts:
        match one.node:
            case Route(function=function) if function:
                yield Link(ref, ResourceRef("function", function), LinkKind.TRIGGER, one.key)
            case Authorizer(function=function) if function:
                yield Link(ref, ResourceRef("function", function), LinkKind.TRIGGER, f"access {one.key}")
            case Authorizer(kind="cognito_user_pools") if pool:
                yield Link(ref, pool, LinkKind.AUTHORIZES)
            case InvokePolicy(principal=Principal.GROUP) if groups:
                yield Link(ref, groups, LinkKind.AUTHORIZES)
            case InvokePolicy(principal=Principal.SIGNED_IN | Principal.GUEST) if pool:
                yield Link(ref, pool, LinkKind.AUTHORIZES)
