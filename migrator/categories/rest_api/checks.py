"""Conditions of rules about REST APIs."""

from __future__ import annotations

from migrator.categories.rest_api.builders import STAGE
from migrator.categories.rest_api.model import Access, Authorizer, RestApi, Route
from migrator.categories.rest_api.read import is_usual
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
    return is_usual(fact.node, context.app)


def known_access(fact: Fact[Route], context: Context) -> bool:
    """Whether it is known who may call the route."""
    return fact.node.access is not Access.UNKNOWN
