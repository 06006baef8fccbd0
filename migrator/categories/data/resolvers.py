"""Resolver templates of `resolvers/`: slots of generated resolvers, and templates that replace generated ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from migrator.categories.data.function_sources import renamed
from migrator.categories.data.model import CustomResource, GraphqlApi, ResolverFile
from migrator.categories.data.targets import FEATURE, local
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Piece, Wiring
from migrator.typescript.build import call, member, obj
from migrator.typescript.nodes import Do, Expr, Index, Lit, Name, Stmt

TEMPLATES = "amplify:data/templates"
HELPER = "amplify:data/slots"
HELPERS = Path(__file__).parent / "helpers"
"""TypeScript that is written beside the generated code where it is used."""


def resolver_template(fact: Fact[ResolverFile], context: Context) -> Iterator[Piece]:
    """The template's file; with the first file of a function, the statements that set the function."""
    node = fact.node
    every = [one for one in context.graph.facts(ResolverFile, fact.resource) if one.node.used and one.node.known]
    every = every or [fact]
    group = [one for one in every if _place(one) == _place(fact)]
    yield Asset(FEATURE, f"data/{node.file}", node.text, "DATA310")
    if every[0].key == fact.key:
        yield helper("slots", "DATA310")
    if group[0].key == fact.key:
        templates = obj({"request" if one.node.request else "response": template(one.node.file) for one in group})
        made = tuple(_statements(fact, templates, context))
        yield Wiring(FEATURE, made, "DATA310", order=30, owner=fact.resource, section="resolvers")


def _statements(fact: Fact[ResolverFile], templates: Expr, context: Context) -> Iterator[Stmt]:
    node = fact.node
    if node.slot:
        set_slot = Name("setSlot", HELPER)
        place = (f"{node.type}.{node.field}", node.slot, node.index)
        yield Do(call(set_slot, member("backend", FEATURE), *place, templates))
        return
    if not node.function:
        replaced = [Index(local("cfnResolvers"), Lit(f"{node.type}.{node.field}"))]
    else:
        names = renamed(node.function, context, fact.resource)
        replaced = [Index(local("cfnFunctionConfigurations"), Lit(name)) for name in names]
    for one in replaced:
        yield Do(call(Name("replaceTemplates", HELPER), one, templates))


def template_reader(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """The function that reads resolver templates, where there are any."""
    own = context.graph.facts(ResolverFile, fact.resource)
    if own or any(one.node.templates for one in context.graph.facts(CustomResource, fact.resource)):
        yield helper("templates", "DATA010")


def helper(name: str, rule: str) -> Asset:
    """A file of helpers as it is written into the project."""
    return Asset(FEATURE, f"data/{name}.ts", (HELPERS / f"{name}.ts").read_text(encoding="utf-8"), rule)


def _place(fact: Fact[ResolverFile]) -> tuple[Any, ...]:
    node = fact.node
    return node.type, node.field, node.function, node.slot, node.index


def template(path: str) -> Expr:
    """`template('./resolvers/Query.getTodo.req.vtl')`."""
    return call(Name("template", TEMPLATES), f"./{path}")
