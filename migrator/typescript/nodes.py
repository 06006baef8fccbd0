"""The syntax tree: frozen values, no text.

Whoever mentions something imported says so in its `Name` (or `TypeName`): the import statement is derived, never
written.
There is no node for raw text and none for parentheses; the printer knows where they are needed. What stands for an
identifier has to be one: text of a scanned project can be a value, but never become code.
"""

from __future__ import annotations

import msgspec

from migrator.typescript.identifiers import is_property_name


def _demand_identifiers(*names: object) -> None:
    """Raises ValueError for a text that is not one; what is no text is a pattern, whose parts are looked at."""
    for name in names:
        if isinstance(name, str) and not is_property_name(name):
            raise ValueError(f"{name!r} is no identifier")


class Node(msgspec.Struct, frozen=True):
    """Anything the printer knows."""


class Expr(Node, frozen=True):
    """Something with a value."""


class Type(Node, frozen=True):
    """Something that stands where TypeScript wants a type."""


class Stmt(Node, frozen=True):
    """Something that stands on a line of its own."""


# Expressions


class Name(Expr, frozen=True):
    """An identifier. With `module` it is imported from there.

    `imported` is the exported name where it differs (`import { imported as id }`); `default` and `namespace` say how
    it is imported; `type_only` asks for an import that leaves no trace at run time.
    """

    id: str
    module: str | None = None
    default: bool = False
    namespace: bool = False
    type_only: bool = False
    imported: str | None = None

    def __post_init__(self) -> None:
        _demand_identifiers(self.id, self.imported)


class Lit(Expr, frozen=True):
    """A string, number, boolean or `null`."""

    value: str | int | float | bool | None


class Undefined(Expr, frozen=True):
    """The value `undefined`."""


class Template(Expr, frozen=True):
    """A template literal: text as it shall read at run time (unescaped), and the expressions between."""

    parts: tuple[str | Expr, ...]


class Member(Expr, frozen=True):
    """`obj.name`, with `non_null` `obj.name!`, with `optional` `obj?.name`."""

    obj: Expr
    name: str
    non_null: bool = False
    optional: bool = False

    def __post_init__(self) -> None:
        _demand_identifiers(self.name)


class Index(Expr, frozen=True):
    """`obj[key]`, with `optional` `obj?.[key]`."""

    obj: Expr
    key: Expr
    optional: bool = False


class Spread(Expr, frozen=True):
    """`...expr` in an object, an array or arguments."""

    expr: Expr


class Call(Expr, frozen=True):
    """`fn<type_args>(args)`."""

    fn: Expr
    args: tuple[Expr, ...] = ()
    type_args: tuple[Type, ...] = ()


class New(Expr, frozen=True):
    """`new fn<type_args>(args)`."""

    fn: Expr
    args: tuple[Expr, ...] = ()
    type_args: tuple[Type, ...] = ()


class Property(Node, frozen=True):
    """One `key: value` of an object. A string key is quoted where needed, an expression is a computed key."""

    key: str | Expr
    value: Expr


class Comment(Stmt, frozen=True):
    """`//` lines; stands as a statement, in an object or in an array. The text carries no slashes."""

    text: str


class DocComment(Stmt, frozen=True):
    """`/** … */`; stands as a statement or in an object. The text carries no stars."""

    text: str


class Obj(Expr, frozen=True):
    """An object literal.

    `expanded` True puts each property on its own line, False breaks only where the line is too long, None leaves it to
    the printer: as False, but the first-level argument of a `define…` call with several properties is opened.
    """

    props: tuple[Property | Spread | Comment | DocComment, ...] = ()
    expanded: bool | None = None


class Arr(Expr, frozen=True):
    """An array literal.

    `expanded` True opens it, which prettier would undo where it fits on a line; else it opens when it is too long, and
    when it lists several objects or arrays of several members each.
    """

    items: tuple[Expr | Comment, ...] = ()
    expanded: bool | None = None


class Arrow(Expr, frozen=True):
    """`(params) => body`; the body is one expression or a block of statements."""

    params: tuple[Param, ...]
    body: Expr | tuple[Stmt, ...]
    is_async: bool = False
    returns: Type | None = None


class Await(Expr, frozen=True):
    """`await expr`."""

    expr: Expr


class Nullish(Expr, frozen=True):
    """`left ?? right`."""

    left: Expr
    right: Expr


class Binary(Expr, frozen=True):
    """`left op right`: arithmetic, comparison, `&&`, `||`, `in`, `instanceof`."""

    op: str
    left: Expr
    right: Expr


class Not(Expr, frozen=True):
    """`!expr`."""

    expr: Expr


class TypeOf(Expr, frozen=True):
    """`typeof expr` as a value, a string at run time."""

    expr: Expr


class Conditional(Expr, frozen=True):
    """`test ? then : otherwise`."""

    test: Expr
    then: Expr
    otherwise: Expr


class NonNull(Expr, frozen=True):
    """`expr!`."""

    expr: Expr


class As(Expr, frozen=True):
    """`expr as type`."""

    expr: Expr
    type: Type


class Satisfies(Expr, frozen=True):
    """`expr satisfies type`."""

    expr: Expr
    type: Type


# Patterns and parameters


