"""The schema of a Gen 1 backend and its directives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from migrator.documents.source import NotScanned, SourceFile
from migrator.engine.sources import Use
from migrator.sources.graphql.rules import model_uses
from migrator.sources.uses import GraphqlDirective, GraphqlSchema

_GEN1 = re.compile(r"/backend/api/[^/]+/(?:schema\.graphql|schema/(?:.+/)?[^/]+\.graphql)$")

_COMMENT = re.compile(r"#[^\n]*")


def schema(file: SourceFile) -> Iterator[Use]:
    """The schema, and each directive in it. Raises NotScanned for what is no GraphQL.

    Only files where the Gen 1 CLI looks for them: a Gen 2 backend may have the same directives in a schema of its own.
    """
    if not _GEN1.search(file.whole_path) or not _COMMENT.sub("", file.text).strip():
        return
    from graphql import GraphQLSyntaxError, Source, parse  # slow to import, and most runs have no schema

    try:
        document = parse(Source(file.text, file.path))
    except GraphQLSyntaxError as error:
        line = f" (line {error.locations[0].line})" if error.locations else ""
        raise NotScanned(f"Not readable as GraphQL: {error.description}{line}") from None
    except RecursionError:
        raise NotScanned("Not readable as GraphQL: nested too deep") from None
    found = [one for definition in document.definitions for one in _directives(definition)]
    if found:
        names = tuple(dict.fromkeys(node.name for node, _, _ in found))
        models = sum(node.name == "model" for node, _, _ in found)
        yield Use(GraphqlSchema(models, names), *found[0][1:])
    yield from (Use(*one) for one in found)
    yield from model_uses(document)


def _directives(definition: Any) -> Iterator[tuple[GraphqlDirective, int, int]]:
    """Node and offsets of the directives on a definition and on its fields."""
    name = definition.name.value if getattr(definition, "name", None) else "schema"
    yield from _written(definition, name)
    for member in getattr(definition, "fields", None) or ():
        yield from _written(member, f"{name}.{member.name.value}")


def _written(owner: Any, on: str) -> Iterator[tuple[GraphqlDirective, int, int]]:
    for directive in getattr(owner, "directives", None) or ():
        start = directive.loc.start
        yield GraphqlDirective(directive.name.value, on), start, start + 1 + len(directive.name.value)
