"""Conditions of rules about custom stacks."""

from __future__ import annotations

from migrator.categories.custom.model import StackData, StackExport, StackName
from migrator.engine.context import Context
from migrator.engine.resource_types import is_kept
from migrator.gen1.graph import Fact


def clashes(fact: Fact[StackName] | Fact[StackExport], context: Context) -> bool:
    """Whether a live stack of Gen 1 has the name that the new one would get: the environment's name is not in it, or
    a branch is called as an environment."""
    if not fact.node.varies:
        return True
    environments = context.app.environments or ((context.app.env,) if context.app.env else ("main",))
    return any(context.branch(env) == env for env in environments)


def outlives(fact: Fact[StackData], context: Context) -> bool:
    """Whether what it holds stays when the new stack goes."""
    return is_kept(fact.node.type) or fact.node.policy in ("Retain", "RetainExceptOnCreate", "Snapshot")
