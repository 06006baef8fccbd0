"""Maps, place indexes and geofence collections as CDK code, and what clients are told of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.geo.model import GeofenceCollection, GeoNode, GeoPolicy, Map, PlaceIndex
from migrator.categories.geo.targets import FEATURE, constant
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.role_policies import Place, is_known, own_place, policy
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Wiring
from migrator.typescript.build import arr, call, const, member, new, obj
from migrator.typescript.nodes import Comment, Do, Expr, Lit, Member, Name, Obj, Property, Stmt, Template

LOCATION = "aws-cdk-lib/aws-location"
_CDK = "aws-cdk-lib"
_LONGEST = 60
"""Characters of a name beside the 37 of the stack's own; the service takes 100."""
_STACK = Name("stack")
_KINDS: dict[type, str] = {Map: "Map", PlaceIndex: "PlaceIndex", GeofenceCollection: "GeofenceCollection"}


def location_resource(fact: Fact[GeoNode], context: Context) -> Iterator[Piece]:
    """The resource in the stack of the feature."""
    yield Wiring(FEATURE, tuple(_stack()), "GEO010", order=10)
    kind = _KINDS[type(fact.node)]
    name = constant(fact.resource, kind)
    properties = dict(_properties(fact.node, fact.resource.name))
    made: list[Stmt] = [
        const(name, new(Name(f"Cfn{kind}", LOCATION), _STACK, fact.resource.name, obj(properties, True)))
    ]
    if isinstance(fact.node, GeofenceCollection):
        made.append(Do(call(member(name, "applyRemovalPolicy"), member(Name("RemovalPolicy", _CDK), "RETAIN"))))
    used = any(link.source != fact.resource for link in context.graph.links(target=fact.resource))
    exports = (name,) if used else ()
    yield Wiring(FEATURE, tuple(made), "GEO010", order=20, exports=exports, owner=fact.resource)


def _stack() -> Iterator[Stmt]:
    """The stack, and the part of its id that no other stack has: the names of these resources have to be given."""
    yield const("stack", call(member("backend", "createStack"), FEATURE))
    yield Comment("Names in Amazon Location are chosen, and unique in an account: the stack's own id tells them apart.")
    fn = Name("Fn", _CDK)
    id = call(Member(fn, "select"), 2, call(Member(fn, "split"), "/", member("stack", "stackId")))
    yield const("unique", id)


def _properties(node: GeoNode, name: str) -> Iterator[tuple[str, Expr]]:
    unique = Template((f"{name[:_LONGEST]}-", Name("unique")))
    match node:
        case Map():
            yield "mapName", unique
            yield "configuration", obj({"style": node.style})
        case PlaceIndex():
            yield "indexName", unique
            yield "dataSource", Lit(node.data_provider)
            yield "dataSourceConfiguration", obj({"intendedUse": node.intended_use})
        case GeofenceCollection():
            yield "collectionName", unique
    if node.pricing_plan:
        yield "pricingPlan", Lit(node.pricing_plan)


def geo_policy(fact: Fact[GeoPolicy], context: Context) -> Iterator[Piece]:
    """The rights of users, guests or a group, as the template gives them."""
    id = f"{fact.resource.name}-{fact.key}"
    made = policy(fact.node, id, _STACK, _place(fact.resource, context), context)
    yield Wiring(FEATURE, (made,), "GEO020", order=30, deferrable=True, owner=fact.resource)


def policy_is_known(fact: Fact[GeoPolicy], context: Context) -> bool:
    """Whether Gen 2 has the roles of a policy, and all that it mentions."""
    return is_known(fact.node, _place(fact.resource, context), context)


def _place(ref: ResourceRef, context: Context) -> Place:
    """What a policy of the resource's own template mentions: the resource."""
    resource = context.graph.get(ref)
    made = Name(constant(ref, resource.service if resource else ""))
    return own_place(resource, Member(made, "ref"), Member(made, "attrArn"))


def client_outputs(fact: Fact[GeoNode], context: Context) -> Iterator[Piece]:
    """What clients find of all of them; told with the first, since lists of outputs are given once."""
    listed = list(_told(context))
    if not listed or fact.resource != listed[0].resource:
        return
    said: dict[str, Any] = {"aws_region": member("stack", "region")}
    for key, kind in (("maps", Map), ("search_indices", PlaceIndex), ("geofence_collections", GeofenceCollection)):
        own = [one for one in listed if isinstance(one.node, kind)]
        if own:
            default = next((_ref(one) for one in own if one.node.default), Lit(""))
            said[key] = obj({"items": _items(own), "default": default})
    call_ = call(member("backend", "addOutput"), obj({"geo": obj(said, True)}, True))
    yield Wiring(FEATURE, (Do(call_),), "GEO030", order=90, owner=fact.resource)


def _told(context: Context) -> Iterator[Fact[Any]]:
    """The resources of the backend, maps first."""
    for kind in _KINDS:
        for resource in context.graph.resources:
            if resource.ref in context.selection:
                yield from (one for one in resource.facts if type(one.node) is kind)


def _items(listed: list[Fact[Any]]) -> Expr:
    if isinstance(listed[0].node, Map):
        return Obj(tuple(Property(_ref(one), obj({"style": one.node.style})) for one in listed))
    return arr(_ref(one) for one in listed)


def _ref(fact: Fact[Any]) -> Expr:
    return Member(Name(constant(fact.resource, _KINDS[type(fact.node)])), "ref")
