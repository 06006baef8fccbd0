"""Typed facts about Gen 1 resources, and the edges between resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar, cast

from msgspec import Struct
from msgspec.structs import fields

from migrator.core.finding import Finding
from migrator.core.ref import ResourceRef
from migrator.documents.document import Document
from migrator.documents.traced import Source, Traced


class Node(Struct, frozen=True):
    """The base of all typed facts.

    A field's default is the value that holds in Gen 1 when no file says anything. Nested nodes have attribute paths
    (`mfa.mode`); tuples and mappings are one attribute each. `gen2_defaults` names, by path, the attributes for which a
    silent Gen 2 project would get something else; an attribute that is not named there has the same default in both
    generations.
    """

    gen2_defaults: ClassVar[Mapping[str, object]] = {}
    left_out: ClassVar[bool] = False
    """Whether the fact says that its resource is listed, but cannot be converted: others must not refer to it."""


N = TypeVar("N", bound=Node)


class Evidence(StrEnum):
    """What a resource was read from, strongest first."""

    DEPLOYED = "deployed"
    """`#current-cloud-backend`: what the last push sent."""
    BUILT = "built"
    """Templates that the CLI built from the source, not known to be deployed."""
    SOURCE = "source"
    """Settings files only."""

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return tuple(Evidence).index(self)


class Fact(Struct, Generic[N], frozen=True):
    """One node of one resource. `key` tells nodes of one type apart (`web` and `native` clients, the group's name)."""

    resource: ResourceRef
    key: str
    node: N
    sources: Mapping[str, tuple[Source, ...]] = {}

    def value(self, path: str) -> Any:
        """The value of an attribute."""
        return attribute(self.node, path)


class LinkKind(StrEnum):
    """Why one resource needs another."""

    TRIGGER = "trigger"
    """The first calls the second: a Cognito trigger, a bucket notification, a resolver, an authorizer."""
    AUTHORIZES = "authorizes"
    """The first's access rules speak of the second's users or roles."""
    USES = "uses"
    """The first reads the second's outputs or has rights on it."""
    STREAM = "stream"
    """The first is called by records of the second (a table's or Kinesis stream)."""


class Link(Struct, frozen=True, order=True):
    """An edge of the graph. `label` says which trigger, which attribute."""

    source: ResourceRef
    target: ResourceRef
    kind: LinkKind
    label: str = ""


class Resource(Struct, frozen=True):
    """A Gen 1 resource as read: its facts, and the documents whose every leaf the ledger accounts for."""

    ref: ResourceRef
    service: str
    evidence: Evidence
    facts: tuple[Fact[Any], ...] = ()
    links: tuple[Link, ...] = ()
    documents: tuple[tuple[str, Document], ...] = ()
    findings: tuple[Finding, ...] = ()
    imported: bool = False
    """Gen 1 had imported it: it is referenced, never adopted."""

    @property
    def convertible(self) -> bool:
        """Whether a Gen 2 backend can hold it; what it cannot hold is listed, and nothing may refer to it.

        Nothing is known of a resource whose files could not be read.
        """
        return bool(self.facts) and not any(fact.node.left_out for fact in self.facts)


class ResourceGraph(Struct, frozen=True):
    """All resources of one app."""

    resources: tuple[Resource, ...]

    def get(self, ref: ResourceRef) -> Resource | None:
        """The resource of that name."""
        return next((r for r in self.resources if r.ref == ref), None)

    def links(
        self,
        *,
        source: ResourceRef | None = None,
        target: ResourceRef | None = None,
        kind: LinkKind | None = None,
    ) -> tuple[Link, ...]:
        """The edges that fit."""
        return tuple(
            link
            for resource in self.resources
            for link in resource.links
            if (source is None or link.source == source)
            and (target is None or link.target == target)
            and (kind is None or link.kind == kind)
        )

    def facts(self, kind: type[N], resource: ResourceRef | None = None) -> tuple[Fact[N], ...]:
        """The nodes of one type, of one resource or of all."""
        return tuple(
            cast("Fact[N]", fact)
            for owner in self.resources
            if resource is None or owner.ref == resource
            for fact in owner.facts
            if isinstance(fact.node, kind)
        )


def fact(kind: type[N], resource: ResourceRef, key: str, values: Mapping[str, Traced[Any]]) -> Fact[N]:
    """A fact from traced values by attribute path; attributes that are not named have their defaults.

    Raises KeyError for a path that the node does not have: a mistake of the reader, not of the user.
    """
    tree: dict[str, Any] = {}
    sources: dict[str, tuple[Source, ...]] = {}
    for path, traced in values.items():
        if traced.sources:
            sources[path] = traced.sources
        *parents, last = path.split(".")
        branch, owner = tree, cast("type[Node]", kind)
        for part in parents:
            inner = nested(owner).get(part)
            if inner is None:
                raise KeyError(f"{kind.__name__} has no attribute {path!r}")
            branch, owner = branch.setdefault(part, {}), inner
        branch[last] = traced.value
    return Fact(resource, key, _construct(kind, tree), sources)


def _construct(kind: type[N], tree: Mapping[str, Any]) -> N:
    known = nested(kind)
    arguments = {}
    for name, value in tree.items():
        if name not in known:
            raise KeyError(f"{kind.__name__} has no attribute {name!r}")
        inner = known[name]
        arguments[name] = _construct(inner, value) if inner is not None and isinstance(value, dict) else value
    return kind(**arguments)


_NESTED: dict[type, dict[str, type[Node] | None]] = {}


def nested(kind: type[Node]) -> dict[str, type[Node] | None]:
    """The fields of a node type; for a field that is a node itself, its type."""
    known = _NESTED.get(kind)
    if known is None:
        known = _NESTED[kind] = {
            field.name: type(field.default) if isinstance(field.default, Node) else None for field in fields(kind)
        }
    return known


def attribute(node: Node, path: str) -> Any:
    """The value at an attribute path. Raises AttributeError when there is none."""
    value: Any = node
    for part in path.split("."):
        value = getattr(value, part)
    return value


def attributes(node: Node, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every attribute path with its value."""
    for name, inner in nested(type(node)).items():
        value = getattr(node, name)
        if inner is not None:
            yield from attributes(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


_DEFAULTS: dict[type, dict[str, Any]] = {}


def gen1_defaults(kind: type[Node]) -> Mapping[str, Any]:
    """By path, the value that holds in Gen 1 when nothing is written (paths of required fields are left out)."""
    known = _DEFAULTS.get(kind)
    if known is None:
        known = _DEFAULTS[kind] = dict(_defaults(kind, ""))
    return known


def _defaults(kind: type[Node], prefix: str) -> Iterator[tuple[str, Any]]:
    for field in fields(kind):
        if isinstance(field.default, Node):
            yield from attributes(field.default, f"{prefix}{field.name}.")
        elif not field.required:
            default = field.default_factory() if callable(field.default_factory) else field.default
            yield prefix + field.name, default
