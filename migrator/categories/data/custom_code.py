"""Resources of `stacks/` as CDK code in the API's own stack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.data.custom import uploaded_file
from migrator.categories.data.function_sources import function_sources
from migrator.categories.data.model import CustomResource, GraphqlSchema
from migrator.categories.data.resolvers import template
from migrator.categories.data.targets import FEATURE, local
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Piece, Reference, Wiring
from migrator.gen2.cdk import environment, property_name, text
from migrator.typescript.build import arr, call, const, expr, member, new, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Do, Expr, Index, Lit, Member, Name, Stmt

CLASSES = {
    "AWS::AppSync::Resolver": ("CfnResolver", "aws-cdk-lib/aws-appsync"),
    "AWS::AppSync::FunctionConfiguration": ("CfnFunctionConfiguration", "aws-cdk-lib/aws-appsync"),
    "AWS::AppSync::DataSource": ("CfnDataSource", "aws-cdk-lib/aws-appsync"),
    "AWS::IAM::Role": ("CfnRole", "aws-cdk-lib/aws-iam"),
    "AWS::IAM::Policy": ("CfnPolicy", "aws-cdk-lib/aws-iam"),
    "AWS::IAM::ManagedPolicy": ("CfnManagedPolicy", "aws-cdk-lib/aws-iam"),
}
"""What is written with an L1 construct, property by property. Everything else is a `CfnResource`, with the properties
as CloudFormation has them."""
HOLDING = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool", "AWS::Cognito::IdentityPool")
"""What holds users, files or rows: it stays when its stack goes, whatever Gen 1's template says."""
_RANK = {
    "AWS::IAM::Policy": 1,
    "AWS::IAM::ManagedPolicy": 1,
    "AWS::AppSync::DataSource": 2,
    "AWS::AppSync::FunctionConfiguration": 3,
    "AWS::AppSync::Resolver": 4,
}
_VERBATIM = ("AssumeRolePolicyDocument", "PolicyDocument")
"""Properties that are IAM documents: their keys are not CDK's."""
_LOCATION = "S3Location"
_OF_MODEL = re.compile(r"^ImportValue:.*:GetAtt:(?P<model>\w+?)(?P<kind>Table|DataSource):(?P<what>Name|StreamArn)$")
_FUNCTION = re.compile(r"arn:(?:aws|\$\{AWS::Partition\}):lambda:[^:]*:[^:]*:function:(?P<name>[\w-]+(?:\$\{env\})?)")
_HOLE = re.compile(r"\$\{([^{}]+)\}")
_GENERATED_SOURCES = ("NONE_DS", "OpenSearchDataSource")


def sayable(fact: Fact[CustomResource], context: Context) -> bool:
    """Whether the resource is of a kind that can be written as it is, and all that it names will be there."""
    return _sayable(fact, context, frozenset())


def _sayable(fact: Fact[CustomResource], context: Context, within: frozenset[str]) -> bool:
    if not isinstance(fact.node.properties, dict | None) or fact.node.missing:
        return False
    if fact.node.templates and fact.node.type not in CLASSES:
        return False
    siblings = {one.key: one for one in context.graph.facts(CustomResource, fact.resource)}
    for value in _strings(fact.node.properties):
        for name in () if uploaded_file(value) or value in fact.node.literals else _HOLE.findall(value):
            if name.partition(".")[0] not in siblings and not _known(name, context):
                return False
    mentioned = (one for key, one in siblings.items() if key not in within and key != fact.key)
    every = (one for one in mentioned if _mentions(fact.node, one.key, one.node))
    return all(_sayable(one, context, within | {fact.key}) for one in every)


def is_named(fact: Fact[CustomResource], context: Context) -> bool:
    """Whether the resource has a name of its own, of which there is one in an account and region. Names of what stands
    within the API are the API's own."""
    if fact.node.type.startswith("AWS::AppSync::") or not isinstance(fact.node.properties, dict):
        return False
    own = fact.node.type.rpartition("::")[2] + "Name"
    names = (fact.node.properties.get(name) for name in ("Name", own))
    return any(isinstance(name, str) for name in names) and fact.node.type not in ("AWS::IAM::Policy",)


