"""Kinesis streams as CDK code, and what clients are told of them."""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.analytics.model import DataStream, StreamPolicy
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.role_policies import Place, is_known, own_place, policy
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Shared, Wiring
from migrator.gen2.cdk import property_name, property_value
from migrator.typescript.build import assign, call, const, member, new, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import As, Do, Expr, Lit, Member, Name, Stmt, TypeName

FEATURE = "analytics"
KINESIS = "aws-cdk-lib/aws-kinesis"
_STACK = Name("stack")


def constant(ref: ResourceRef) -> str:
    """The constant of a stream in wiring code."""
    return identifier(f"{ref.name}-stream")


def data_stream(fact: Fact[DataStream], context: Context) -> Iterator[Piece]:
    """The stream. CDK's construct keeps it when its stack goes, and would encrypt it if nothing were said."""
    yield Wiring(FEATURE, (const("stack", call(member("backend", "createStack"), FEATURE)),), "ANA010", order=10)
    node, name = fact.node, constant(fact.resource)
    properties = obj(dict(_properties(node)), True)
    body: list[Stmt] = [const(name, new(Name("Stream", KINESIS), _STACK, fact.resource.name, properties))]
    cfn = As(member(Name(name), "node.defaultChild"), TypeName("CfnStream", KINESIS))
    body += [assign(Member(cfn, property_name(key)), property_value(value)) for key, value in node.other.items()]
    used = any(link.source != fact.resource for link in context.graph.links(target=fact.resource))
    exports = (name,) if used else ()
    yield Wiring(FEATURE, tuple(body), "ANA010", order=20, exports=exports, owner=fact.resource)


def _properties(node: DataStream) -> Iterator[tuple[str, Expr]]:
    if node.on_demand:
        yield "streamMode", Member(Name("StreamMode", KINESIS), "ON_DEMAND")
    else:
        yield "shardCount", Lit(node.shards)
    if node.retention != DataStream().retention:
        yield "retentionPeriod", call(member(Name("Duration", "aws-cdk-lib"), "hours"), node.retention)
    yield "encryption", Member(Name("StreamEncryption", KINESIS), "UNENCRYPTED")


def stream_policy(fact: Fact[StreamPolicy], context: Context) -> Iterator[Piece]:
    """The rights of users or guests, as the template gives them."""
    id = f"{fact.resource.name}-{fact.key}"
    made = policy(fact.node, id, _STACK, _place(fact.resource, context), context)
    yield Wiring(FEATURE, (made,), "ANA020", order=30, deferrable=True, owner=fact.resource)


def policy_is_known(fact: Fact[StreamPolicy], context: Context) -> bool:
    """Whether Gen 2 has the roles of a policy, and all that it mentions."""
    return is_known(fact.node, _place(fact.resource, context), context)


def _place(ref: ResourceRef, context: Context) -> Place:
    made = Name(constant(ref))
    return own_place(context.graph.get(ref), Member(made, "streamName"), Member(made, "streamArn"))


def client_outputs(fact: Fact[DataStream], context: Context) -> Iterator[Piece]:
    """Region and names, as `Amplify.configure({ Analytics })` takes them; told with the first stream."""
    listed = [one.resource for one in context.graph.facts(DataStream) if one.resource in context.selection]
    if not listed or fact.resource != listed[0]:
        return
    streams = obj({ref.name: Member(Name(constant(ref)), "streamName") for ref in listed})
    kinesis = obj({"region": member("stack", "region"), "streams": streams})
    said = obj({"custom": obj({"Analytics": obj({"Kinesis": kinesis}, True)}, True)}, True)
    yield Wiring(FEATURE, (Do(call(member("backend", "addOutput"), said)),), "ANA030", order=90, owner=fact.resource)


def output(ref: ResourceRef, attribute: str, context: Context) -> Expr | None:
    """What others use of a stream: the outputs of its Gen 1 stack."""
    facts = context.graph.facts(DataStream, ref)
    made = Shared(FEATURE, constant(ref))
    given = {
        "kinesisStreamArn": Member(made, "streamArn"),
        "kinesisStreamId": Member(made, "streamName"),
        "kinesisStreamShardCount": Lit(str(facts[0].node.shards) if facts else ""),
    }
    return given.get(attribute)
