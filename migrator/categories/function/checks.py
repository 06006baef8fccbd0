"""Conditions that a property test cannot say."""

from __future__ import annotations

from typing import Any

from migrator.categories.function.code import SDK_V2, is_bundled, missing_packages
from migrator.categories.function.layering import holds_files
from migrator.categories.function.model import Code, Layer, Trust
from migrator.categories.function.plan import placement
from migrator.engine.context import Context
from migrator.gen1.graph import Fact


def bundled(fact: Fact[Any], context: Context) -> bool:
    """Whether Amplify bundles the function's source."""
    return is_bundled(fact.resource, context)


def imports_undeclared(fact: Fact[Code], context: Context) -> bool:
    """Whether the source imports packages that no package.json names."""
    return bool(missing_packages(fact, context))


def imports_sdk_v2(fact: Fact[Code], context: Context) -> bool:
    """Whether the source relies on the AWS SDK 2 of the old runtimes."""
    return SDK_V2 in missing_packages(fact, context)


def has_late_links(fact: Fact[Any], context: Context) -> bool:
    """Whether some of what the function needs would close a circle of stacks."""
    return any(need.function == fact.resource for need in placement(context).late)


def layer_has_files(fact: Fact[Layer], context: Context) -> bool:
    """Whether the layer holds files of its own."""
    return holds_files(fact.node)


def own_trust(fact: Fact[Trust], context: Context) -> bool:
    """Whether more than Lambda may take the role."""
    return fact.node.services != ("lambda.amazonaws.com",)
