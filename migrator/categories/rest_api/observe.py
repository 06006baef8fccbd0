"""What REST APIs deploy, in both generations: the API, its methods, its responses, its stage.

Gen 1 says methods in an OpenAPI document, Gen 2 as resources; both are compared as what a verb of a path does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.rest_api.built import ANY
from migrator.categories.rest_api.observe_added import added, added_to
from migrator.categories.rest_api.observe_document import described
from migrator.categories.rest_api.observe_outputs import tells
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.flatten import SET, Shape
from migrator.engine.observed import Declared, Generation, Observed, Observer, Side
from migrator.engine.observing import defaults, observed
from migrator.engine.survey import left_to_others

API = "AWS::ApiGateway::RestApi"
METHOD = "AWS::ApiGateway::Method"
RESPONSE = "AWS::ApiGateway::GatewayResponse"
STAGE = "AWS::ApiGateway::Stage"
DEPLOYMENT = "AWS::ApiGateway::Deployment"
RESOURCE = "AWS::ApiGateway::Resource"
AUTHORIZER = "AWS::ApiGateway::Authorizer"
_GEN2 = re.compile(r"^rest-api-([^/]+)/([^/]+)$")
_FUNCTION = re.compile(
    r"/functions/(?:arn:aws:lambda:\$\{AWS::Region\}:\$\{AWS::AccountId\}:function:)?(.+)/invocations$"
)
_STATUS = re.compile(r"""['"]?statusCode['"]?\s*:\s*(\d+)""")
_OWN = re.compile(r"^\$\{(.+)\}$")
_DEPLOYED = ("DeploymentId", "RestApiId", "MethodSettings")
_ALL = ("HttpMethod", "ResourcePath")
_VARY = ("method.response.header.Vary", "'Origin'")
_OF_AUTHORIZER = (
    "ProviderARNs",
    "IdentitySource",
    "AuthorizerUri",
    "AuthorizerResultTtlInSeconds",
    "IdentityValidationExpression",
)
_LISTS = ("allow-methods", "allow-headers", "expose-headers")


def name(declared: Declared, generation: Generation) -> str:
    """What both generations call an API, and what an override added to it, by its logical id."""
    if api := added_to(declared, generation):
        return f"{declared.logical_id} of rest api {api}"
    if declared.type != API:
        return ""
    if generation.side is Side.GEN1:
        category, _, resource = declared.stack.partition("/")
        return f"rest api {resource}" if category == "api" and declared.logical_id == resource else ""
    found = _GEN2.match(declared.path)
    return f"rest api {found[2]}" if found and found[1] == found[2] else ""


def observe(generation: Generation) -> Iterator[Observed]:
    """Everything that REST APIs deploy."""
    for one in generation.resources:
        if not left_to_others(one) and added_to(one, generation):
            yield added(one, generation)
    for api in generation.of(API):
        if api.name.startswith("rest api "):
            yield from _gen1(api, generation) if "Body" in api.properties else _gen2(api, generation)


def _of(api: Declared, generation: Generation, *types: str) -> Iterator[Declared]:
    own = f"${{{api.name}}}"
    return (one for one in generation.of(*types) if one.properties.get("RestApiId") == own)


def _gen1(api: Declared, generation: Generation) -> Iterator[Observed]:
    body = api.properties["Body"] if isinstance(api.properties["Body"], Mapping) else {}
    yield observed(api.name, api, generation, _SHAPES, without=("Body", "FailOnWarnings"))
    security = body.get("securityDefinitions")
    for path, item in (body.get("paths") or {}).items():
        for verb, method in item.items() if isinstance(item, Mapping) else ():
            said = described(method, security if isinstance(security, Mapping) else {})
            yield _method(api, (api,), "ANY" if verb == ANY else verb.upper(), path, said, generation)
    yield from _responses(api, generation)
    for deployment in _of(api, generation, DEPLOYMENT):
        settings = deployment.properties.get("StageDescription")
        settings = settings if isinstance(settings, Mapping) else {}
        said = {"StageName": deployment.properties.get("StageName"), **settings}
        yield _stage(api, deployment, said, generation)


