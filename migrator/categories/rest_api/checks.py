"""Conditions of rules about REST APIs."""

from __future__ import annotations

from migrator.categories.rest_api.builders import STAGE
from migrator.categories.rest_api.model import Access, Authorizer, RestApi, Route
from migrator.categories.rest_api.targets import answered, is_made
from migrator.engine.context import Context
from migrator.gen1.graph import Fact


def function_is_there(fact: Fact[Route], context: Context) -> bool:
    """Whether the function of the route is converted."""
    return answered(fact, context)


def has_routes(fact: Fact[RestApi], context: Context) -> bool:
    """Whether any route of the API can be made: without one there is no API."""
    return is_made(fact.resource, context)


def other_stage_settings(fact: Fact[RestApi], context: Context) -> bool:
    """Whether the stage has settings that are not carried over."""
    return any(key not in STAGE for key in fact.node.stage_settings)


def is_used(fact: Fact[Authorizer], context: Context) -> bool:
    """Whether a route asks the authorizer."""
    return any(one.node.authorizer == fact.key for one in context.graph.facts(Route, fact.resource))


def own_pool(fact: Fact[Authorizer], context: Context) -> bool:
    """Whether the authorizer takes the tokens of the project's user pool, in the usual way."""
    pools = [one.ref.name for one in context.graph.resources if one.service == "Cognito"]
    arns = fact.node.pools
    known = len(arns) == 1 and bool(pools) and any(f"auth{name}" in arns[0] for name in pools)
    return known and not fact.node.other and fact.node.kind == "cognito_user_pools"


def known_access(fact: Fact[Route], context: Context) -> bool:
    """Whether it is known who may call the route."""
    return fact.node.access is not Access.UNKNOWN
