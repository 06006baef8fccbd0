"""Rights on AI services as CDK code, and what clients are told of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.predictions.model import Prediction, PredictionPolicy
from migrator.categories.predictions.settings import GROUPS
from migrator.engine.context import Context
from migrator.engine.role_policies import is_known, policy
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Wiring
from migrator.typescript.build import call, const, expr, member, obj
from migrator.typescript.nodes import Do, Expr, Lit, Name

FEATURE = "predictions"
_STACK = Name("stack")


def prediction_policy(fact: Fact[PredictionPolicy], context: Context) -> Iterator[Piece]:
    """The rights of users or guests, as the template gives them."""
    yield _stack("PRE020")
    made = policy(fact.node, f"{fact.resource.name}-{fact.key}", _STACK, _nothing, context)
    yield Wiring(FEATURE, (made,), "PRE020", order=30, deferrable=True, owner=fact.resource)


def _stack(rule: str) -> Wiring:
    return Wiring(FEATURE, (const("stack", call(member("backend", "createStack"), FEATURE)),), rule, order=10)


def policy_is_known(fact: Fact[PredictionPolicy], context: Context) -> bool:
    """Whether Gen 2 has the roles of a policy, and all that it mentions. A collection of faces is not made."""
    of_collection = any(":collection/" in str(one) for one in fact.node.statements)
    return not of_collection and is_known(fact.node, _nothing, context)


def _nothing(hole: str) -> Expr | None:
    """The templates of predictions make nothing that a policy could mention."""
    return None


def is_callable(fact: Fact[Prediction], context: Context) -> bool:
    """Whether it is known what clients call, and who may."""
    resource = context.graph.get(fact.resource)
    return fact.node.kind in GROUPS and (resource is None or resource.convertible)


def is_first(fact: Fact[Prediction], context: Context) -> bool:
    """Whether it is the first prediction that clients can call."""
    listed = [one for one in context.graph.facts(Prediction) if is_callable(one, context)]
    return not listed or fact.resource == listed[0].resource


def client_outputs(fact: Fact[Prediction], context: Context) -> Iterator[Piece]:
    """What `Amplify.configure({ Predictions })` takes; told with the first, since a name is given once."""
    listed = [one for one in context.graph.facts(Prediction) if one.resource in context.selection]
    listed = [one for one in listed if one.node.kind in GROUPS]
    if not listed or fact.resource != listed[0].resource:
        return
    yield _stack("PRE010")
    parts: dict[str, dict[str, Expr]] = {}
    for one in listed:
        parts.setdefault(GROUPS[one.node.kind], {}).setdefault(one.node.kind, _told(one.node))
    said = obj({group: obj(dict(kinds), True) for group, kinds in parts.items()}, True)
    outputs = obj({"custom": obj({"Predictions": said}, True)}, True)
    yield Wiring(FEATURE, (Do(call(member("backend", "addOutput"), outputs)),), "PRE010", order=90, owner=fact.resource)


def _told(node: Prediction) -> Expr:
    region: Any = Lit(node.region) if node.region else member("stack", "region")
    return obj({"region": region, **{key: expr(value) for key, value in node.settings.items()}}, True)
