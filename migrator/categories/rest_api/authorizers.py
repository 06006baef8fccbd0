"""What looks at requests before they reach a path: the user pool, or a function."""

from __future__ import annotations

from typing import Any

from migrator.categories.rest_api.model import Authorizer
from migrator.categories.rest_api.targets import APIGATEWAY, stack_of
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Reference
from migrator.gen2.cdk import environment, text
from migrator.typescript.build import arr, call, lit, member, new, obj
from migrator.typescript.nodes import Expr, Lit, Name

_LAMBDA = "aws-cdk-lib/aws-lambda"
_HEADER = "method.request.header."
_SOURCES = {
    _HEADER: "header",
    "method.request.querystring.": "queryString",
    "stageVariables.": "stageVariable",
    "context.": "context",
}
"""Parts of requests, and CDK's words for them."""
_KEPT = 300
"""Seconds for which API Gateway keeps an answer, and CDK."""


def of_pool(fact: Fact[Authorizer] | None, key: str, ref: ResourceRef, context: Context) -> Expr:
    """Tokens of the project's user pool."""
    pool = next((one.ref for one in context.graph.resources if one.service == "Cognito"), None)
    asked: dict[str, Any] = {"cognitoUserPools": arr([Reference(pool, "userPool")] if pool else [])}
    if fact and fact.node.header != "Authorization":
        asked["identitySource"] = _source(_HEADER + fact.node.header)
    return new(Name("CognitoUserPoolsAuthorizer", APIGATEWAY), stack_of(ref), Lit(key), obj(asked))


def of_function(fact: Fact[Authorizer]) -> Expr:
    """A function that looks at a token, or at several parts of a request."""
    node = fact.node
    sources = node.sources or (_HEADER + node.header,)
    asked: dict[str, Any] = {"handler": _handler(fact)}
    if node.kind == "request":
        asked["identitySources"] = arr(_source(one) for one in sources)
    elif sources[0] != f"{_HEADER}Authorization":
        asked["identitySource"] = _source(sources[0])
    if node.pattern:
        asked["validationRegex"] = lit(node.pattern)
    if node.ttl != _KEPT:
        asked["resultsCacheTtl"] = call(member(Name("Duration", "aws-cdk-lib"), "seconds"), lit(node.ttl))
    kind = "RequestAuthorizer" if node.kind == "request" else "TokenAuthorizer"
    return new(Name(kind, APIGATEWAY), stack_of(fact.resource), Lit(fact.key), obj(asked, True))


def _handler(fact: Fact[Authorizer]) -> Expr:
    """The function, by its ARN: so the right to call it stands in the stack of the API, which depends on the function
    already."""
    node, stack, id = fact.node, stack_of(fact.resource), Lit(f"{fact.key}Function")
    function = Name("LambdaFunction", _LAMBDA, imported="Function")
    if not node.function:
        return call(member(function, "fromFunctionArn"), stack, id, text(node.arn, environment))
    arn = member(Reference(ResourceRef("function", node.function), "lambda"), "functionArn")
    return call(member(function, "fromFunctionAttributes"), stack, id, {"functionArn": arn, "sameEnvironment": True})


def _source(said: str) -> Expr:
    """A part of a request in CDK's words."""
    start = next((one for one in _SOURCES if said.startswith(one)), "")
    if not start:
        return Lit(said)
    return call(member(Name("IdentitySource", APIGATEWAY), _SOURCES[start]), said.removeprefix(start))
