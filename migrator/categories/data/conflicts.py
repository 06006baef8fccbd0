"""DataStore's conflict resolution: `ResolverConfig` of `transform.conf.json`, and what `cli-inputs.json` says of it.

https://docs.amplify.aws/gen1/react/build-a-backend/more-features/datastore/conflict-resolution/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.data.model import ConflictStrategy
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, absent, traced
from migrator.gen1.entries import Entry

UNNAMED = "without a strategy"
"""The API has DataStore's fields, but no strategy is named."""


def conflicts(entry: Entry) -> Mapping[str, Traced[Any]]:
    """The strategy for all models, strategies of single models, and functions that decide."""
    resolver = entry.cursor("transform.conf.json").get("ResolverConfig")
    chosen = entry.cursor("cli-inputs.json").get("serviceConfiguration", "conflictResolution")
    found = tuple(one for one in (*_configured(resolver), *_chosen(chosen)) if one.name not in ("", "NONE"))
    switched_on = any(resolver.get(key).whole().value is not None for key in ("project", "models"))
    strategy = next(
        (one.name for one in sorted(found, key=lambda one: bool(one.model))), UNNAMED if switched_on else ""
    )
    deciding = {one.model: one for one in reversed(found)}
    single = (f"{one.model} ({one.name})" for one in found if one.model)
    functions = (one.function for one in found if one.function)
    return {
        "conflicts": traced(strategy, resolver.whole(), chosen.whole()),
        "conflict_strategies": absent(tuple(deciding[model] for model in sorted(deciding))),
        "conflict_models": absent(tuple(dict.fromkeys(single))),
        "conflict_functions": absent(tuple(dict.fromkeys(functions))),
    }


def _configured(resolver: Cursor) -> Iterator[ConflictStrategy]:
    for model, config in (("", resolver.get("project")), *resolver.get("models").items()):
        yield _strategy(config.get("ConflictHandler"), model, config.get("LambdaConflictHandler"))


def _chosen(chosen: Cursor) -> Iterator[ConflictStrategy]:
    own = ((e.get("entityName").text().value, e) for e in chosen.get("perModelResolutionStrategy").elements())
    said = [("", chosen.get("defaultResolutionStrategy"))]
    said += [(model, element.get("resolutionStrategy")) for model, element in own]
    for model, strategy in said:
        yield _strategy(strategy.get("type"), model, strategy.get("resolver"))


def _strategy(name: Cursor, model: str, function: Cursor) -> ConflictStrategy:
    """The function may be of another region, as the CLI asks for one that exists."""
    said = (function.get(key).text().value for key in ("name", "region"))
    return ConflictStrategy(name.text().value, model, *said)