def _gen2(api: Declared, generation: Generation) -> Iterator[Observed]:
    resources = {one.name: one for one in _of(api, generation, RESOURCE)}
    authorizers = {one.name: one for one in _of(api, generation, AUTHORIZER)}
    deployments = tuple(_of(api, generation, DEPLOYMENT))
    yield observed(api.name, api, generation, _SHAPES, of=(*resources.values(), *deployments))
    for method in _of(api, generation, METHOD):
        said = dict(method.properties)
        found = _OWN.match(str(said.pop("AuthorizerId", "")))
        used = authorizers.get(found[1]) if found else None
        if used:
            said["Authorizer"] = {key: used.properties.get(key) for key in _OF_AUTHORIZER}
            if said.get("AuthorizationType") == "CUSTOM":
                said["AuthorizationType"] = f"CUSTOM {str(used.properties.get('Type')).lower()}"
        verb, path = str(said.pop("HttpMethod", "")), _path(str(said.pop("ResourceId", "")), api, resources)
        of = (method, *((used,) if used else ()))
        for key in ("RestApiId", "MethodResponses"):
            said.pop(key, None)
        yield _method(api, of, verb, path, said, generation)
    yield from _responses(api, generation)
    for stage in _of(api, generation, STAGE):
        said = {key: value for key, value in stage.properties.items() if key not in _DEPLOYED}
        yield _stage(api, stage, {**said, **_of_all_methods(stage.properties.get("MethodSettings"))}, generation)


def _path(resource: str, api: Declared, resources: Mapping[str, Declared]) -> str:
    """The path of a resource, from the root down."""
    found = _OWN.match(resource)
    known = resources.get(found[1]) if found else None
    if known is None:
        return "/" if resource == f"${{{api.name}.RootResourceId}}" else resource
    parent = _path(str(known.properties.get("ParentId", "")), api, resources)
    return f"{parent.removesuffix('/')}/{known.properties.get('PathPart', '')}"


def _of_all_methods(settings: Any) -> dict[str, Any]:
    """What holds for all methods, which Gen 1 says of the stage; what holds for single ones stays."""
    listed = [one for one in settings if isinstance(one, Mapping)] if isinstance(settings, list) else []
    found: dict[str, Any] = {}
    single = []
    for one in listed:
        if (one.get("HttpMethod"), one.get("ResourcePath")) == ("*", "/*"):
            found |= {key: value for key, value in one.items() if key not in _ALL}
        else:
            single.append(one)
    return {**found, "MethodSettings": single}


def _method(
    api: Declared, of: tuple[Declared, ...], verb: str, path: str, said: dict[str, Any], generation: Generation
) -> Observed:
    """What a verb of a path does.

    Normalisation `proxied-methods`: a function that gets the whole request answers in its own words, so templates and
    responses that stand beside it mean nothing; nor does how bodies are converted, where none is binary.
    Normalisation `mock-templates`: a mock answers the status that its template names, however the template writes it.
    Normalisation `cors-lists`: the order of words in a CORS header, and the hint to caches that the answer depends on
    who asks, which CDK adds where one origin is named.
    """
    integration = dict(said.get("Integration") or {})
    function = _FUNCTION.search(str(integration.get("Uri") or ""))
    if function:
        integration["Uri"] = _bare(function[1])
    integration.pop("IntegrationHttpMethod", None)
    if integration.get("Type") == "AWS_PROXY":
        if not api.properties.get("BinaryMediaTypes"):
            integration.pop("ContentHandling", None)
        for key in ("IntegrationResponses", "RequestTemplates", "PassthroughBehavior", "CacheNamespace"):
            integration.pop(key, None)
    elif integration.get("Type") == "MOCK":
        asked = _STATUS.search(str(integration.pop("RequestTemplates", "")))
        integration["Answers"] = asked[1] if asked else ""
        listed = integration.pop("IntegrationResponses", None) or []
        integration["IntegrationResponses"] = [_answer(one) for one in listed if isinstance(one, Mapping)]
        if integration.get("PassthroughBehavior") == "WHEN_NO_MATCH":
            integration.pop("PassthroughBehavior")
    properties = {"ApiKeyRequired": False, **said, "Integration": integration}
    if isinstance(asked_of := said.get("Authorizer"), Mapping):
        properties["Authorizer"] = _authorizer(asked_of)
    key = f"{path} {verb} of {api.name}"
    return observed(key, of[0], generation, _SHAPES, kind=METHOD, properties=properties, of=of[1:])


