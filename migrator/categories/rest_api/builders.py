"""An API as CDK code: its stack, its routes and what clients find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrator.categories.rest_api.authorizers import of_function, of_pool
from migrator.categories.rest_api.mapping import mapping, method_responses
from migrator.categories.rest_api.model import (
    HEADERS,
    METHODS,
    Access,
    Authorizer,
    GatewayResponse,
    Preflight,
    RestApi,
    Route,
)
from migrator.categories.rest_api.targets import (
    APIGATEWAY,
    FEATURE,
    access_of,
    answered,
    api_name,
    endpoint,
    is_made,
    stack_name,
    stack_of,
    stage,
)
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Often, Piece, Reference, Task, Wiring
from migrator.gen2.cdk import environment, filled, property_name, property_value, text
from migrator.gen2.surface import surface
from migrator.typescript.build import arr, assign, call, const, member, new, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import As, Do, Expr, ForOf, Lit, Member, Name, Stmt, TypeName

_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_TEXTS = {"LoggingLevel": "MethodLoggingLevel"}
"""Settings of a stage that are a word of an enumeration."""
_LEVELS = ("ERROR", "INFO", "OFF")
_DATA = ("Parameters", "Policy")
"""Properties whose keys are not CloudFormation's."""
STAGE = (
    "CacheClusterEnabled",
    "CacheClusterSize",
    "DataTraceEnabled",
    "Description",
    "LoggingLevel",
    "MetricsEnabled",
    "ThrottlingBurstLimit",
    "ThrottlingRateLimit",
    "TracingEnabled",
    "Variables",
)
"""Settings of a stage that CDK has a word for, and that mean the same."""


def rest_api(fact: Fact[RestApi], context: Context) -> Iterator[Piece]:
    """The API in a stack of its own, and what clients find of it."""
    ref = fact.resource
    if not is_made(ref, context):
        return
    properties: dict[str, Any] = {"restApiName": fact.node.physical_name or ref.name}
    if fact.node.description:
        properties["description"] = text(fact.node.description, environment)
    properties["cloudWatchRole"] = Lit(False)
    properties["deployOptions"] = obj(dict(_stage(fact)))
    stack = call(member("backend", "createStack"), stack_name(ref))
    body: list[Stmt] = [
        const(f"{api_name(ref)}Stack", stack),
        const(api_name(ref), new(_api("RestApi"), stack_of(ref), ref.name, obj(properties, True))),
        *_other(fact),
    ]
    yield Wiring(FEATURE, tuple(body), "API010", order=20, exports=(api_name(ref),), owner=ref, section=f"{ref.name} 1")


def _api(name: str) -> Name:
    return Name(name, APIGATEWAY)


def _stage(fact: Fact[RestApi]) -> Iterator[tuple[str, Expr]]:
    yield "stageName", stage(fact)
    for key, value in fact.node.stage_settings.items():
        if not stage_word(key, value):
            continue
        if key in _TEXTS:
            yield property_name(key), Member(_api(_TEXTS[key]), str(value))
        else:
            yield property_name(key), obj(value) if isinstance(value, dict) else property_value(value)


def stage_word(key: str, value: Any) -> bool:
    """Whether CDK has a word for a setting of the stage."""
    return key in STAGE and (key not in _TEXTS or value in _LEVELS)


def _other(fact: Fact[RestApi]) -> Iterator[Stmt]:
    """Properties that the construct has no argument for, or another word, on the CloudFormation resource."""
    cfn = As(member(Name(api_name(fact.resource)), "node.defaultChild"), TypeName("CfnRestApi", APIGATEWAY))
    for key, value in fact.node.other.items():
        if key == "Tags":
            yield from _tags(cfn, value)
        elif key not in _DATA and surface("CfnRestApi").knows(property_name(key)):
            yield assign(Member(cfn, property_name(key)), property_value(value))
        elif key in _DATA:
            yield assign(Member(cfn, property_name(key)), filled(value, environment))
        else:
            yield Do(call(Member(cfn, "addPropertyOverride"), key.replace(".", "\\."), filled(value, environment)))


def _tags(cfn: Expr, tags: Any) -> Iterator[Stmt]:
    """Tags of the API alone, which its construct keeps as a list of its own."""
    for one in tags if isinstance(tags, list) else ():
        if isinstance(one, dict):
            said = (property_value(one.get(part, "")) for part in ("Key", "Value"))
            yield Do(call(Member(call(member(Name("Tags", "aws-cdk-lib"), "of"), cfn), "add"), *said))


