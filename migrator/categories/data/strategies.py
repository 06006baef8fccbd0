"""Strategies by which conflicts of DataStore are resolved: which of them a Gen 2 API can keep."""

from __future__ import annotations

from migrator.categories.data.model import ConflictStrategy, GraphqlApi
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact

BY_FUNCTION = "LAMBDA"
_NAMED = ("AUTOMERGE", "OPTIMISTIC_CONCURRENCY")


def can_sync(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether every strategy is known and its function is in the backend, and the tables are new ones."""
    said = fact.node.conflict_strategies
    return bool(said) and "data" not in context.options.reuse and all(_known(one, context) for one in said)


def syncs(api: ResourceRef, context: Context) -> bool:
    """Whether the API goes on resolving conflicts, as the user asks."""
    wanted = context.options.datastore == "keep"
    return wanted and any(can_sync(one, context) for one in context.graph.facts(GraphqlApi, api))


def _known(strategy: ConflictStrategy, context: Context) -> bool:
    if strategy.name == BY_FUNCTION:
        return context.converted(deciding(strategy))
    return strategy.name in _NAMED


def deciding(strategy: ConflictStrategy) -> ResourceRef:
    """The function of the project that a strategy names."""
    return ResourceRef("function", strategy.function.removesuffix("-${env}"))
