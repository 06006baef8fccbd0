"""What the scan's reports say, in order: sentences, groups of findings and places, before they are set as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from migrator.commands.scan import Scan, ScannedApp, ScannedResource
from migrator.core.finding import Finding, Severity, Topic
from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.documents.positions import pinpoint
from migrator.engine.rule import Outcome
from migrator.report.scan_words import next_step, summary, title

UNREAD, UNCLAIMED = "GEN001", "GEN002"
"""Findings that say which settings no rule answers for; they have a part of their own."""
_SHORT = 3
"""Places shown where not all are."""


class Remark(Struct, frozen=True):
    """Findings of one rule about one resource: messages with their places, and what to do."""

    rule: str
    weight: str
    """`blocker`, `gap`, `manual`, `warning` or `info`."""
    messages: tuple[tuple[str, tuple[str, ...]], ...]
    """Each message with the places it was found at."""
    instruction: str


class Subject(Struct, frozen=True):
    """A resource, or the app as a whole, and the remarks about it."""

    name: str
    remarks: tuple[Remark, ...]


class Places(Struct, frozen=True):
    """Settings of one resource that nothing answers for, by file."""

    resource: str
    total: int
    files: tuple[tuple[str, tuple[str, ...]], ...]
    """Each file (or fact) with what stands in it; maybe not all of them, unless `total` are asked for."""


class AppOutline(Struct, frozen=True):
    """One app of the report."""

    app: ScannedApp
    resources: tuple[ScannedResource, ...]
    todo: tuple[Subject, ...]
    data: tuple[Subject, ...]
    unread: tuple[Places, ...]
    unclaimed: tuple[Places, ...]
    notes: tuple[Subject, ...]

    @property
    def settings(self) -> Mapping[Outcome, int]:
        """All settings of the app's resources, by what becomes of them."""
        return {o: sum(r.account.counts[o] for r in self.resources) for o in Outcome}


class Outline(Struct, frozen=True):
    """The whole report."""

    title: str
    summary: tuple[str, ...]
    blockers: tuple[Subject, ...]
    apps: tuple[AppOutline, ...]
    notes: tuple[Subject, ...]
    """About the project, of no app in particular."""
    next_step: str


def outline(scan: Scan, verbose: bool) -> Outline:
    """The scan's report. With `verbose`, every place is listed."""
    writer = _Writer(scan, verbose)
    apps = tuple(writer.app(app) for app in scan.apps)
    blockers = [f for f in scan.findings if f.severity is Severity.BLOCKER]
    loose = [f for f in scan.findings if not f.app and f.severity is not Severity.BLOCKER]
    return Outline(
        title(scan),
        tuple(summary(scan)),
        writer.subjects(blockers, apart=len(apps) > 1),
        apps,
        writer.subjects(loose),
        next_step(scan, bool(blockers)),
    )


