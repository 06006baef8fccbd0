"""The Gen 2 backend as values: what is defined, overridden and wired, and which rule says so.

`assemble` makes it, `emit` turns it into TypeScript. It knows no category.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from migrator.core.ref import ResourceRef
from migrator.typescript.nodes import Expr, Name, Stmt


class Reference(Expr, frozen=True):
    """An output of another Gen 1 resource (`auth/app`, `UserPoolId`), wherever it lives in Gen 2.

    Emission replaces it: by the property of the construct when that resource is in the backend, else by a look-up in
    `references.ts`. `known` is the live value, where it is no output of the resource; `stand_in` is what the code
    goes on with while nobody knows the value, where CDK takes no empty text.
    """

    resource: ResourceRef
    attribute: str
    known: str = ""
    stand_in: str = ""


class Shared(Expr, frozen=True):
    """A constant that the wiring file of `feature` makes and hands to later ones."""

    feature: str
    name: str


class DefinitionOf(Expr, frozen=True):
    """The definition of another resource: its imported constant in `resource.ts` files, `backend.<key>` in wiring."""

    resource: ResourceRef


class Definition(Struct, frozen=True):
    """One `define*()` call with its file below `amplify/`."""

    resource: ResourceRef
    feature: str
    """The folder, the wiring file and the slice it belongs to."""
    key: str
    """Its name in `defineBackend`."""
    variable: str
    """The exported constant."""
    file: str
    factory: Name
    value: Expr | None = None
    """The whole expression, where it is not `factory({…})`; `Properties` stands for the object."""


class Properties(Expr, frozen=True):
    """The object of a definition's properties, in the definition's `value`."""


class Construct(Struct, frozen=True):
    """A CDK construct that wiring code sets properties of: a local constant and where it comes from."""

    feature: str
    variable: str
    expression: Expr
    """`backend.auth.resources.cfnResources.cfnUserPool`, say; `backend` is in scope."""


class Local(Expr, frozen=True):
    """The local constant of a construct, in the wiring of its feature."""

    construct: Construct


class Often(Expr, frozen=True):
    """A value that a wiring file may mention several times: then it is a constant, made before its first use."""

    name: str
    value: Expr


class Setting(Struct, frozen=True):
    """A property of a definition."""

    definition: Definition
    path: str
    value: Expr
    rule: str


class Override(Struct, frozen=True):
    """A property of a construct; paths below one CloudFormation property merge into one assignment."""

    construct: Construct
    path: str
    value: Expr
    rule: str


class Preamble(Struct, frozen=True):
    """Statements before the `define*()` call, in its file."""

    definition: Definition
    body: tuple[Stmt, ...]
    rule: str


class Wiring(Struct, frozen=True):
    """Statements of a feature's wiring function.

    Smaller `order` comes first. A `deferrable` piece waits until every resource that it refers to is in the backend;
    others fall back to `references.ts`. `exports` are constants that later features use as `Shared`; `owner` is the
    resource that the statements serve. Pieces of one `section` stand together.
    """

    feature: str
    body: tuple[Stmt, ...]
    rule: str
    order: int = 50
    deferrable: bool = False
    exports: tuple[str, ...] = ()
    owner: ResourceRef | None = None
    section: str = ""


class Asset(Struct, frozen=True):
    """A file below `amplify/` that is written as it is: text, or a copy of a file of the Gen 1 project."""

    feature: str
    path: str
    content: str | Path
    rule: str


class Source(Struct, frozen=True):
    """A TypeScript file below `amplify/` beside a definition's: its imports are derived, its definitions resolved."""

    feature: str
    path: str
    body: tuple[Stmt, ...]
    rule: str


class Dependency(Struct, frozen=True):
    """An npm package that the project needs."""

    package: str
    version: str
    rule: str
    owner: ResourceRef | None = None
    dev: bool = False


class Secret(Struct, frozen=True):
    """A value to be set by `ampx sandbox secret set` or in the console; never known to us."""

    name: str
    why: str
    rule: str


class Registration(Struct, frozen=True):
    """An address of the new backend that has to be entered in the console of a sign-in provider."""

    provider: str
    console: str
    url: str
    rule: str


class Task(Struct, frozen=True):
    """Something left to the user; a line of `MIGRATION.md`."""

    feature: str
    text: str
    rule: str
    resource: ResourceRef | None = None


Piece: TypeAlias = (
    Definition | Setting | Override | Preamble | Wiring | Asset | Source | Dependency | Secret | Registration | Task
)


class Backend(Struct, frozen=True):
    """All pieces, in the order they were assembled; emission sorts by what they are."""

    pieces: tuple[Piece, ...]
