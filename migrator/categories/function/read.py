"""Gen 1 functions and layers to facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.function.environment import variables
from migrator.categories.function.functions import (
    code_fact,
    extra_resources,
    find_source,
    function_fact,
)
from migrator.categories.function.layers import layer_facts
from migrator.categories.function.model import (
    CallerKind,
    EventSource,
    Form,
    Obstacle,
    Permission,
    Statement,
    Unconverted,
    Variable,
)
from migrator.categories.function.placeholders import holes, known_to, target
from migrator.categories.function.policies import statements, trust
from migrator.categories.function.sources import Source
from migrator.categories.function.triggers import event_sources, permissions, schedules, simple_streams
from migrator.core.ref import ResourceRef
from migrator.documents.traced import Source as Place
from migrator.documents.traced import Traced, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Link, LinkKind, Resource, fact
from migrator.gen1.project import App
from migrator.gen1.template import Template, TemplateResource
from migrator.gen2.cdk import listed

_INDEXES = ("backend-config", "meta", "team-provider")


def read(entry: Entry, app: App) -> Resource:
    """The function or layer with its links to what it uses and what calls it."""
    template = entry.template(portable=True)
    facts: tuple[Fact[Any], ...] = ()
    if entry.service == "LambdaLayer":
        facts = tuple(layer_facts(entry, template)) if template else ()
    else:
        function = next(template.resources("AWS::Lambda::Function"), None) if template else None
        source = find_source(entry, function) if function else Obstacle.SOURCE
        if template and function and isinstance(source, Source):
            facts = tuple(_facts(entry, template, function, source))
        else:
            facts = (_unconverted(entry, function, source if isinstance(source, Obstacle) else Obstacle.SOURCE),)
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        facts,
        tuple(dict.fromkeys(_links(entry.ref, facts, app))),
        tuple(entry.documents.items()),
        tuple(entry.findings),
        entry.imported,
    )


def _facts(entry: Entry, template: Template, function: TemplateResource, source: Source) -> Iterator[Fact[Any]]:
    role = _role(template, function)
    sources = list(event_sources(entry, template))
    yield function_fact(entry, function)
    yield code_fact(entry, function, source)
    yield from variables(entry, function, loader=source.form is Form.LOADER)
    yield from trust(entry, role)
    yield from statements(entry, template, role, simple_streams(sources))
    yield from schedules(entry, template, function)
    yield from sources
    yield from permissions(entry, template)
    yield from extra_resources(entry, template, role)


def _role(template: Template, function: TemplateResource) -> TemplateResource | None:
    name = function.properties.get("Role").text().value.removeprefix("${").removesuffix(".Arn}")
    return template.resource(name)


def _unconverted(entry: Entry, function: TemplateResource | None, obstacle: Obstacle) -> Fact[Unconverted]:
    roles = tuple(role for role in entry.documents if role not in _INDEXES)
    whole = Traced(None, tuple(Place(entry.documents[role], ()) for role in roles))
    nothing = Traced("")
    values: dict[str, Traced[Any]] = {
        "runtime": function.properties.get("Runtime").text() if function else nothing,
        "obstacle": Traced(obstacle),
        "image": function.properties.get("Code", "ImageUri").text() if function else nothing,
        "settings": traced(roles, whole),
    }
    return fact(Unconverted, entry.ref, entry.ref.name, values)


def _links(ref: ResourceRef, facts: tuple[Fact[Any], ...], app: App) -> Iterator[Link]:
    known = known_to(app.entries)
    for one in facts:
        match one.node:
            case Variable(value=value):
                yield from _uses(ref, (value,), known)
            case Statement(statement=statement):
                yield from _uses(ref, listed(statement.get("Resource", ())), known)
            case EventSource(arn=arn):
                for found in _targets((arn,), known):
                    yield Link(ref, found, LinkKind.STREAM)
            case Permission(kind=CallerKind.API, source=source):
                yield from _uses(ref, (source,), known)
            case _ if hasattr(one.node, "layers"):
                yield from _uses(ref, one.node.layers, known)


def _uses(ref: ResourceRef, texts: tuple[str, ...], known: tuple[ResourceRef, ...]) -> Iterator[Link]:
    return (Link(ref, found, LinkKind.USES) for found in _targets(texts, known) if found != ref)


def _targets(texts: tuple[str, ...], known: tuple[ResourceRef, ...]) -> Iterator[ResourceRef]:
    names = (name for text in texts if isinstance(text, str) for name in holes(text))
    return (found.ref for name in names if (found := target(name, known)))
