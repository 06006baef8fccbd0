"""Gen 1 auth resources to facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from migrator.categories.auth.clients import client_facts, hosted_ui
from migrator.categories.auth.groups import group_facts
from migrator.categories.auth.identity import identity_pool_fact
from migrator.categories.auth.live import imported_pool
from migrator.categories.auth.model import Client, FederatedProvider, SocialProvider, Trigger, TriggerPolicy, UserPool
from migrator.categories.auth.pool import pool_fact
from migrator.categories.auth.settings import Settings
from migrator.categories.auth.triggers import trigger_facts
from migrator.core.ref import ResourceRef
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, Link, LinkKind, Resource
from migrator.gen1.project import App

_GROUPS = "Cognito-UserPool-Groups"


def read(entry: Entry, app: App) -> Resource:
    """The pool, or its groups, with links to functions and to each other."""
    if entry.service == _GROUPS:
        facts = group_facts(entry)
    elif entry.imported:
        facts = (imported_pool(entry),)
    else:
        facts = _pool_facts(entry)
    return Resource(
        entry.ref,
        entry.service,
        entry.evidence,
        facts,
        tuple(dict.fromkeys(_links(entry, facts, app))),
        tuple(entry.documents.items()),
        tuple(entry.findings),
        entry.imported,
    )


def _pool_facts(entry: Entry) -> tuple[Fact[Any], ...]:
    settings, template = Settings(entry), entry.template()
    pool = pool_fact(entry, settings, template)
    others: tuple[Fact[Any], ...] = (
        *client_facts(entry, settings, template),
        *hosted_ui(entry, settings, template),
        identity_pool_fact(entry, settings, template),
        *trigger_facts(entry, settings, template),
    )
    return (_with_undeclared(pool, others), *others)


def _with_undeclared(pool: Fact[UserPool], others: tuple[Fact[Any], ...]) -> Fact[UserPool]:
    """The pool with the custom attributes that clients and providers name, and that it does not declare."""
    named: list[str] = []
    for other in others:
        match other.node:
            case Client(read=read, write=write):
                named += [*read, *write]
            case SocialProvider(mapping=mapping) | FederatedProvider(mapping=mapping):
                named += mapping
    declared = {f"custom:{attribute.name}" for attribute in pool.node.attributes if attribute.custom}
    unknown = tuple(dict.fromkeys(name for name in named if name.startswith("custom:") and name not in declared))
    return replace(pool, node=replace(pool.node, undeclared=unknown)) if unknown else pool


def _links(entry: Entry, facts: tuple[Fact[Any], ...], app: App) -> Iterator[Link]:
    if entry.service == _GROUPS:
        for pool in app.of("auth", "Cognito"):
            yield Link(entry.ref, pool.ref, LinkKind.USES, "UserPoolId")
    for one in facts:
        match one.node:
            case Trigger(function=str(function), event=event) if function:
                yield Link(entry.ref, ResourceRef("function", function), LinkKind.TRIGGER, event)
            case TriggerPolicy(function=str(function), name=name) if function:
                yield Link(entry.ref, ResourceRef("function", function), LinkKind.TRIGGER, name)
