"""Names and keys as Gen 1's transformers make them: primary keys, foreign keys, indexes, their queries.

https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/data-modeling/
"""

from __future__ import annotations

from collections.abc import Iterable

from migrator.categories.data.flags import indexes, primary_key
from migrator.categories.data.plurals import plural
from migrator.categories.data.sdl import Definition, Directive, Field

ID = Field("id", "ID!")


def lower(name: str) -> str:
    """The name with a small first letter."""
    return name[:1].lower() + name[1:]


def upper(name: str) -> str:
    """The name with a capital first letter."""
    return name[:1].upper() + name[1:]


def index_query(model: str, key: str, sort_keys: Iterable[str]) -> str:
    """The name of an index without a name, and of the query of one without a query: `postsByTitleAndCreatedAt`."""
    return f"{lower(plural(model))}By{'And'.join(map(upper, (key, *sort_keys)))}"


def foreign_key(model: str, field: str, key: str) -> str:
    """The attribute that a relation without `fields` stores: `postCommentsId`."""
    return f"{lower(model)}{upper(field)}{upper(key)}"


def key_fields(model: Definition) -> tuple[Field, ...]:
    """The fields of a model's primary key; those that it does not declare are left out, but `id` is always there."""
    partition, sort = primary_key(model)
    first = model.field(partition) or ID
    return (first, *(found for name in sort if (found := model.field(name))))


def index_keys(model: Definition, name: str | None) -> tuple[str, ...]:
    """The names of the key fields of an index, or of the primary key for no name; empty for an unknown index."""
    if name is None:
        partition, sort = primary_key(model)
        return (partition, *sort)
    for field, index in indexes(model):
        if index.arguments.get("name") == name:
            return (field.name, *strings(index, "sortKeyFields"))
    return ()


def strings(directive: Directive, argument: str) -> tuple[str, ...]:
    """An argument that is a list of strings, or one string; empty where it is not there."""
    said = directive.arguments.get(argument)
    if isinstance(said, str):
        return (said,)
    return tuple(one for one in said if isinstance(one, str)) if isinstance(said, list) else ()
