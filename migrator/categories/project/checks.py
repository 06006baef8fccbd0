"""Conditions of rules about the project."""

from __future__ import annotations

from migrator.categories.project.model import CategoryFile, FeatureFlag, ProjectSettings
from migrator.engine.context import Context
from migrator.gen1.graph import Fact, Resource

_STEERED = {"graphqltransformer": "AppSync", "appsync": "AppSync", "auth": "Cognito"}
"""By section of `cli.json`, the service whose resources the flags steer."""


def native_front_end(fact: Fact[ProjectSettings], context: Context) -> bool:
    """Whether the front end is an app for phones, whose configuration file has a place of its own."""
    return fact.node.front_end.kind in ("android", "ios", "flutter")


def read_by_its_category(fact: Fact[FeatureFlag], context: Context) -> bool:
    """Whether a resource that the flag steers has a fact that the flag decided."""
    own = fact.sources.get("flag", ())
    read = {
        (id(source.document), source.pointer)
        for resource in _steered(fact, context)
        for other in resource.facts
        for sources in other.sources.values()
        for source in sources
    }
    return any((id(source.document), source.pointer) in read for source in own)


def nothing_to_steer(fact: Fact[FeatureFlag], context: Context) -> bool:
    """Whether the project makes no resource that the flag could steer."""
    return fact.node.section in _STEERED and not _steered(fact, context)


def second_transformer(fact: Fact[FeatureFlag], context: Context) -> bool:
    """Whether schemas are written for the second version of the GraphQL transformer."""
    return context.app.flags.transformer_version.value == 2


def of_an_api_left_out(fact: Fact[FeatureFlag], context: Context) -> bool:
    """Whether the flag steers an API that cannot be converted, and that was not read by it."""
    apis = _steered(fact, context) if fact.node.section == "graphqltransformer" else ()
    return any(not r.convertible for r in apis) and not read_by_its_category(fact, context)


def stands_in_the_template(fact: Fact[FeatureFlag], context: Context) -> bool:
    """Whether every resource that the flag steers was read from its template, which the CLI made by the flag."""
    steered = _steered(fact, context)
    return bool(steered) and all(any(role == "template" for role, _ in r.documents) for r in steered)


def switched_off(fact: Fact[FeatureFlag], context: Context) -> bool:
    """Whether the flag's value is false."""
    section, _, name = fact.node.flag.partition(".")
    return not context.app.flags.enabled(section, name).value


def read_by_apis(fact: Fact[CategoryFile], context: Context) -> bool:
    """Whether a resource that is converted was read from the file."""
    own = fact.sources.get("file", ())
    return any(
        source.document is mine.document
        for resource in context.graph.resources
        if resource.convertible
        for other in resource.facts
        if not isinstance(other.node, CategoryFile)
        for sources in other.sources.values()
        for source in sources
        for mine in own
    )


def _steered(fact: Fact[FeatureFlag], context: Context) -> tuple[Resource, ...]:
    service = _STEERED.get(fact.node.section, "")
    return tuple(r for r in context.graph.resources if r.service == service and not r.imported)