class Binding(Node, frozen=True):
    """One name out of an object: `{ key }`, `{ key: name }`, `{ key = default }`."""

    key: str
    name: str | None = None
    default: Expr | None = None

    def __post_init__(self) -> None:
        _demand_identifiers(self.name)


class ObjPattern(Node, frozen=True):
    """`{ a, b: c, ...rest }` on the left of an assignment or as a parameter."""

    bindings: tuple[Binding, ...]
    rest: str | None = None

    def __post_init__(self) -> None:
        _demand_identifiers(self.rest)


class ArrPattern(Node, frozen=True):
    """`[a, b]`; an empty string leaves its place out."""

    names: tuple[str, ...]


Pattern = ObjPattern | ArrPattern


class Param(Node, frozen=True):
    """One parameter of a function."""

    name: str | ObjPattern | ArrPattern
    type: Type | None = None
    default: Expr | None = None
    optional: bool = False
    rest: bool = False

    def __post_init__(self) -> None:
        _demand_identifiers(self.name)


# Types


class TypeName(Type, frozen=True):
    """A named type, `id<type_args>`; keywords such as `string` and `unknown` too.

    `module`, `default`, `namespace` and `imported` are those of `Name`; `path` follows a namespace:
    `TypeName("cognito", "aws-cdk-lib/aws-cognito", namespace=True, path=("CfnUserPool",))` is `cognito.CfnUserPool`.
    """

    id: str
    module: str | None = None
    type_args: tuple[Type, ...] = ()
    default: bool = False
    namespace: bool = False
    imported: str | None = None
    path: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _demand_identifiers(self.id, self.imported)


class TypeQuery(Type, frozen=True):
    """`typeof expr` as a type; `expr` is a `Name`, or `Member`s of one."""

    expr: Name | Member


class LitType(Type, frozen=True):
    """A literal as a type: `'AMAZON_COGNITO'`, `true`, `3`, `null`."""

    value: str | int | float | bool | None


class UnionType(Type, frozen=True):
    """`a | b`."""

    types: tuple[Type, ...]


class ArrayType(Type, frozen=True):
    """`item[]`."""

    item: Type


class TupleType(Type, frozen=True):
    """`[a, b]`."""

    items: tuple[Type, ...]


class KeyOf(Type, frozen=True):
    """`keyof type`."""

    type: Type


class IndexedType(Type, frozen=True):
    """`obj[key]`."""

    obj: Type
    key: Type


class TypeProperty(Node, frozen=True):
    """One `key?: type` of an object type."""

    key: str
    type: Type
    optional: bool = False


class ObjType(Type, frozen=True):
    """An object type `{ a: string; b?: number }`. `expanded` as in `Obj`."""

    props: tuple[TypeProperty | Comment | DocComment, ...]
    expanded: bool | None = None


class FunctionType(Type, frozen=True):
    """`(params) => returns`."""

    params: tuple[Param, ...]
    returns: Type


# Statements


class Const(Stmt, frozen=True):
    """`const name: type = value;`, exported on request."""

    name: str | ObjPattern | ArrPattern
    value: Expr
    export: bool = False
    type: Type | None = None

    def __post_init__(self) -> None:
        _demand_identifiers(self.name)


class Assign(Stmt, frozen=True):
    """`target = value;`."""

    target: Expr
    value: Expr


class Do(Stmt, frozen=True):
    """An expression as a statement."""

    expr: Expr


class Return(Stmt, frozen=True):
    """`return value;`."""

    value: Expr | None = None


class Throw(Stmt, frozen=True):
    """`throw value;`."""

    value: Expr


class If(Stmt, frozen=True):
    """`if (test) { then } else { otherwise }`; an `otherwise` of exactly one `If` prints as `else if`."""

    test: Expr
    then: tuple[Stmt, ...]
    otherwise: tuple[Stmt, ...] = ()


class ForOf(Stmt, frozen=True):
    """`for (const name of iterable) { body }`."""

    name: str | ObjPattern | ArrPattern
    iterable: Expr
    body: tuple[Stmt, ...]

    def __post_init__(self) -> None:
        _demand_identifiers(self.name)


class FunctionDecl(Stmt, frozen=True):
    """`function name(params): returns { body }`."""

    name: str
    params: tuple[Param, ...]
    body: tuple[Stmt, ...]
    export: bool = False
    returns: Type | None = None
    is_async: bool = False

    def __post_init__(self) -> None:
        _demand_identifiers(self.name)


class TypeAlias(Stmt, frozen=True):
    """`type name = type;`."""

    name: str
    type: Type
    export: bool = False

    def __post_init__(self) -> None:
        _demand_identifiers(self.name)


class Blank(Stmt, frozen=True):
    """An empty line."""


class SideEffectImport(Stmt, frozen=True):
    """`import 'module';`. Printed with the other imports, before them, in the order of the body."""

    module: str


class ReExport(Stmt, frozen=True):
    """`export { a, b } from 'module';`; no names: `export * from 'module';`."""

    names: tuple[str, ...]
    module: str


class Module(Node, frozen=True):
    """One file: its first comments, then its statements. Imports go between the two."""

    body: tuple[Stmt, ...]
    header: tuple[Comment | DocComment, ...] = ()
