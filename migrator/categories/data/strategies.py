"""Strategies by which conflicts of DataStore are resolved: which of them a Gen 2 API can keep."""

from __future__ import annotations

from migrator.categories.data.model import GraphqlApi
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact

NAMED = ("AUTOMERGE", "OPTIMISTIC_CONCURRENCY")
"""Those that need nothing else. For a function that decides, the transformer puts the ARN of its data sources' right
together from the function's name, which in Gen 2 is known only when it is deployed: CloudFormation refuses the result
(graphql-transformer-core 3.5.1)."""


def can_sync(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether every strategy can be kept, and the tables are new ones."""
    said = fact.node.conflict_strategies
    return bool(said) and "data" not in context.options.reuse and all(one.name in NAMED for one in said)


def syncs(api: ResourceRef, context: Context) -> bool:
    """Whether the API goes on resolving conflicts, as the user asks."""
    wanted = context.options.datastore == "keep"
    return wanted and any(can_sync(one, context) for one in context.graph.facts(GraphqlApi, api))
