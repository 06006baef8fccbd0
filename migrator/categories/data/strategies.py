"""Strategies by which conflicts of DataStore are resolved: which of them a Gen 2 API can keep."""

from __future__ import annotations

from migrator.categories.data.model import ConflictStrategy, GraphqlApi
from migrator.categories.data.schema import deployed_names
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact

NAMED = ("AUTOMERGE", "OPTIMISTIC_CONCURRENCY")
"""Those that need nothing else."""
LAMBDA = "LAMBDA"
"""A function decides."""


def can_sync(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether every strategy can be kept, and the tables are new ones."""
    said = fact.node.conflict_strategies
    return bool(said) and "data" not in context.options.reuse and all(_is_known(one, context) for one in said)


def _is_known(one: ConflictStrategy, context: Context) -> bool:
    function = decider(one, context) or live_name(one, context)
    return one.name in NAMED or (one.name == LAMBDA and bool(function))


def live_name(one: ConflictStrategy, context: Context) -> str:
    """The name under which the function that decides is deployed; empty where the environment in it is not known."""
    name = one.function.replace("${env}", context.app.env or "${env}")
    return "" if "${" in name else name


def decider(one: ConflictStrategy, context: Context) -> ResourceRef | None:
    """The function of this backend that decides."""
    found = deployed_names(context.app).get(one.function.replace("${env}", context.app.env or "${env}"), "")
    ref = ResourceRef("function", found)
    return ref if found and context.converted(ref) else None


def syncs(api: ResourceRef, context: Context) -> bool:
    """Whether the API goes on resolving conflicts, as the user asks."""
    wanted = context.options.datastore == "keep"
    return wanted and any(can_sync(one, context) for one in context.graph.facts(GraphqlApi, api))