class _Writer:
    def __init__(self, scan: Scan, verbose: bool) -> None:
        self.scan = scan
        self.verbose = verbose
        self.outcomes = {
            (r.app, r.ref, row.rule): row.outcome for r in scan.resources for row in r.account.rows if row.rule
        }

    def app(self, app: ScannedApp) -> AppOutline:
        resources = tuple(r for r in self.scan.resources if r.app == app.name)
        own = [f for f in self.scan.findings if f.app == app.name and f.severity is not Severity.BLOCKER]
        data = [f for f in own if f.topic is Topic.DATA]
        rest = [f for f in own if f.topic is not Topic.DATA and f.rule not in (UNREAD, UNCLAIMED)]
        return AppOutline(
            app,
            resources,
            self.subjects(f for f in rest if self._asks(f)),
            self.subjects(data),
            tuple(self._unread(r) for r in resources if r.account.unread),
            tuple(found for r in resources if (found := self._unclaimed(r)).total),
            self.subjects(f for f in rest if not self._asks(f)),
        )

    def _asks(self, finding: Finding) -> bool:
        """Whether the user has something to do about it."""
        return self._weight(finding) in (Severity.GAP, Outcome.MANUAL)

    def _weight(self, finding: Finding) -> str:
        if finding.severity is Severity.BLOCKER or finding.resource is None:
            return str(finding.severity)
        outcome = self.outcomes.get((finding.app, finding.resource, finding.rule))
        return str(outcome if outcome in (Outcome.GAP, Outcome.MANUAL) else finding.severity)

    def subjects(self, findings: Iterable[Finding], apart: bool = False) -> tuple[Subject, ...]:
        """The findings by resource; `apart` names the app too."""
        grouped: dict[str, list[Finding]] = {}
        for finding in sorted(findings, key=lambda f: (f.app, _named(f.resource), f.severity.rank, f.rule)):
            name = _named(finding.resource) or ("" if apart else "the app as a whole" if finding.app else "the project")
            name = ": ".join(filter(None, (finding.app, name))) if apart else name
            grouped.setdefault(name or "the project", []).append(finding)
        told: dict[tuple[str, str], str] = {}
        return tuple(Subject(name, tuple(self._remarks(name, found, told))) for name, found in grouped.items())

    def _remarks(self, subject: str, findings: Iterable[Finding], told: dict[tuple[str, str], str]) -> Iterator[Remark]:
        """One remark for each rule; an instruction that was given before is referred to (`told`: by whose remark)."""
        groups: dict[tuple[str, str, str], dict[str, list[str]]] = {}
        for finding in findings:
            group = groups.setdefault((finding.rule, self._weight(finding), finding.hint), {})
            places = group.setdefault(finding.message, [])
            if finding.location and (place := self._place(finding.location)) not in places:
                places.append(place)
        for (rule, weight, hint), messages in groups.items():
            first = told.setdefault((rule, hint), subject)
            told_before = hint and first != subject
            instruction = f"As for {first} above." if told_before else hint
            yield Remark(rule, weight, tuple((m, self._some(p)) for m, p in messages.items()), instruction)

    def _place(self, location: Location) -> str:
        if not location.pointer:
            return location.file  # the whole file
        found = pinpoint(location, self.scan.root)
        return str(found if self.verbose or not found.line else Location(found.file, "", found.line, found.column))

    def _some(self, listed: list[str]) -> tuple[str, ...]:
        if self.verbose or len(listed) <= _SHORT + 1:
            return tuple(listed)
        return (*listed[:_SHORT], f"and {len(listed) - _SHORT} more (-v lists them)")

    def _unread(self, resource: ScannedResource) -> Places:
        unread = resource.account.unread
        shown = unread if self.verbose else unread[:_SHORT]
        files: dict[str, list[str]] = {}
        for role, pointer in shown:
            place = resource.place(role, pointer)
            files.setdefault(place.file, []).append(place.pointer or "/")
        return Places(str(resource.ref), len(unread), tuple((file, tuple(p)) for file, p in files.items()))

    def _unclaimed(self, resource: ScannedResource) -> Places:
        rows = [row for row in resource.account.rows if row.rule == UNCLAIMED]
        found = [f.location for f in resource.account.findings if f.rule == UNCLAIMED]
        facts: dict[str, list[str]] = {}
        for row, location in list(zip(rows, found, strict=True))[: None if self.verbose else _SHORT]:
            where = f" – {self._place(location)}" if location else ""
            facts.setdefault(row.fact, []).append(f"{row.path}{where}")
        return Places(str(resource.ref), len(rows), tuple((fact, tuple(paths)) for fact, paths in facts.items()))


def _named(ref: ResourceRef | None) -> str:
    return str(ref) if ref else ""


def rows_of(resource: ScannedResource) -> Iterator[tuple[str, tuple[tuple[str, str, str, str], ...]]]:
    """Every attribute of a resource by fact: path, outcome, rule, reason."""
    facts: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in resource.account.rows:
        facts.setdefault(row.fact, []).append((row.path, str(row.outcome), row.rule, row.reason))
    for fact, rows in facts.items():
        yield fact, tuple(rows)


def dropped_of(resource: ScannedResource) -> Iterator[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]]:
    """What rules leave out by its place: rule, reason, and the places by file."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for drop in resource.account.dropped:
        place = resource.place(drop.role, drop.pointer)
        files = found.setdefault((drop.rule, drop.reason), {})
        files.setdefault(place.file, []).append(place.pointer or "/")
    for (rule, reason), files in found.items():
        yield rule, reason, tuple((file, tuple(places)) for file, places in files.items())