def _authorizer(said: Mapping[str, Any]) -> dict[str, Any]:
    """What looks at requests; the parts that it looks at are parted by commas, with spaces or without."""
    uri = str(said.get("AuthorizerUri") or "")
    function = _FUNCTION.search(uri)
    sources = ",".join(part.strip() for part in str(said.get("IdentitySource") or "").split(","))
    return {**said, "AuthorizerUri": _bare(function[1]) if function else uri or None, "IdentitySource": sources or None}


def _bare(function: str) -> str:
    found = _OWN.match(function)
    return found[1] if found else function


def _answer(said: Mapping[str, Any]) -> dict[str, Any]:
    headers = _headers(said.get("ResponseParameters"))
    if isinstance(headers, Mapping):
        headers = {key: value for key, value in headers.items() if (key, value) != _VARY}
    return {**said, "ResponseParameters": headers}


def _headers(said: Any) -> Any:
    if not isinstance(said, Mapping):
        return said
    return {key: _sorted(value) if key.lower().endswith(_LISTS) else value for key, value in said.items()}


def _sorted(text: Any) -> Any:
    bare = str(text).strip("'")
    return "'" + ",".join(sorted(part.strip() for part in bare.split(","))) + "'" if text else text


def _responses(api: Declared, generation: Generation) -> Iterator[Observed]:
    for response in _of(api, generation, RESPONSE):
        said = {**response.properties, "ResponseParameters": _headers(response.properties.get("ResponseParameters"))}
        said.pop("RestApiId")
        key = f"{said.get('ResponseType')} of {api.name}"
        yield observed(key, response, generation, properties=said)


def _stage(api: Declared, declared: Declared, said: Mapping[str, Any], generation: Generation) -> Observed:
    return observed(f"stage of {api.name}", declared, generation, kind=STAGE, properties=said)


_SHAPES: dict[str, Shape] = {
    "AuthorizationScopes": SET,
    "Authorizer.ProviderARNs": SET,
    "BinaryMediaTypes": SET,
    "EndpointConfiguration.Types": SET,
}
DEFAULTS = (
    *defaults(API, "aws-resource-apigateway-restapi", {"Description": "", "EndpointConfiguration.Types": ("EDGE",)}),
    *defaults(METHOD, "aws-resource-apigateway-method", {}),
    *defaults(METHOD, "aws-resource-apigateway-authorizer", {"Authorizer.AuthorizerResultTtlInSeconds": 300}),
    *defaults(RESPONSE, "aws-resource-apigateway-gatewayresponse", {}),
    *defaults(
        STAGE,
        "aws-properties-apigateway-stage-methodsetting",
        {"DataTraceEnabled": False, "MetricsEnabled": False, "CachingEnabled": False},
    ),
    *defaults(STAGE, "aws-resource-apigateway-stage", {"TracingEnabled": False, "CacheClusterEnabled": False}),
)


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of an API."""
    resource = context.graph.get(ref)
    if resource is None or resource.service != "API Gateway":
        return ""
    return {"ApiId": f"${{rest api {ref.name}}}", "ApiName": ref.name}.get(output, "")


OBSERVER = Observer(name, observe, DEFAULTS, gives, tells=tells)
