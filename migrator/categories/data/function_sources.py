"""Data sources of functions that fields call: their names in Gen 1, and in Gen 2.

The transformer names them after the function. An operation of `a.schema` names its function by itself, and so gets a
data source of its own: `FnEcho` for `echo`, `FnEcho2` for the second function of a pipeline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from migrator.categories.data.builders import outside_names
from migrator.categories.data.edits import for_gen2
from migrator.categories.data.model import GraphqlSchema
from migrator.categories.data.typed.plan import chosen_plan
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context

SUFFIX = "LambdaDataSource"
CALL = "Invoke"
"""Before the name of a data source: the function that calls it."""


def data_source(function: str) -> str:
    """The transformer's name for the data source of a function, whose name is as in the schema."""
    plain = re.sub(r"-?_?\$\{[^}]*\}", "", function)
    words = re.sub(r"^[^_A-Za-z]+|[^_0-9A-Za-z]", "|", plain).split("|")
    return "".join(word[:1].upper() + word[1:] for word in words) + SUFFIX


def function_sources(api: ResourceRef | None, context: Context) -> Mapping[str, tuple[str, ...]]:
    """Gen 1's name of each data source to those that Gen 2 has for the same function, its own name first."""
    found: dict[str, list[str]] = {}
    for schema in context.graph.facts(GraphqlSchema, api):
        outside = outside_names(schema, context)
        planned = chosen_plan(for_gen2(schema.node, outside), context.options.schema)
        calls = Counter[str]()
        for use in schema.node.functions:
            calls[use.field] += 1
            own = data_source(outside.get(use.name, use.name))
            if use.field in planned.operations_by_function and context.converted(ResourceRef("function", use.resource)):
                own = data_source(_by_operation(use.field, calls[use.field]))
            found.setdefault(data_source(use.name), []).append(own)
    return {name: tuple(dict.fromkeys(sorted(made, key=lambda one: one != name))) for name, made in found.items()}


def _by_operation(field: str, number: int) -> str:
    name = field.rpartition(".")[2]
    return f"Fn{name[:1].upper()}{name[1:]}{number if number > 1 else ''}"


def renamed(name: str, context: Context, api: ResourceRef | None = None) -> tuple[str, ...]:
    """What Gen 2 calls a data source of a function, or the function that calls it; other names stay as they are."""
    if not name.endswith(SUFFIX):
        return (name,)
    before = CALL if name.startswith(CALL) else ""
    known = function_sources(api, context)
    return tuple(f"{before}{made}" for made in known.get(name.removeprefix(before), ())) or (name,)
