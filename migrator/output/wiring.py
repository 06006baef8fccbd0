"""The wiring file of one feature: constants for constructs, overrides merged by property, then other statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from migrator.core.errors import ConversionError
from migrator.gen2.backend import Construct, Local, Often, Override, Shared, Wiring
from migrator.output.names import AMPLIFY
from migrator.typescript.build import const, member, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import (
    Assign,
    Binding,
    Blank,
    Const,
    DocComment,
    Expr,
    ForOf,
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

K = TypeVar("K")

FEATURE_ORDER = ("auth", "storage", "data", "analytics", "geo", "predictions", "rest-api", "function")


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
    once: dict[tuple[Stmt, ...], Wiring] = {}
    for wiring in wirings:
        once.setdefault(wiring.body, wiring)
    taken = {"backend", *map(identifier, FEATURE_ORDER)}
    apart = [_apart(wiring, taken) for wiring in once.values()]
    body = _named_once(_assigned_once(_body(overrides, apart)), taken)
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
        *(Param(identifier(need), TypeName(f"{_title(need)}Wiring", f"{AMPLIFY}{need}/wiring")) for need in needs),
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


def _body(overrides: Sequence[Override], wirings: Sequence[Wiring]) -> list[Stmt]:
    """Assignments first, then the statements; each construct is a `Local`."""
    body = list(_assignments(overrides))
    section = ""
    for wiring in wirings:
        together = section and section == wiring.section
        if loop := _one_loop(body[-1:], wiring.body):
            body[-1] = loop
        else:
            body += [Blank(), *wiring.body] if body and not together else wiring.body
        section = wiring.section
    return body


def _assigned_once(body: list[Stmt]) -> list[Stmt]:
    """The statements without assignments to a property that gets another value before anything looks at it."""
    kept = [stmt for at, stmt in enumerate(body) if not _is_replaced(stmt, body[at + 1 :])]
    while kept and isinstance(kept[0], Blank):
        kept.pop(0)
    return kept


def _is_replaced(statement: Stmt, after: Sequence[Stmt]) -> bool:
    if not isinstance(statement, Assign) or not isinstance(statement.target, Member):
        return False
    for later in after:
        looked_at = later.value if isinstance(later, Assign) and later.target == statement.target else later
        if any(node == statement.target for node in walk((looked_at,))):
            return False
        if looked_at is not later:
            return True
    return False


def _one_loop(before: Sequence[Stmt], after: Sequence[Stmt]) -> ForOf | None:
    """One loop for two that follow each other and go over the same things; names of the second might be taken."""
    match before, after:
        case [ForOf() as first], [ForOf() as second] if (first.name, first.iterable) == (second.name, second.iterable):
            if not any(isinstance(statement, Const) for statement in second.body):
                return replace(first, body=(*first.body, *second.body))
    return None


def _apart(wiring: Wiring, taken: set[str]) -> Wiring:
    """The piece with other names for its own constants where an earlier piece, or a parameter, has them already."""
    own = [stmt.name for stmt in wiring.body if isinstance(stmt, Const) and isinstance(stmt.name, str)]
    other = {name: identifier(name, taken) for name in own if name in taken}
    if clash := sorted(set(other) & set(wiring.exports)):
        raise ConversionError(
            f"GEN003: rule {wiring.rule} makes {clash[0]} in {wiring.feature}/wiring.ts a second time"
        )
    taken |= {other.get(name, name) for name in own}

    def change(node: Node) -> Node:
        match node:
            case Const(name=str(name)) if name in other:
                return replace(node, name=other[name])
            case Name(id=name, module=None) if name in other:
                return replace(node, id=other[name])
        return node

    return replace(wiring, body=rewrite(wiring.body, change)) if other else wiring


def _named_once(body: list[Stmt], taken: set[str]) -> list[Stmt]:
    """Constants for the constructs, and before its first use for what is mentioned several times."""
    found = list(walk(tuple(body)))
    constructs = _distinct([(n.construct.variable, n.construct) for n in found if isinstance(n, Local)], taken)
    counts = Counter(node for node in found if isinstance(node, Often))
    often = _distinct([(node.name, node) for node in counts if counts[node] > 1], taken)
    made: dict[str, Expr] = {}

    def change(node: Node) -> Node:
        match node:
            case Local(construct=construct):
                return Name(constructs[construct])
            case Often() if node not in often:
                return node.value
            case Often():
                made.setdefault(often[node], rewrite(node.value, change))
                return Name(often[node])
        return node

    kept: list[Stmt] = []
    for statement in body:
        before = set(made)
        changed = rewrite(statement, change)
        kept += [*(const(name, value) for name, value in made.items() if name not in before), changed]
    named = {name: rewrite(construct.expression, change) for construct, name in constructs.items()}
    gap = [Blank()] if named and kept and not isinstance(kept[0], Assign) else []
    return [*_constants(named), *gap, *kept]


def _distinct(wanted: Iterable[tuple[str, K]], taken: set[str]) -> dict[K, str]:
    """A name for each; different things that want the same name get a number."""
    names: dict[K, str] = {}
    for name, thing in wanted:
        if thing not in names:
            names[thing] = identifier(name, taken) if name in taken else name
            taken.add(names[thing])
    return names


def _constants(named: Mapping[str, Expr]) -> Iterator[Stmt]:
    """One constant for each expression; those that are properties of one object come out of it together."""
    together: dict[Expr, list[str]] = {}
    for variable, expression in named.items():
        match expression:
            case Member(obj=owner, name=name, optional=False, non_null=False) if name == variable:
                together.setdefault(owner, []).append(name)
            case _:
                yield const(variable, expression)
    for owner, names in together.items():
        yield Const(ObjPattern(tuple(Binding(name) for name in names)), owner)


def _assignments(overrides: Iterable[Override]) -> Iterator[Stmt]:
    """One assignment for each CloudFormation property; paths below it merge into one object."""
    grouped: dict[tuple[Construct, str], list[tuple[str, Expr]]] = {}
    for override in overrides:
        first = override.path.partition(".")[0]
        grouped.setdefault((override.construct, first), []).append((override.path, override.value))
    for (construct, first), values in grouped.items():
        for prop in property_tree(values).props:
            if isinstance(prop, Property):
                yield Assign(member(Local(construct), first), prop.value)


def property_tree(values: Iterable[tuple[str, Expr]]) -> Obj:
    """An object out of property paths, in the order in which they first appear.

    A property may be given as a whole and in part: then the parts join it. Raises ConversionError (GEN003) where they
    differ, or where the whole is no plain object.
    """
    tree: dict[str, Any] = {}
    for path, value in values:
        _put(tree, path.split("."), value, path)
    return _object(tree)


def _put(tree: dict[str, Any], steps: list[str], value: Expr, path: str) -> None:
    first, *rest = steps
    known = tree.get(first)
    if known is not None and (rest or known != value):
        known = tree[first] = _open(known, path)
    if rest:
        _put(tree.setdefault(first, {}), rest, value, path)
    elif known is None:
        tree[first] = value
    elif known != value:
        for key, item in _open(value, path).items():
            _put(known, [key], item, path)


def _open(value: Any, path: str) -> dict[str, Any]:
    """A property's value with room for more below it."""
    if isinstance(value, dict):
        return value
    if isinstance(value, Obj) and all(isinstance(p, Property) and isinstance(p.key, str) for p in value.props):
        return {str(p.key): p.value for p in value.props if isinstance(p, Property)}
    raise ConversionError(
        f"GEN003: two rules write different values to {path}, or one to a part of it",
        hint="Narrow the `when` of one of them.",
    )


def _object(tree: Mapping[str, Any]) -> Obj:
    return Obj(tuple(Property(key, _object(v) if isinstance(v, dict) else v) for key, v in tree.items()))


def wiring_order(files: Iterable[WiringFile]) -> tuple[WiringFile, ...]:
    """The files so that each comes after those whose constants it needs. Raises ConversionError for a circle."""
    waiting = sorted(files, key=lambda file: feature_rank(file.feature))
    ordered: list[WiringFile] = []
    while waiting:
        later = {file.feature for file in waiting}
        ready = next((file for file in waiting if not later & set(file.needs)), None)
        if ready is None:
            raise ConversionError(
                f"the wiring of {' and '.join(file.feature for file in waiting)} would need each other's constants",
                hint="Convert them one by one with --feature, and say what is missing in amplify/backend.ts.",
            )
        waiting.remove(ready)
        ordered.append(ready)
    return tuple(ordered)


def feature_rank(feature: str) -> tuple[int, str]:
    """Where a feature stands in lists."""
    return (FEATURE_ORDER.index(feature) if feature in FEATURE_ORDER else len(FEATURE_ORDER), feature)


def _title(feature: str) -> str:
    return "".join(word.capitalize() for word in feature.split("-"))
