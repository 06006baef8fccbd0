"""Conditions that a property test cannot say."""

from __future__ import annotations

from migrator.categories.data.model import AuthMode, GraphqlApi
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact


def has_users(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether the user pool of the API is part of the project, or the API needs none."""
    modes = {fact.node.default_mode, *fact.node.more_modes}
    if not modes & {AuthMode.USER_POOL, AuthMode.IAM}:
        return True
    return any(resource.service == "Cognito" for resource in context.graph.resources)


def has_authorizer(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether the function that decides for the Lambda mode can be named."""
    return context.converted(ResourceRef("function", fact.node.authorizer.function))


def takes_iam(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether callers could sign with IAM in Gen 1 as well."""
    return AuthMode.IAM in (fact.node.default_mode, *fact.node.more_modes)
