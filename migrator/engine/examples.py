"""A rule's examples: what the rule alone makes of the facts they give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from migrator.core.finding import Finding
from migrator.core.ref import ResourceRef
from migrator.engine.assemble import carry_out, value_of
from migrator.engine.catalog import Catalog
from migrator.engine.category import Category
from migrator.engine.context import Context, Options
from migrator.engine.match import EVERYTHING, match
from migrator.engine.rule import BuildClause, Example, MapClause, Rule
from migrator.gen1.graph import Evidence, Fact, Resource, ResourceGraph
from migrator.gen1.graph import Node as GraphNode
from migrator.gen2.backend import (
    Asset,
    DefinitionOf,
    Dependency,
    Local,
    Often,
    Override,
    Piece,
    Preamble,
    Reference,
    Secret,
    Setting,
    Shared,
    Source,
    Task,
    Wiring,
)
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Arr, Do, Expr, Lit, Module, Name, Node, Obj, Property, Undefined
from migrator.typescript.printer import print_module
from migrator.typescript.rewrite import rewrite

if TYPE_CHECKING:
    from migrator.gen1.project import App


class Carried(Struct, frozen=True):
    """What a rule made of an example."""

    properties: dict[str, Any]
    printed: str
    findings: tuple[Finding, ...]


def carry_example(rule: Rule, example: Example, category: Category, app: App) -> Carried:
    """Applies one rule to one example. Raises msgspec.ValidationError when the example does not fit the node."""
    kind = next(node for node in category.nodes if node.__name__ == rule.node)
    ref = ResourceRef(category.name, "example")
    node: GraphNode = msgspec.convert(example.gen1, kind)
    fact: Fact[Any] = Fact(ref, "example", node)
    resource = Resource(ref, rule.service or "example", Evidence.SOURCE, facts=(fact,), imported=example.reused)
    context = Context(ResourceGraph((resource,)), app, Options(), frozenset({ref}), {ref: category.name})
    found = match(context, Catalog((rule,)), {category.name: category})
    if any(f.rule == "GEN004" for f in found.findings):
        raise AssertionError(found.findings[0].message)
    properties: dict[str, Any] = {}
    printed: list[str] = []
    for one in found.matches:
        for clause in one.clauses:
            if isinstance(clause, MapClause):
                properties[clause.to] = plain(value_of(clause, fact, context, category))
        pieces = carry_out(msgspec.structs.replace(one, clauses=_builds(one.clauses)), context, category)
        printed += [_printed(piece) for piece in pieces]
    return Carried(properties, "\n".join(printed), found.findings)


def _builds(clauses: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(clause for clause in clauses if isinstance(clause, BuildClause))


def plain(node: Expr) -> Any:
    """An expression as data where it is a literal, else as its TypeScript text."""
    match node:
        case Lit(value=value):
            return value
        case Undefined():
            return "undefined"
        case Arr(items=items):
            return [plain(item) for item in items if isinstance(item, Expr)]
        case Obj(props=props) if all(isinstance(p, Property) and isinstance(p.key, str) for p in props):
            return {str(p.key): plain(p.value) for p in props if isinstance(p, Property)}
        case _:
            return _text(node)


def _text(node: Expr) -> str:
    """The expression printed, without the imports that it owes."""
    printed = print_module(_named(Module((Do(node),))))
    _, imports, rest = printed.partition("\n\n")
    return (rest if imports else printed).strip().removesuffix(";")


def _printed(piece: Piece) -> str:
    match piece:
        case Wiring(body=body) | Preamble(body=body) | Source(body=body):
            return print_module(_named(Module(body)))
        case Setting(path=path, value=value) | Override(path=path, value=value):
            return f"{path}: {_text(value)}"
        case Asset(path=path, content=content):
            return f"{path}\n{content}"
        case Dependency(package=package, version=version):
            return f"{package}@{version}"
        case Secret(name=name):
            return f"secret {name}"
        case Task(text=text):
            return text
        case _:
            return ""


def _named(module: Module) -> Module:
    """The module with names in place of what only emission can resolve."""

    def change(node: Node) -> Node:
        match node:
            case Reference(attribute=name) | Shared(name=name):
                return Name(identifier(name))
            case DefinitionOf(resource=resource):
                return Name(identifier(resource.name))
            case Local(construct=construct):
                return Name(construct.variable)
            case Often(value=value):
                return value
            case _:
                return node

    return rewrite(module, change)


def mentioned(rule: Rule) -> frozenset[str]:
    """The attribute paths that a rule claims in any of its clauses (`*` for all)."""
    paths = {c.source for c in rule.map} | {d.source for d in rule.drop if d.source}
    paths |= {p for b in rule.build for p in b.claims} | {p for r in rule.report for p in r.claims}
    return frozenset({EVERYTHING}) if EVERYTHING in paths else frozenset(paths)
