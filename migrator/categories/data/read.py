"""A Gen 1 GraphQL API to facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from migrator.categories.data.api import api_fact
from migrator.categories.data.custom import custom_facts
from migrator.categories.data.edits import for_gen2
from migrator.categories.data.legacy.facts import change_facts, conversion, other_transformer, transformer
from migrator.categories.data.legacy.model import Conversion
from migrator.categories.data.model import AuthMode, GraphqlApi, GraphqlSchema, Unconverted, UnconvertedApi
from migrator.categories.data.schema import Schema, deployed_names, schema_fact, unconverted
from migrator.categories.data.tables import table_facts
from migrator.categories.data.typed.facts import plan_facts
from migrator.categories.data.typed.plan import plan
from migrator.core.ref import ResourceRef
from migrator.documents.traced import Source, Traced, absent, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Link, LinkKind, Resource, fact
from migrator.gen1.project import App

_INDEXES = ("backend-config", "meta", "team-provider")


def read(entry: Entry, app: App) -> Resource:
    """The API with its schema, its tables, and links to users and functions."""
    schema = Schema(entry)
    reason = unconverted(schema)
    facts = (_left_out(entry, app, schema, reason),) if reason else tuple(_facts(entry, app, schema))
    documents = {**entry.documents, **schema.documents}
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        facts,
        tuple(dict.fromkeys(_links(entry.ref, facts, app))),
        tuple(documents.items()),
        tuple(entry.findings),
        entry.imported,
    )


def _facts(entry: Entry, app: App, schema: Schema) -> Iterator[Fact[Any]]:
    api = api_fact(entry)
    version = transformer(entry, app, schema)
    first = conversion(app, schema, api.node.default_mode) if version.value == 1 else Conversion(tuple(schema.files))
    found = schema_fact(entry, app, schema, api.node.default_mode, first.files, version)
    planned = plan(tuple(file.text for file in for_gen2(found.node)))
    yield api
    yield replace(found, node=replace(found.node, style=planned.style))
    yield from change_facts(entry.ref, schema, (*first.changes, *other_transformer(app, schema, version.value)))
    yield from plan_facts(entry.ref, schema, planned)
    yield from table_facts(entry, found.node.models)
    yield from custom_facts(entry, schema.definitions)


def _left_out(entry: Entry, app: App, schema: Schema, reason: Unconverted) -> Fact[UnconvertedApi]:
    """Everything about the API as one fact, so that nothing of it can get lost."""
    roles = (*(role for role in entry.documents if role not in _INDEXES), *schema.documents)
    whole = [Source(entry.documents[role], ()) for role in roles if role in entry.documents]
    whole += [Source(document, ()) for document in schema.documents.values()]
    for role in ("backend-config", "meta"):
        for key in ("authConfig", "securityType"):
            whole += entry.cursor(role).get("output", key).whole().sources
    both = (*schema.legacy, *schema.second)
    detail = {
        Unconverted.LEGACY: ", ".join(f"@{name}" for name in both),
        Unconverted.BROKEN: schema.broken,
    }.get(reason, "")
    values: dict[str, Traced[Any]] = {
        "reason": traced(reason, *([app.flags.transformer_version] if reason is Unconverted.LEGACY else [])),
        "detail": absent(detail),
        "models": absent(tuple(d.name for d in schema.definitions if d.is_model)),
        "settings": Traced(roles, tuple(whole)),
    }
    return fact(UnconvertedApi, entry.ref, "api", values)


def _links(ref: ResourceRef, facts: tuple[Fact[Any], ...], app: App) -> Iterator[Link]:
    pool = next((entry.ref for entry in app.of("auth", "Cognito")), None)
    for one in facts:
        match one.node:
            case GraphqlApi() as api:
                if pool and {AuthMode.USER_POOL, AuthMode.IAM} & {api.default_mode, *api.more_modes}:
                    yield Link(ref, pool, LinkKind.AUTHORIZES)
                if api.authorizer.used and app.entry(ResourceRef("function", api.authorizer.function)):
                    yield Link(ref, ResourceRef("function", api.authorizer.function), LinkKind.TRIGGER, "authorizer")
                known = deployed_names(app) if api.conflict_functions else {}
                for name in api.conflict_functions:
                    if resource := known.get(name.replace("${env}", app.env or "${env}")):
                        yield Link(ref, ResourceRef("function", resource), LinkKind.TRIGGER, "conflicts")
            case GraphqlSchema() as schema:
                for use in schema.functions:
                    if use.resource:
                        yield Link(ref, ResourceRef("function", use.resource), LinkKind.TRIGGER, use.field)
