"""An API that goes on resolving conflicts for DataStore (`--datastore keep`).

The construct behind `defineData` can, but `defineData` does not hand the setting on: `amplify/data/datastore.ts` calls
the construct itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.data.model import ConflictStrategy, GraphqlApi
from migrator.categories.data.resolvers import helper
from migrator.categories.data.strategies import BY_FUNCTION, deciding
from migrator.categories.data.targets import define
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import DefinitionOf, Piece, Setting
from migrator.typescript.build import obj
from migrator.typescript.nodes import Expr, Lit


def synced_data(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """The strategies, and the function that calls the construct."""
    said = fact.node.conflict_strategies
    models = {one.model: _strategy(one) for one in said if one.model}
    whole = next((_strategy(one) for one in said if not one.model), None)
    strategies = obj({"project": whole} if whole else {"models": obj(models)})
    if whole and models:
        strategies = obj({"project": whole, "models": obj(models)})
    yield Setting(define(fact, context), "conflictResolution", strategies, "DATA045")
    yield helper("datastore", "DATA045")


def _strategy(strategy: ConflictStrategy) -> Expr:
    if strategy.name == BY_FUNCTION:
        return obj({"conflictHandler": DefinitionOf(deciding(strategy))})
    return Lit(strategy.name)