def clients(fact: Fact[RestApi], context: Context) -> Iterator[Piece]:
    """What clients find, under the name by which they call the API.

    https://docs.amplify.aws/react/build-a-backend/add-aws-services/rest-api/set-up-rest-api/
    """
    ref, api = fact.resource, Name(api_name(fact.resource))
    if not is_made(ref, context):
        return
    told = {
        "endpoint": endpoint(fact, api),
        "region": member(stack_of(ref), "region"),
        "apiName": Lit(fact.node.name),
    }
    said = {"custom": obj({"API": obj({fact.node.name: obj(told, True)}, True)}, True)}
    added = Do(call(member("backend", "addOutput"), obj(said, True)))
    yield Wiring(FEATURE, (added,), "API011", order=20, owner=ref, section=f"{ref.name} 5")
    yield Task(
        FEATURE,
        "Tell clients of the REST APIs where `Amplify.configure(outputs)` is called: they are in `outputs.custom.API`. "
        "https://docs.amplify.aws/react/build-a-backend/add-aws-services/rest-api/set-up-rest-api/",
        "API011",
    )


def route(fact: Fact[Route], context: Context) -> Iterator[Piece]:
    """The paths that one function answers in the same way, in one loop; the first of them makes it."""
    ref, node = fact.resource, fact.node
    alike = [one for one in context.graph.facts(Route, ref) if answered(one, context) and _way(one) == _way(fact)]
    if not alike or alike[0].key != fact.key:
        return
    made = dict(_made(fact, context))
    for name, value in made.items():
        yield Wiring(FEATURE, (const(name, value),), "API020", order=20, section=f"{ref.name} 2")
    resource = Name("resource")
    found = call(member(Name(api_name(ref)), "root.resourceForPath"), Name("path"))
    added = call(Member(resource, "addMethod"), Lit(node.verb), Name(next(iter(made))), *_options(fact, made, context))
    body: list[Stmt] = [const("resource", found), Do(added)]
    if node.preflight:
        body.append(Do(call(Member(resource, "addCorsPreflight"), _preflight(node.preflight))))
    loop = ForOf("path", arr(one.node.path for one in alike), tuple(body))
    yield Wiring(FEATURE, (loop,), "API020", order=20, owner=ref, section=f"{ref.name} 2")


def _way(fact: Fact[Route]) -> tuple[object, ...]:
    node = fact.node
    asked = (node.verb, node.function, node.access, node.authorizer, node.scopes)
    return (*asked, node.mapped, node.timeout, node.content, node.preflight)


def _made(fact: Fact[Route], context: Context) -> Iterator[tuple[str, Expr]]:
    """What stands before the loop, by name: the function behind, and what looks at tokens.

    The API as a whole may call the function, as in Gen 1: rights for each path soon are more than a function's policy
    holds (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
    """
    ref, node = fact.resource, fact.node
    lambda_ = Reference(ResourceRef("function", node.function), "lambda")
    settings = dict(_settings(node))
    integration = new(_api("LambdaIntegration"), lambda_, obj({"scopePermissionToMethod": Lit(False), **settings}))
    yield _integration_name(fact, context), integration
    said = next((one for one in context.graph.facts(Authorizer, ref) if one.key == node.authorizer), None)
    keys = (one.key for one in context.graph.facts(Authorizer, ref))
    name = _apart(f"{api_name(ref)}-{key}-authorizer" for key in keys).get(
        f"{api_name(ref)}-{node.authorizer}-authorizer", ""
    )
    access = access_of(fact, context)
    if access is Access.COGNITO:
        yield name, of_pool(said, node.authorizer, ref, context)
    elif access is Access.LAMBDA and said:
        yield name, of_function(said)


def _apart(words: Iterable[str]) -> dict[str, str]:
    """Identifiers that tell all of these apart: routes name what is made for them, and must not get another's."""
    found: dict[str, str] = {}
    for word in words:
        found[word] = found.get(word) or identifier(word, tuple(found.values()))
    return found


def _integration_name(fact: Fact[Route], context: Context) -> str:
    node = fact.node
    if not node.mapped:
        return identifier(f"{node.function}-integration{_number(fact, context)}")
    routes = (one.node for one in context.graph.facts(Route, fact.resource) if one.node.mapped)
    words = (f"{one.function}-{one.verb.lower()}-{one.path}-integration" for one in routes)
    return _apart(words)[f"{node.function}-{node.verb.lower()}-{node.path}-integration"]


