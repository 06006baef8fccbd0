"""An API that goes on resolving conflicts for DataStore (`--datastore keep`).

The construct behind `defineData` can, but `defineData` does not hand the setting on: `amplify/data/datastore.ts` calls
the construct itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.data.model import ConflictStrategy, GraphqlApi
from migrator.categories.data.resolvers import helper
from migrator.categories.data.strategies import LAMBDA, decider, live_name
from migrator.categories.data.targets import define
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import DefinitionOf, Piece, Setting
from migrator.typescript.build import obj


def synced_data(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """The strategies, and the function that calls the construct."""
    strategies: dict[str, Any] = {}
    for one in fact.node.conflict_strategies:
        if one.model:
            strategies.setdefault("models", {})[one.model] = _strategy(one, context)
        else:
            strategies["project"] = _strategy(one, context)
    yield Setting(define(fact, context), "conflictResolution", obj(strategies), "DATA045")
    yield helper("datastore", "DATA045")


def _strategy(one: ConflictStrategy, context: Context) -> Any:
    """Its name; or the function that decides, live where this backend does not have it."""
    if one.name != LAMBDA:
        return one.name
    function = decider(one, context)
    live = {"functionName": live_name(one, context), **({"region": one.region} if one.region else {})}
    return DefinitionOf(function) if function else live
