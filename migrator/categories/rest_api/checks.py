"""Conditions of rules about REST APIs."""

from __future__ import annotations

from migrator.categories.rest_api.builders import stage_word
from migrator.categories.rest_api.model import Authorizer, ExtraResource, RestApi, Route
from migrator.categories.rest_api.read import is_function, is_usual
from migrator.categories.rest_api.targets import access_of, answered, is_asked, is_made
from migrator.engine import resource_types
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
    return not all(stage_word(key, value) for key, value in fact.node.stage_settings.items())


def holds_data(fact: Fact[ExtraResource], context: Context) -> bool:
    """Whether the resource holds what a deployment cannot bring back."""
    return resource_types.holds_data(fact.node.type)


def is_used(fact: Fact[Authorizer], context: Context) -> bool:
    """Whether a route asks the authorizer."""
    return any(one.node.authorizer == fact.key for one in context.graph.facts(Route, fact.resource))


def own_pool(fact: Fact[Authorizer], context: Context) -> bool:
    """Whether the authorizer takes the tokens of the project's user pool, in the usual way."""
    return is_usual(fact.node, context.app)


def known_access(fact: Fact[Route], context: Context) -> bool:
    """Whether those who may call the route are those of Gen 1."""
    return fact.node.access is access_of(fact, context)


def asked_function(fact: Fact[Authorizer], context: Context) -> bool:
    """Whether the authorizer is a function that can be asked."""
    return is_function(fact.node) and is_asked(fact.node, context)
