"""Where in the tree the printer is: a node, the role it plays for its parent, and what was printed for it.

Several nodes are other spellings of one construct (`a.b!`, `a ?? b`, `!a`, `-1`); `plain` reduces them, so that what
decides on line breaks and parentheses sees each construct in one form only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeAlias, TypeVar

from migrator.typescript.layout import Doc, concat
from migrator.typescript.nodes import (
    Binary,
    Comment,
    DocComment,
    Expr,
    Lit,
    LitType,
    Member,
    Name,
    Node,
    NonNull,
    Not,
    Nullish,
    Stmt,
    TypeName,
    TypeOf,
    Undefined,
    UnionType,
)

NOTES = (Comment, DocComment)
LOGICAL = frozenset(("&&", "||", "??"))


class Unary(Expr, frozen=True):
    """`op expr`."""

    op: str
    expr: Expr


class Block(Stmt, frozen=True):
    """`{ body }` of a function, a loop or a branch."""

    body: tuple[Stmt, ...]


N_co = TypeVar("N_co", bound=Node, covariant=True)
Print: TypeAlias = "Callable[[Path[Any]], Doc]"


_NOTHING = Node()


class Dialect:
    """What one run of the printer knows: how to print each class, which classes want parentheses, local names."""

    def __init__(
        self,
        printers: Mapping[type, Print],
        parenthesized: Callable[[Path[Any]], bool],
        local: Mapping[Name | TypeName, str],
    ) -> None:
        self.printers = printers
        self.parenthesized = parenthesized
        self.local = local
        self.objects: dict[Path[Any], None] = {}
        """The objects printed so far that may open."""


class Path(Generic[N_co]):
    """One node of the tree in its place."""

    __slots__ = ("_children", "_doc", "_parens", "dialect", "is_chain", "node", "opened", "parent", "role")

    def __init__(self, node: N_co, role: str, parent: Path[Any] | None, dialect: Dialect) -> None:
        self.node = node
        self.role = role
        self.parent = parent
        self.dialect = dialect
        self.is_chain = False
        """Whether the node was printed as a chain of calls that may break before each; known once it is printed."""
        self.opened = False
        """Whether the node is an object that came out on several lines, and so is wanted there."""
        self._children: dict[tuple[str, int], Path[Any]] = {}
        self._doc: Doc | None = None
        self._parens: bool | None = None

    def child(self, role: str, index: int = -1) -> Path[Any]:
        """The node in that field, or the one at that index of the field."""
        key = (role, index)
        if key not in self._children:
            value = getattr(self.node, role)
            node = plain(value if index < 0 else value[index])
            self._children[key] = Path(node, role, self, self.dialect)
        return self._children[key]

    def children(self, role: str) -> list[Path[Any]]:
        """The nodes of a field that holds several."""
        return [self.child(role, index) for index in range(len(getattr(self.node, role)))]

    @property
    def doc(self) -> Doc:
        """The node printed, in parentheses where it needs them."""
        if self._doc is None:
            self._doc = self.wrap(self.dialect.printers[type(self.node)](self))
        return self._doc

    def open(self) -> None:
        """Wants the object open; what was printed for it and for what is around it is forgotten."""
        self.opened = True
        self._doc = None
        for path in self.ancestors():
            path._doc = None

    @property
    def parens(self) -> bool:
        """Whether the node needs parentheses where it stands."""
        if self._parens is None:
            self._parens = self.dialect.parenthesized(self)
        return self._parens

    def wrap(self, doc: Doc) -> Doc:
        """The document in parentheses if the node needs them."""
        return concat("(", doc, ")") if self.parens else doc

    def ancestors(self) -> Iterator[Path[Any]]:
        """The parent, its parent, and so on."""
        path = self.parent
        while path is not None:
            yield path
            path = path.parent

    @property
    def up(self) -> Any:
        """The node around this one; for the outermost, a node of no kind."""
        return self.parent.node if self.parent is not None else _NOTHING


def plain(node: Node | tuple[Stmt, ...]) -> Node:
    """The node in its one form."""
    if isinstance(node, tuple):
        return Block(node)
    reduce = _REDUCE.get(type(node))
    return node if reduce is None else reduce(node)


def _member(node: Member) -> Node:
    return NonNull(Member(node.obj, node.name, optional=node.optional)) if node.non_null else node


def _literal(node: Lit) -> Node:
    value = node.value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return node
    negative = value < 0 or (value == 0 and str(value).startswith("-"))
    return Unary("-", Lit(abs(value))) if negative else node


def _binary(node: Binary) -> Node:
    """Chains of one logical operator lean to the left, whichever way they were built."""
    right = plain(node.right)
    if node.op in LOGICAL and isinstance(right, Binary) and right.op == node.op:
        return plain(Binary(node.op, Binary(node.op, node.left, right.left), right.right))
    return node


def _union(node: UnionType) -> Node:
    types = tuple(
        inner
        for member in map(plain, node.types)
        for inner in (member.types if isinstance(member, UnionType) else (member,))
    )
    return types[0] if len(types) == 1 else UnionType(types)  # type: ignore[arg-type]


_REDUCE: dict[type, Callable[..., Node]] = {
    Member: _member,
    Lit: _literal,
    Binary: _binary,
    Nullish: lambda node: _binary(Binary("??", node.left, node.right)),
    Not: lambda node: Unary("!", node.expr),
    TypeOf: lambda node: Unary("typeof", node.expr),
    Undefined: lambda node: Name("undefined"),
    UnionType: _union,
    LitType: lambda node: TypeName("null") if node.value is None else node,
}
