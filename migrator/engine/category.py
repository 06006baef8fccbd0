"""What a category of Gen 1 resources declares to the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from migrator.core.ref import ResourceRef
from migrator.engine.access import Access
from migrator.engine.client_config import Told, nothing_to_configure
from migrator.engine.conditions import Check
from migrator.engine.context import Context
from migrator.engine.observed import Observer
from migrator.engine.proof import SchemaProof
from migrator.gen1.graph import Fact, Node, Resource
from migrator.gen2.backend import Construct, Definition, Piece
from migrator.typescript.nodes import Expr

if TYPE_CHECKING:
    from migrator.gen1.entries import Entry
    from migrator.gen1.project import App

Transform: TypeAlias = Callable[[Any, Context], object]
"""`(value, context)` to the property's value: plain data or an expression."""
Builder: TypeAlias = Callable[[Any, Context], Iterable[Piece]]
"""`(fact, context)` to pieces of the backend."""


Output: TypeAlias = Callable[[ResourceRef, str, Context], Expr | None]
"""`(resource, attribute, context)` to an expression for wiring code, where `backend` is in scope; None: no such thing.

Attributes with a capital are Gen 1 outputs (`UserPoolId`, `Arn`); those with a small first letter are constructs
(`authenticatedUserIamRole`, `groupRole:Admin`, `lambda`, `bucket`, `table`, `stack`).
"""


class Announcement(Struct, frozen=True):
    """What is known of a category before anything heavy is imported: which resources it answers for."""

    name: str
    """The folder below `migrator/categories`, and the file below `rules`."""
    prefix: str
    """Of its rule ids."""
    services: Mapping[tuple[str, str], str]
    """(Gen 1 category, service) to the feature of the command line that it belongs to."""
    whole: str = ""
    """The feature of the resource that stands for the app as a whole (`Category.read_app`); empty: there is none."""


class Category(Struct, frozen=True):
    """Everything the engine needs of one category. No registry: the package is walked (`categories.discover`)."""

    name: str
    nodes: tuple[type[Node], ...]
    read: Callable[[Entry, App], Resource]
    """The typed facts of one resource."""
    read_app: Callable[[App], Resource | None] = lambda app: None
    """The facts about the app as a whole. Such a resource has no entry, and is part of every slice."""
    define: Callable[[Fact[Any], Context], Definition | None] = lambda fact, context: None
    """The definition that `define.…` targets of a fact write to."""
    constructs: Mapping[str, Callable[[Fact[Any], Context], Construct]] = {}
    """By the name used in `to:`, the construct whose properties a fact overrides."""
    surfaces: Mapping[str, str] = {}
    """By the name used in `to:` (`define` or a construct), the entry of `gen2/surface.json` with its properties."""
    outputs: Mapping[str, Output] = {}
    """By service, the expressions that other features use for what a resource of this category gives."""
    transforms: tuple[Transform, ...] = ()
    builders: tuple[Builder, ...] = ()
    checks: tuple[Check, ...] = ()
    schema: SchemaProof | None = None
    """How its schema is proven to be Gen 1's; None for a category without one."""
    observe: Observer | None = None
    """How what is deployed is read for `migrate verify`; None for a category that observes nothing."""
    access: Callable[[Context], Access] = lambda context: Access()
    """Whom the resources of this category let do what, for the checks after a deployment."""

    client_config: Callable[[Context], Iterable[Told]] = nothing_to_configure
    """What clients are told of the live Gen 1 resources, for front ends that move before their backend."""

    def named(self, functions: Iterable[Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
        """Functions by their names, as rules mention them."""
        return {function.__name__: function for function in functions}
