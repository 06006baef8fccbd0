"""Reading an app and accounting for every setting: the part that scan, convert and verify share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from msgspec.structs import replace

from migrator.categories import announcements, load, responsible
from migrator.core.errors import MigratorError
from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.engine.catalog import Catalog, load_catalog
from migrator.engine.category import Category
from migrator.engine.context import Context, Options
from migrator.engine.ledger import Account, accounts
from migrator.engine.match import Matches, match
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Evidence, Resource, ResourceGraph
from migrator.gen1.project import App

OTHER = "other"
"""The category that lists what no other one answers for."""


class Assessment:
    """One app: its resources as typed facts, the rules that matched, and the account of every setting."""

    def __init__(self, app: App, options: Options = Options(), rules: Path | None = None) -> None:
        self.app = app
        announced = {entry.ref: responsible(entry.ref.category, entry.service) for entry in app.entries}
        names = {ref: found.name if found else OTHER for ref, found in announced.items()}
        above = {one.name: one.whole for one in announcements() if one.whole}
        self.categories: Mapping[str, Category] = {name: load(name) for name in sorted({*names.values(), *above})}
        whole = {r.ref: (r, above[name]) for name in above if (r := _read_app(name, app, self.categories[name]))}
        resources = (
            *(_read(entry, app, self.categories[names[entry.ref]]) for entry in app.entries),
            *(resource for resource, _ in whole.values()),
        )
        self.whole = frozenset(whole)
        """What stands for the app as a whole, and belongs to every slice."""
        self.features = {
            entry.ref: found.services[entry.ref.category, entry.service]
            for entry in app.entries
            if (found := announced[entry.ref])
        } | {ref: feature for ref, (_, feature) in whole.items()}
        self.catalog: Catalog = _catalog(tuple(self.categories), rules)
        self.context = Context(
            ResourceGraph(resources), app, options, frozenset(r.ref for r in resources if r.convertible), self.features
        )

    def category(self, resource: Resource) -> Category | None:
        """The category that answers for a resource."""
        found = responsible(resource.ref.category, resource.service)
        return self.categories.get(found.name) if found else None

    def narrow(self, selection: frozenset[ResourceRef]) -> None:
        """Leaves only these resources, and what holds for all, in the Gen 2 backend. Call it before matching."""
        self.context = replace(self.context, selection=selection | self.whole)

    @cached_property
    def matches(self) -> Matches:
        """Every rule that holds, with its claims."""
        return match(self.context, self.catalog, self.categories)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """The ledger, one account for each resource."""
        return accounts(self.context.graph.resources, self.matches, self.catalog.rules)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the user must know, heaviest first, each finding once."""
        found = [
            *self.app.findings,
            *(finding for resource in self.context.graph.resources for finding in resource.findings),
            *self.matches.findings,
            *(finding for one in self.accounts for finding in one.findings),
        ]
        return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.severity.rank, str(f.resource or ""), f.rule)))

    def blocked(self, ref: ResourceRef) -> bool:
        """Whether a finding says that the resource's migration should not go on as it is."""
        return any(f.resource == ref and f.severity is Severity.BLOCKER for f in self.findings)


def _catalog(names: tuple[str, ...], extra: Path | None) -> Catalog:
    if extra is None:
        return load_catalog(names)
    from migrator.commands.rulebook import catalog  # checks `--rules` against every category, and reads YAML

    return catalog(names, extra)


def _read(entry: Entry, app: App, category: Category) -> Resource:
    """One resource; a reader that fails leaves a resource whose every setting is unread, and a finding."""
    try:
        return category.read(entry, app)
    except Exception as error:  # one resource must not take the others down with it; the finding says so
        documents = tuple(entry.documents.items())
        return Resource(
            entry.ref, entry.service, entry.evidence, documents=documents, findings=(_failed(entry.ref, error),)
        )


def _read_app(name: str, app: App, category: Category) -> Resource | None:
    """The same for the app as a whole."""
    try:
        return category.read_app(app)
    except Exception as error:  # the resources are read all the same; the finding says so
        ref = ResourceRef(name, app.name)
        documents = tuple(app.documents.items())
        return Resource(ref, name, app.evidence, documents=documents, findings=(_failed(ref, error),))


def _failed(ref: ResourceRef, error: Exception) -> Finding:
    if isinstance(error, MigratorError):
        return Finding("GEN006", Severity.BLOCKER, error.message, error.location, error.hint, ref)
    return Finding(
        "GEN006",
        Severity.BLOCKER,
        f"Reading {ref} failed: {type(error).__name__}: {error}",
        hint="This is a defect of migrate; every setting of the resource is counted as a gap.",
        resource=ref,
    )


def weakest(evidence: list[Evidence]) -> Evidence:
    """The project's word is that of its weakest resource."""
    return max(evidence, key=lambda e: e.rank, default=Evidence.SOURCE)