def _known(name: str, context: Context) -> bool:
    return name in ("AppSyncApiId", "env") or environment(name) is not None or bool(_model(name, context))


def _model(name: str, context: Context) -> str:
    found = _OF_MODEL.match(name)
    models = {model for one in context.graph.facts(GraphqlSchema) for model in one.node.models}
    return found["model"] if found and found["model"] in models else ""


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(item)


def custom_resource(fact: Fact[CustomResource], context: Context) -> Iterator[Piece]:
    """The construct; resolvers wait for the schema, since their fields have to exist."""
    every = context.graph.facts(CustomResource, fact.resource)
    order = 40 + _rank(fact.key, {one.key: one.node for one in every or (fact,)}, frozenset())
    yield Wiring(FEATURE, tuple(_Code(fact, context, every).statements()), "DATA300", order=order, owner=fact.resource)


def _rank(key: str, nodes: Mapping[str, CustomResource], within: frozenset[str]) -> int:
    """After what it mentions; resolvers come last, since they wait for the schema."""
    node = nodes[key]
    mentioned = (one for one in nodes if one not in within | {key} and _mentions(node, one, nodes[one]))
    return max(_RANK.get(node.type, 0), *(1 + _rank(one, nodes, within | {key}) for one in mentioned), 0)


class _Code:
    """One resource's code."""

    def __init__(self, fact: Fact[CustomResource], context: Context, every: tuple[Fact[CustomResource], ...]) -> None:
        self.fact = fact
        self.context = context
        self.siblings = {one.key: one.node for one in every}
        self.named = any(_mentions(one.node, fact.key, fact.node) for one in every if one.key != fact.key)

    def statements(self) -> Iterator[Stmt]:
        """The construct, as a constant where others name it."""
        made: Expr = self._construct()
        said = tuple(self._afterwards())
        if self.named or len(said) > 1:
            name = Name(identifier(self.fact.key))
            yield const(identifier(self.fact.key), made)
            made = name
        elif not said:
            yield Do(made)
        for method, arguments in said:
            yield Do(call(member(made, method), *arguments))

    def _construct(self) -> Expr:
        node, scope = self.fact.node, member("backend", "data.stack")
        properties = node.properties or {}
        if node.type in CLASSES:
            name, module = CLASSES[node.type]
            return new(Name(name, module), scope, self.fact.key, self._properties(properties))
        said: dict[str, Expr] = {"type": Lit(node.type)}
        if properties:
            said["properties"] = obj({key: self._value(key, item, True) for key, item in properties.items()})
        return new(Name("CfnResource", "aws-cdk-lib"), scope, self.fact.key, obj(said, expanded=True))

    def _afterwards(self) -> Iterator[tuple[str, tuple[Expr, ...]]]:
        """Calls on the construct: what it waits for beyond what it mentions, and whether it stays."""
        node = self.fact.node
        if node.type.endswith(("::Resolver", "::FunctionConfiguration")):
            yield "node.addDependency", (local("cfnGraphqlSchema"),)
        for name in node.depends_on:
            if name in self.siblings and not _refers(node, name, self.siblings[name]):
                yield "addDependency", (Name(identifier(name)),)
        stays = Member(Name("RemovalPolicy", "aws-cdk-lib"), "RETAIN")
        if node.type in HOLDING or (node.retained and node.kept_when_replaced):
            yield "applyRemovalPolicy", (stays,)
        elif node.retained:
            yield "applyRemovalPolicy", (stays, obj({"applyToUpdateReplacePolicy": False}))
        elif node.kept_when_replaced:
            yield "addOverride", (Lit("UpdateReplacePolicy"), Lit("Retain"))

    def _properties(self, properties: Mapping[str, Any]) -> Expr:
        found: dict[str, Expr] = {}
        for key, value in properties.items():
            file = uploaded_file(value) if key.endswith(_LOCATION) else ""
            if file:
                found[property_name(key.removesuffix(_LOCATION))] = template(file)
            elif key == "DataSourceName" and isinstance(value, str):
                found["dataSourceName"] = self._source(value)
            else:
                found[property_name(key)] = self._value(key, value)
        return obj(found, expanded=True)

    def _source(self, name: str) -> Expr:
        """A data source of the transformer is named by its construct, so that the resolver waits for it."""
        models = {f"{m}Table" for one in self.context.graph.facts(GraphqlSchema) for m in one.node.models}
        functions = function_sources(self.fact.resource, self.context)
        if name in models or name in _GENERATED_SOURCES or name in functions:
            made = functions[name][0] if name in functions else name
            return Member(Index(local("cfnDataSources"), Lit(made)), "attrName")
        for key, sibling in self.siblings.items():
            if key != self.fact.key and _is_source(sibling, name):
                return Member(Name(identifier(key)), "attrName")
        imported = _OF_MODEL.match(_HOLE.sub(r"\1", name))
        if imported and imported["kind"] == "DataSource":
            return self._source(f"{imported['model']}Table")
        return self._text(name)

    def _value(self, key: str, value: Any, verbatim: bool = False) -> Expr:
        verbatim = verbatim or key in _VERBATIM
        if isinstance(value, dict):
            named = {k if verbatim else property_name(k): self._value(k, v, verbatim) for k, v in value.items()}
            return obj(named)
        if isinstance(value, list):
            return arr(self._value(key, item, verbatim) for item in value)
        return self._text(value) if isinstance(value, str) else expr(value)

    def _text(self, value: str) -> Expr:
        if value in self.fact.node.literals:
            return Lit(value)
        function = _FUNCTION.fullmatch(value)
        ref = ResourceRef("function", function["name"].removesuffix("-${env}")) if function else None
        if ref and self.context.converted(ref):
            return Reference(ref, "Arn")
        return text(value, self._placeholder)

    def _placeholder(self, name: str) -> Expr | None:
        if name == "AppSyncApiId":
            return Member(local("cfnGraphqlApi"), "attrApiId")
        logical_id, _, attribute = name.partition(".")
        if logical_id in self.siblings:
            construct = Name(identifier(logical_id))
            if attribute and self.siblings[logical_id].type not in CLASSES:
                return call(Member(call(Member(construct, "getAtt"), attribute), "toString"))
            return Member(construct, f"attr{attribute}") if attribute else Member(construct, "ref")
        if imported := _OF_MODEL.match(name):
            table = Index(member("backend", "data.resources.tables"), Lit(imported["model"]))
            names = {"Name": Member(table, "tableName"), "StreamArn": Member(table, "tableStreamArn", non_null=True)}
            return names[imported["what"]]
        return environment(name)


def _mentions(node: CustomResource, logical_id: str, other: CustomResource) -> bool:
    return logical_id in node.depends_on or _refers(node, logical_id, other)


def _refers(node: CustomResource, logical_id: str, other: CustomResource) -> bool:
    """Whether a resource names another in its properties; data sources also by their own name."""
    hole = re.compile(r"\$\{" + re.escape(logical_id) + r"(?:\.\w+)?\}")
    if any(hole.search(value) for value in _strings(node.properties) if value not in node.literals):
        return True
    return isinstance(node.properties, dict) and _is_source(other, node.properties.get("DataSourceName"))


def _is_source(node: CustomResource, name: object) -> bool:
    is_source = node.type == "AWS::AppSync::DataSource" and isinstance(node.properties, dict)
    return is_source and isinstance(name, str) and bool(name) and node.properties.get("Name") == name


def custom_templates(fact: Fact[CustomResource], context: Context) -> Iterator[Piece]:
    """The files of resolver templates that the resource names."""
    for path, content in fact.node.templates.items():
        yield Asset(FEATURE, f"data/{path}", content, "DATA300")
