"""The wiring file of one feature: constants for constructs, overrides merged by property, then other statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from migrator.gen2.backend import Construct, Local, Often, Override, Shared, Wiring
from migrator.output.names import AMPLIFY
from migrator.typescript.build import const, member, obj
from migrator.typescript.nodes import (
    Assign,
    Binding,
    Blank,
    Const,
    DocComment,
    Expr,
    FunctionDecl,
    Member,
    Name,
    Node,
    Obj,
    ObjPattern,
    Param,
    Property,
    Return,
    Stmt,
    TypeAlias,
    TypeName,
    TypeQuery,
)
from migrator.typescript.rewrite import rewrite, walk

FEATURE_ORDER = ("auth", "storage", "data", "function")


class WiringFile(Struct, frozen=True):
    """The wiring of one feature: its statements, the function they make, and the features whose constants it needs."""

    feature: str
    function: str
    needs: tuple[str, ...]
    body: tuple[Stmt, ...]

    @property
    def path(self) -> str:
        """Below `amplify/`."""
        return f"{self.feature}/wiring.ts"


def wiring_file(feature: str, overrides: Sequence[Override], wirings: Sequence[Wiring]) -> WiringFile | None:
    """The file, or None when there is nothing to wire."""
    mentioned = [node.construct for wiring in wirings for node in walk(wiring.body) if isinstance(node, Local)]
    body: list[Stmt] = [*_constants([*(o.construct for o in overrides), *mentioned]), *_assignments(overrides)]
    section = ""
    for wiring in wirings:
        statements = rewrite(wiring.body, _local)
        together = section and section == wiring.section
        body += [Blank(), *statements] if body and not together else statements
        section = wiring.section
    body = _without_repetition(body)
    if not body:
        return None
    used = {node.feature for node in walk(tuple(body)) if isinstance(node, Shared)} - {feature}
    needs = tuple(sorted(used, key=feature_rank))
    exports = tuple(name for wiring in wirings for name in wiring.exports)
    return WiringFile(feature, f"wire{_title(feature)}", needs, _declaration(feature, needs, tuple(body), exports))


def _declaration(
    feature: str, needs: tuple[str, ...], body: tuple[Stmt, ...], exports: tuple[str, ...]
) -> tuple[Stmt, ...]:
    function = f"wire{_title(feature)}"
    params = (
        Param("backend", TypeName("Backend", f"{AMPLIFY}features")),
        *(Param(need, TypeName(f"{_title(need)}Wiring", f"{AMPLIFY}{need}/wiring")) for need in needs),
    )
    about = DocComment(f"What the {feature} feature sets beyond its definitions.")
    if not exports:
        return about, FunctionDecl(function, params, body, export=True, returns=TypeName("void"))
    made = Return(obj({name: Name(name) for name in exports}))
    shape = TypeName("ReturnType", type_args=(TypeQuery(Name(function)),))
    return (
        about,
        FunctionDecl(function, params, (*body, Blank(), made), export=True),
        Blank(),
        TypeAlias(f"{_title(feature)}Wiring", shape, export=True),
    )


def _local(node: Node) -> Node:
    return Name(node.construct.variable) if isinstance(node, Local) else node


def _without_repetition(body: list[Stmt]) -> list[Stmt]:
    """What is mentioned several times becomes a constant before its first use, what is mentioned once stays."""
    counts: dict[str, int] = {}
    for node in walk(tuple(body)):
        if isinstance(node, Often):
            counts[node.name] = counts.get(node.name, 0) + 1
    made: dict[str, Expr] = {}

    def change(node: Node) -> Node:
        if not isinstance(node, Often):
            return node
        if counts[node.name] == 1:
            return node.value
        made.setdefault(node.name, node.value)
        return Name(node.name)

    kept: list[Stmt] = []
    for statement in body:
        before = set(made)
        changed = rewrite(statement, change)
        kept += [*(const(name, value) for name, value in made.items() if name not in before), changed]
    return kept


def _constants(constructs: Iterable[Construct]) -> Iterator[Stmt]:
    """One constant for each construct; those that are properties of one object come out of it together."""
    known: dict[str, Construct] = {construct.variable: construct for construct in constructs}
    together: dict[Expr, list[str]] = {}
    for construct in known.values():
        match construct.expression:
            case Member(obj=owner, name=name, optional=False, non_null=False) if name == construct.variable:
                together.setdefault(owner, []).append(name)
            case _:
                yield const(construct.variable, construct.expression)
    for owner, names in together.items():
        yield Const(ObjPattern(tuple(Binding(name) for name in names)), owner)


def _assignments(overrides: Iterable[Override]) -> Iterator[Stmt]:
    """One assignment for each CloudFormation property; paths below it merge into one object."""
    grouped: dict[tuple[str, str], list[tuple[str, Expr]]] = {}
    for override in overrides:
        first, _, rest = override.path.partition(".")
        grouped.setdefault((override.construct.variable, first), []).append((rest, override.value))
    for (variable, first), values in grouped.items():
        whole = [value for rest, value in values if not rest]
        yield Assign(member(variable, first), whole[0] if whole else property_tree(values))


def property_tree(values: Iterable[tuple[str, Expr]]) -> Obj:
    """An object out of property paths, in the order in which they first appear."""
    tree: dict[str, Any] = {}
    for path, value in values:
        *parents, last = path.split(".")
        branch = tree
        for part in parents:
            branch = branch.setdefault(part, {})
        branch[last] = value
    return _object(tree)


def _object(tree: Mapping[str, Any]) -> Obj:
    return Obj(tuple(Property(key, _object(v) if isinstance(v, dict) else v) for key, v in tree.items()))


def wiring_order(files: Iterable[WiringFile]) -> tuple[WiringFile, ...]:
    """The files so that each comes after those whose constants it needs."""
    waiting = sorted(files, key=lambda file: feature_rank(file.feature))
    ordered: list[WiringFile] = []
    while waiting:
        done = {file.feature for file in ordered}
        ready = next((f for f in waiting if set(f.needs) <= done), waiting[0])
        waiting.remove(ready)
        ordered.append(ready)
    return tuple(ordered)


def feature_rank(feature: str) -> tuple[int, str]:
    """Where a feature stands in lists."""
    return (FEATURE_ORDER.index(feature) if feature in FEATURE_ORDER else len(FEATURE_ORDER), feature)


def _title(feature: str) -> str:
    return "".join(word.capitalize() for word in feature.split("-"))
