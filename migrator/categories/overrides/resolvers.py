"""Resolvers and functions of the GraphQL API, as overrides of Gen 1 name them and as Gen 2 does.

Gen 1 calls a resolver after its construct (`mutationCreatePostResolver`), and a function twice by its name
(`MutationcreatePostpreUpdate0FunctionMutationcreatePostpreUpdate0Function.AppSyncFunction`). Both generations build the
same ones with the same transformer; Gen 2's keys are `Mutation.createPost` and the function's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from migrator.engine.context import Context

_RESOLVER = re.compile(r"(query|mutation|subscription)([A-Z]\w*)Resolver", re.ASCII)
_FUNCTION = re.compile(r"(?P<name>\w+)(?P=name)\.AppSyncFunction", re.ASCII)
_DATA = re.compile(r"[A-Z]\w*DataResolverFn", re.ASCII)
_SLOT = re.compile(
    r"(?P<type>Query|Mutation|Subscription)(?P<field>\w+?)"
    r"(?P<slot>preAuth|preDataLoad|preUpdate|preSubscribe|postDataLoad|postUpdate|finish)(?P<index>\d+)Function",
    re.ASCII,
)
"""Slots that only files of `resolvers/` fill: the transformer puts nothing there."""


def resolver_key(name: str) -> str:
    """Gen 2's key of a resolver, empty for one whose type and field its name does not tell apart."""
    found = _RESOLVER.fullmatch(name)
    return f"{found[1].capitalize()}.{found[2][:1].lower()}{found[2][1:]}" if found else ""


def function_name(name: str) -> str:
    """The name of a function, empty where it is of another form."""
    found = _FUNCTION.fullmatch(name)
    return found["name"] if found else ""


def function_key(name: str, context: Context) -> str:
    """Gen 2's key of a function; empty for one that Gen 2 may not have.

    What a file of `resolvers/` puts into a slot is counted in Gen 1; in Gen 2 it has the name of the file.
    """
    if _DATA.fullmatch(name):
        return name
    found = _SLOT.fullmatch(name)
    if found is None:
        return ""
    place = (found["type"], found["field"], found["slot"])
    numbers = sorted({one.index for one in _files(context) if _place(one) == place})
    at = int(found["index"])
    return ".".join((*place, str(numbers[at]))) if at < len(numbers) else ""


def _files(context: Context) -> Iterator[Any]:
    """The files of `resolvers/`; their category is known by its node's name alone."""
    for resource in context.graph.resources:
        for fact in resource.facts:
            if type(fact.node).__name__ == "ResolverFile":
                yield fact.node


def _place(node: Any) -> tuple[str, str, str]:
    return node.type, node.field, node.slot


def own_table(name: str, source: object) -> bool:
    """Whether a data source is the table of the model that a function serves, so that both stand in one stack."""
    model = str(source).removesuffix("Table")
    after = r"(?:DataResolverFn|[a-z]+[A-Z]?[a-z]*\d+Function)"
    word = rf"(?:[cC]reate|[uU]pdate|[dD]elete|[gG]et){re.escape(model)}{after}"
    return model != source and re.search(word, name) is not None
