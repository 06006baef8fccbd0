"""Where an API stands in Gen 2, and what other features can use of it."""

from __future__ import annotations

from migrator.categories.rest_api.model import Access, Authorizer, RestApi, Route
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Often, Shared
from migrator.gen2.cdk import environment, text
from migrator.typescript.build import call, member, new
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Expr, Lit, Member, Name, Nullish, Template

FEATURE = "rest-api"
_TAKEN = ("backend", "restApi")
"""Names that the wiring's parameters have."""
APIGATEWAY = "aws-cdk-lib/aws-apigateway"


def api_name(ref: ResourceRef) -> str:
    """The constant of an API in wiring code."""
    return identifier(ref.name if ref.name.lower().endswith("api") else f"{ref.name}-api", _TAKEN)


def stack_name(ref: ResourceRef) -> str:
    """The stack of an API."""
    return f"{FEATURE}-{ref.name}"


def stack_of(ref: ResourceRef) -> Expr:
    """The stack in the wiring that makes it."""
    return Name(f"{api_name(ref)}Stack")


def stage(fact: Fact[RestApi]) -> Expr:
    """The name of the stage: that of the branch, without what API Gateway does not take in it."""
    if "${env}" not in fact.node.stage:
        return Lit(fact.node.stage)
    branch = Nullish(member("process", "env.AWS_BRANCH"), Lit("sandbox"))
    taken = call(Member(branch, "replaceAll"), new("RegExp", "[^A-Za-z0-9_-]", "g"), "-")
    whole = text(fact.node.stage, lambda name: taken if name == "env" else environment(name))
    return Often("stage", whole)


def endpoint(fact: Fact[RestApi], api: Expr) -> Expr:
    """The URL as Gen 1 said it, without a slash at its end: clients put paths that begin with one behind it."""
    named = stage(fact)
    end: tuple[str | Expr, ...] = (".amazonaws.com/", named)
    if isinstance(named, Lit):
        end = (f".amazonaws.com/{named.value}",)
    return Template(("https://", Member(api, "restApiId"), ".execute-api.", member("backend", "stack.region"), *end))


def is_made(ref: ResourceRef, context: Context) -> bool:
    """Whether there is an API: one without any method cannot be deployed."""
    return any(answered(fact, context) for fact in context.graph.facts(Route, ref))


def answered(fact: Fact[Route], context: Context) -> bool:
    """Whether the function of a route is in the backend."""
    function = ResourceRef("function", fact.node.function)
    return bool(fact.node.function) and context.converted(function)


def is_asked(authorizer: Authorizer, context: Context) -> bool:
    """Whether the function of an authorizer can be asked: one of the backend, or one by its ARN."""
    return bool(authorizer.arn) or context.converted(ResourceRef("function", authorizer.function))


def access_of(fact: Fact[Route], context: Context) -> Access:
    """Who may call a route in Gen 2: only signed requests, where what Gen 1 asks for is not there."""
    access, named = fact.node.access, fact.node.authorizer
    used = next((one.node for one in context.graph.facts(Authorizer, fact.resource) if one.key == named), None)
    if access is Access.UNKNOWN or (access is Access.LAMBDA and not (used and is_asked(used, context))):
        return Access.IAM
    return access


def api_output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of an API."""
    facts = context.graph.facts(RestApi, ref)
    if not facts or not is_made(ref, context):
        return None
    api = Shared(FEATURE, api_name(ref))
    outputs = {
        "ApiId": Member(api, "restApiId"),
        "ApiName": Member(api, "restApiName"),
        "RootUrl": endpoint(facts[0], api),
        "restApi": api,
        "stage": stage(facts[0]),
        "stack": Member(api, "stack"),
    }
    return outputs.get(attribute)