def _number(fact: Fact[Route], context: Context) -> str:
    """Which of the integrations with one function it is that have other settings; empty for the first."""
    routes = [one.node for one in context.graph.facts(Route, fact.resource) if answered(one, context)]
    alike = (one for one in routes if one.function == fact.node.function and not one.mapped)
    number = list(dict.fromkeys((one.timeout, one.content) for one in alike)).index(
        (fact.node.timeout, fact.node.content)
    )
    return str(number + 1) if number else ""


def _settings(node: Route) -> Iterator[tuple[str, Expr]]:
    """Settings of an integration beside the usual ones."""
    if node.timeout:
        whole = node.timeout % 1000 == 0
        amount = Lit(node.timeout // 1000 if whole else node.timeout)
        yield "timeout", call(member(Name("Duration", "aws-cdk-lib"), "seconds" if whole else "millis"), amount)
    if node.content:
        yield "contentHandling", Member(_api("ContentHandling"), node.content)
    if node.mapped:
        yield from mapping(node.mapped).items()


_WORDS = {Access.COGNITO: "COGNITO", Access.LAMBDA: "CUSTOM", Access.IAM: "IAM"}


def _options(fact: Fact[Route], made: Mapping[str, Expr], context: Context) -> Iterator[Expr]:
    node, access = fact.node, access_of(fact, context)
    options: dict[str, Expr] = {}
    if access is not Access.OPEN:
        options["authorizationType"] = Member(_api("AuthorizationType"), _WORDS[access])
    if len(made) > 1:
        options["authorizer"] = Name(list(made)[1])
    if access is Access.COGNITO and node.scopes:
        options["authorizationScopes"] = arr(node.scopes)
    if node.mapped:
        options["methodResponses"] = method_responses(node.mapped)
    if options:
        yield obj(options)


def authorizer(fact: Fact[Authorizer], context: Context) -> Iterator[Piece]:
    """What looks at tokens is made where a route asks for it: CDK refuses one that no method has."""
    yield from ()


def _preflight(said: Preflight) -> Expr:
    """The answer; CDK's own has another status, and its lists of methods and headers are those of Gen 1."""
    cors = _api("Cors")
    origins: Expr = Member(cors, "ALL_ORIGINS") if said.origin == "*" else arr([said.origin])
    properties: dict[str, Any] = {"allowOrigins": origins}
    if set(said.methods) != set(METHODS):
        properties["allowMethods"] = arr(said.methods)
    if set(said.headers) != set(HEADERS):
        properties["allowHeaders"] = arr(said.headers)
    return Often("preflight", obj({**properties, "statusCode": Lit(said.status)}))


def gateway_response(fact: Fact[GatewayResponse], context: Context) -> Iterator[Piece]:
    """What API Gateway answers by itself; those that say the same are made in one loop."""
    ref = fact.resource
    if not is_made(ref, context):
        return
    alike = [one for one in context.graph.facts(GatewayResponse, ref) if _said(one) == _said(fact)]
    if alike[0].key != fact.key:
        return
    properties: dict[str, Any] = {"type": Name("type")}
    if fact.node.status:
        properties["statusCode"] = Lit(fact.node.status)
    if fact.node.headers:
        properties["responseHeaders"] = Often("corsHeaders", obj(dict(fact.node.headers), True))
    if fact.node.templates:
        properties["templates"] = obj(dict(fact.node.templates), True)
    types = arr(_type(one.node.type) for one in alike)
    id = Member(Name("type"), "responseType")
    added = call(member(Name(api_name(ref)), "addGatewayResponse"), id, obj(properties, True))
    loop = ForOf("type", types, (Do(added),))
    yield Wiring(FEATURE, (loop,), "API030", order=20, owner=ref, section=f"{ref.name} 3")


def _type(word: str) -> Expr:
    """The type of a response; a word that is no name may be one that CDK does not know yet."""
    types = _api("ResponseType")
    return Member(types, word) if _NAME.fullmatch(word) else call(Member(types, "of"), word)


def _said(fact: Fact[GatewayResponse]) -> tuple[object, ...]:
    return (fact.node.status, fact.node.headers, fact.node.templates)
