"""Conditions that a property test cannot say."""

from __future__ import annotations

from typing import Any

from migrator.categories.function.builds import fills_in
from migrator.categories.function.code import is_bundled
from migrator.categories.function.languages import successor
from migrator.categories.function.layering import holds_files
from migrator.categories.function.model import Code, LambdaFunction, Layer, Permission, Trust, ValueKind, Variable
from migrator.categories.function.packages import SDK_V2, missing_packages
from migrator.categories.function.plan import is_late, placement
from migrator.engine.context import Context
from migrator.gen1.graph import Fact, LinkKind

MOST_LATE = 12
"""Each late value takes about 300 of the 4096 bytes that an environment may have."""


def bundled(fact: Fact[Any], context: Context) -> bool:
    """Whether Amplify bundles the function's source."""
    return is_bundled(fact.resource, context)


def fills_in_variables(fact: Fact[Any], context: Context) -> bool:
    """Whether variables are filled in when the function starts: by Amplify, or by a module beside a Python source."""
    return is_bundled(fact.resource, context) or fills_in(fact.resource, context)


def comes_too_late(fact: Fact[Variable], context: Context) -> bool:
    """Whether a variable would have to be filled in when the function starts, and nothing does that."""
    return is_late(fact.resource, fact.node.value, context) and not fills_in_variables(fact, context)


def outdated(fact: Fact[LambdaFunction], context: Context) -> bool:
    """Whether Lambda takes the function's runtime, of another language than JavaScript, for no new function."""
    return successor(fact.node.platform) != fact.node.platform


def imports_undeclared(fact: Fact[Code], context: Context) -> bool:
    """Whether the source imports packages that no package.json names."""
    return bool(missing_packages(fact, context))


def imports_sdk_v2(fact: Fact[Code], context: Context) -> bool:
    """Whether the source relies on the AWS SDK 2 of the old runtimes."""
    return SDK_V2 in missing_packages(fact, context)


def has_late_links(fact: Fact[Any], context: Context) -> bool:
    """Whether some of what the function needs would close a circle of stacks."""
    return any(need.function == fact.resource for need in placement(context).late)


def has_many_late_links(fact: Fact[Any], context: Context) -> bool:
    """Whether the late values of a function may be more than its environment holds."""
    variables = context.graph.facts(Variable, fact.resource)
    late = [v for v in variables if v.node.kind is ValueKind.COMPUTED and is_late(fact.resource, v.node.value, context)]
    return len(late) > MOST_LATE


def authorizes_api(fact: Fact[Permission], context: Context) -> bool:
    """Whether the function says who may call a GraphQL API of the project."""
    links = context.graph.links(target=fact.resource, kind=LinkKind.TRIGGER)
    return any(link.source.category == "api" and link.label == "authorizer" for link in links)


def has_secret_paths(fact: Fact[Any], context: Context) -> bool:
    """Whether the function reads secrets of its own from Systems Manager."""
    return any(v.node.kind is ValueKind.SECRET_PATH for v in context.graph.facts(Variable, fact.resource))


def layer_has_files(fact: Fact[Layer], context: Context) -> bool:
    """Whether the layer holds files of its own."""
    return holds_files(fact.node)


def own_trust(fact: Fact[Trust], context: Context) -> bool:
    """Whether more than Lambda may take the role."""
    return fact.node.services != ("lambda.amazonaws.com",)
