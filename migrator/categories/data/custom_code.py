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
"""What can be written with an L1 construct, property by property."""
_RANK = {"AWS::IAM::Role": 0, "AWS::IAM::Policy": 1, "AWS::IAM::ManagedPolicy": 1, "AWS::AppSync::DataSource": 2}
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
    if fact.node.type not in CLASSES or not isinstance(fact.node.properties, dict):
        return False
    siblings = {one.key: one for one in context.graph.facts(CustomResource, fact.resource)}
    for value in _strings(fact.node.properties):
        file = uploaded_file(value)
        if file and file not in fact.node.templates:
            return False
        for name in () if file else _HOLE.findall(value):
            owner = siblings.get(name.partition(".")[0])
            if owner is not None and owner.key not in within:
                if not _sayable(owner, context, within | {fact.key}):
                    return False
            elif owner is None and not _known(name, context):
                return False
    return True


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
    order = 40 + _RANK.get(fact.node.type, 4 if fact.node.type.endswith("::Resolver") else 3)
    yield Wiring(FEATURE, tuple(_Code(fact, context, every).statements()), "DATA300", order=order, owner=fact.resource)


class _Code:
    """One resource's code."""

    def __init__(self, fact: Fact[CustomResource], context: Context, every: tuple[Fact[CustomResource], ...]) -> None:
        self.fact = fact
        self.context = context
        self.siblings = {one.key: one.node for one in every}
        self.named = any(_mentions(one.node, fact.key) for one in every if one.key != fact.key)

    def statements(self) -> Iterator[Stmt]:
        """The construct, as a constant where others name it."""
        node = self.fact.node
        name, module = CLASSES[node.type]
        made: Expr = new(
            Name(name, module), member("backend", "data.stack"), self.fact.key, self._properties(node.properties)
        )
        waits = node.type.endswith(("::Resolver", "::FunctionConfiguration"))
        if not waits and not self.named:
            yield Do(made)
            return
        if self.named:
            yield const(identifier(self.fact.key), made)
            made = Name(identifier(self.fact.key))
        if waits:
            yield Do(call(Member(Member(made, "node"), "addDependency"), local("cfnGraphqlSchema")))

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
            return Member(construct, f"attr{attribute}") if attribute else Member(construct, "ref")
        if imported := _OF_MODEL.match(name):
            table = Index(member("backend", "data.resources.tables"), Lit(imported["model"]))
            names = {"Name": Member(table, "tableName"), "StreamArn": Member(table, "tableStreamArn", non_null=True)}
            return names[imported["what"]]
        return environment(name)


def _mentions(node: CustomResource, logical_id: str) -> bool:
    hole = re.compile(r"\$\{" + re.escape(logical_id) + r"(?:\.\w+)?\}")
    return logical_id in node.depends_on or any(hole.search(value) for value in _strings(node.properties))


def custom_templates(fact: Fact[CustomResource], context: Context) -> Iterator[Piece]:
    """The files of resolver templates that the resource names."""
    for path, content in fact.node.templates.items():
        yield Asset(FEATURE, f"data/{path}", content, "DATA300")
