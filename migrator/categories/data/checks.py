"""Conditions that a property test cannot say."""

from __future__ import annotations

import json
import re

from migrator.categories.data.flags import indexes, models, primary_key
from migrator.categories.data.model import AuthMode, GraphqlApi, GraphqlSchema, ModelTable
from migrator.categories.data.sdl import Definition, parse
from migrator.categories.data.tables import EVERY
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.cdk import environment

_HOLE = re.compile(r"\$\{([^{}]+)\}")


def has_users(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether the user pool of the API is part of the project, or the API needs none."""
    modes = {fact.node.default_mode, *fact.node.more_modes}
    if not modes & {AuthMode.USER_POOL, AuthMode.IAM}:
        return True
    return any(resource.service == "Cognito" for resource in context.graph.resources)


def also_takes_users(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether Gen 2 adds the mode of user pools, because the backend has an auth resource."""
    pool = any(resource.service == "Cognito" for resource in context.graph.resources)
    return pool and AuthMode.USER_POOL not in (fact.node.default_mode, *fact.node.more_modes)


def knows_other(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether the further properties name nothing but what the new backend has as well."""
    return all(environment(name) is not None for name in _HOLE.findall(json.dumps(fact.node.other)))


def new_users(fact: Fact[GraphqlSchema], context: Context) -> bool:
    """Whether the users of the backend are new ones."""
    return "auth" not in context.options.reuse


def calls_unconverted(fact: Fact[GraphqlSchema], context: Context) -> bool:
    """Whether fields call functions of the project that stay in Gen 1."""
    return bool(_unconverted(fact, context))


def calls_unnamed(fact: Fact[GraphqlSchema], context: Context) -> bool:
    """Whether the names of such functions end with an environment that no file names."""
    return not context.app.env and any("${env}" in name for name in _unconverted(fact, context))


def _unconverted(fact: Fact[GraphqlSchema], context: Context) -> tuple[str, ...]:
    uses = (use for use in fact.node.functions if use.resource)
    return tuple(use.name for use in uses if not context.converted(ResourceRef("function", use.resource)))


def has_authorizer(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether the function that decides for the Lambda mode can be named."""
    return context.converted(ResourceRef("function", fact.node.authorizer.function))


def takes_iam(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether callers could sign with IAM in Gen 1 as well."""
    return AuthMode.IAM in (fact.node.default_mode, *fact.node.more_modes)


def other_indexes(fact: Fact[ModelTable], context: Context) -> bool:
    """Whether the live table has other global indexes than the schema asks for (as far as indexes are named)."""
    return not _named_indexes(fact, context) <= set(fact.node.indexes)


def own_local_indexes(fact: Fact[ModelTable], context: Context) -> bool:
    """Whether the table has local indexes of which the schema knows nothing."""
    return not set(fact.node.local_indexes) <= _named_indexes(fact, context)


def other_keys(fact: Fact[GraphqlSchema], context: Context) -> bool:
    """Whether the primary key of a model is another than `id` alone."""
    written = (one for file in fact.node.files for one in models(parse(file.text)))
    return any(primary_key(model) != ("id", ()) for model in written)


def _named_indexes(fact: Fact[ModelTable], context: Context) -> set[str]:
    """The indexes of a table that the schema names."""
    model = _model(fact, context)
    return {str(index.arguments.get("name", "")) for _, index in indexes(model)} - {""} if model else set()


def _model(fact: Fact[ModelTable], context: Context) -> Definition | None:
    """The model of a table, as the schema's files have it."""
    schemas = context.graph.facts(GraphqlSchema, fact.resource)
    definitions = (one for schema in schemas for file in schema.node.files for one in models(parse(file.text)))
    return next((one for one in definitions if one.name == fact.node.model), None)


def tables_are_known(fact: Fact[GraphqlSchema], context: Context) -> bool:
    """Whether a deployed template shows the table of at least one model."""
    return any(one.node.model != EVERY for one in context.graph.facts(ModelTable, fact.resource))
