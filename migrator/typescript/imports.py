"""The imports a tree owes, derived by walking it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from migrator.typescript.nodes import (
    ArrPattern,
    Binding,
    Const,
    ForOf,
    FunctionDecl,
    Module,
    Name,
    Node,
    ObjPattern,
    Param,
    SideEffectImport,
    TypeAlias,
    TypeName,
    TypeQuery,
)

_GLOBALS = """
    Array ArrayBuffer BigInt Boolean Buffer Date Error Exclude Extract Infinity JSON Map Math NaN NonNullable Number
    Object Omit Parameters Partial Pick Promise Proxy Readonly Record Reflect RegExp Required ReturnType Set String
    Symbol TextDecoder TextEncoder URL URLSearchParams Uint8Array WeakMap WeakSet clearTimeout console crypto fetch
    globalThis process require setTimeout structuredClone
"""
GLOBALS = frozenset(_GLOBALS.split())
"""What every Node program finds in scope; an import of such a name gets another where both are used."""


class Import(msgspec.Struct, frozen=True):
    """What one module is imported for: `import default, { names } from module`, or `import * as namespace`.

    `names` are as written between the braces: `a`, `a as b`, `type A`. `type_only` is `import type`.
    """

    module: str
    default: str | None = None
    namespace: str | None = None
    names: tuple[str, ...] = ()
    type_only: bool = False


class Imports(msgspec.Struct, frozen=True):
    """The imports of a file in order, and the local name of every imported node whose own name was taken."""

    statements: tuple[Import, ...]
    side_effects: tuple[str, ...]
    local: Mapping[Name | TypeName, str]


class _Symbol(msgspec.Struct, frozen=True):
    module: str
    exported: str
    """`default` and `*` stand for the default export and for the namespace."""


def imports_of(module: Module) -> Imports:
    """What the module must import.

    Where two modules export one name the later is aliased, and so is an import whose name the file declares itself. A
    name without a module that the file does not declare is taken to be the import of that name.
    """
    used: dict[_Symbol, list[Name | TypeName]] = {}
    values: set[_Symbol] = set()
    declared: set[str] = set()
    for node, as_type in _walk(module, False):
        declared.update(_declared(node))
        if not isinstance(node, (Name, TypeName)):
            continue
        if node.module is None:
            if node.id in GLOBALS:
                declared.add(node.id)
            continue
        symbol = _symbol(node)
        used.setdefault(symbol, []).append(node)
        if isinstance(node, Name) and not as_type and not node.type_only:
            values.add(symbol)
    names = _local_names(used, declared)
    local = {node: names[symbol] for symbol, nodes in used.items() for node in nodes if names[symbol] != node.id}
    side_effects = tuple(each.module for each in module.body if isinstance(each, SideEffectImport))
    modules = dict.fromkeys(symbol.module for symbol in used)
    statements = [
        statement
        for path in sorted(modules, key=_rank)
        for statement in _statements(path, [each for each in used if each.module == path], names, values)
    ]
    return Imports(tuple(statements), tuple(dict.fromkeys(side_effects)), local)


def _rank(module: str) -> int:
    """Packages first, then what lies above, then what lies beside; otherwise in order of first use."""
    if module.startswith("../"):
        return 1
    return 2 if module.startswith(".") else 0


def _symbol(node: Name | TypeName) -> _Symbol:
    exported = "*" if node.namespace else "default" if node.default else node.imported or node.id
    return _Symbol(node.module or "", exported)


def _local_names(used: Mapping[_Symbol, list[Name | TypeName]], declared: set[str]) -> dict[_Symbol, str]:
    names: dict[_Symbol, str] = {}
    taken = set(declared)
    for symbol, nodes in used.items():
        wanted = nodes[0].id
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}{number}", number + 1
        taken.add(name)
        names[symbol] = name
    return names


def _statements(
    module: str, symbols: list[_Symbol], names: Mapping[_Symbol, str], values: set[_Symbol]
) -> Iterator[Import]:
    """A default and named ones share a statement; a namespace, and a default that is only a type, have their own."""
    for symbol in symbols:
        if symbol.exported == "*":
            yield Import(module, namespace=names[symbol], type_only=symbol not in values)
    default = next((each for each in symbols if each.exported == "default"), None)
    named = [each for each in symbols if each.exported not in ("*", "default")]
    if default is not None and (default not in values or not named):
        yield Import(module, default=names[default], type_only=default not in values)
        default = None
    if not named:
        return
    type_only = default is None and not any(each in values for each in named)
    specifiers = tuple(_specifier(each, names[each], type_only or each in values) for each in named)
    yield Import(module, names[default] if default else None, None, specifiers, type_only)


def _specifier(symbol: _Symbol, name: str, plain: bool) -> str:
    text = symbol.exported if symbol.exported == name else f"{symbol.exported} as {name}"
    return text if plain else f"type {text}"


def _declared(node: Node) -> Iterable[str]:
    if isinstance(node, (Const, ForOf, Param)):
        return (node.name,) if isinstance(node.name, str) else ()
    if isinstance(node, (FunctionDecl, TypeAlias)):
        return (node.name,)
    if isinstance(node, Binding):
        return (node.name or node.key,)
    if isinstance(node, ArrPattern):
        return node.names
    return (node.rest,) if isinstance(node, ObjPattern) and node.rest is not None else ()


def _walk(value: object, as_type: bool) -> Iterator[tuple[Node, bool]]:
    """Every node below, in reading order, and whether it only serves a type."""
    if isinstance(value, tuple):
        for item in value:
            yield from _walk(item, as_type)
    elif isinstance(value, Node):
        yield value, as_type
        inside = as_type or isinstance(value, TypeQuery)
        for field in value.__struct_fields__:
            yield from _walk(getattr(value, field), inside)
