"""`migrate scan`: what is in the project, and what becomes of every setting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from migrator.commands.assessment import Assessment, weakest
from migrator.core.errors import UsageError
from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.engine.context import Options
from migrator.engine.findings import engine_finding
from migrator.engine.ledger import Account
from migrator.engine.rule import Outcome
from migrator.gen1.discovery import Gen2Backend
from migrator.gen1.graph import Evidence
from migrator.gen1.project import App, Project, Verdict, discover


class ScannedResource(Struct, frozen=True):
    """One resource of the report."""

    app: str
    ref: ResourceRef
    service: str
    feature: str
    evidence: Evidence
    account: Account
    findings: tuple[Finding, ...]
    documents: Mapping[str, Location] = {}
    """By role, the file (and the place in it) that the account's pointers start from."""

    def place(self, role: str, pointer: str) -> Location:
        """Where in the project a leaf of the evidence stands."""
        start = self.documents.get(role, Location(role))
        return Location(start.file, start.pointer + pointer)

    @property
    def effort(self) -> str:
        """See `effort_of`."""
        return effort_of(self.account, self.findings)


def effort_of(account: Account, findings: Iterable[Finding]) -> str:
    """`automatic` when every setting is, `assisted` when something is left to the user, else `blocked`."""
    severities = {finding.severity for finding in findings}
    if Severity.BLOCKER in severities:
        return "blocked"
    left = account.counts[Outcome.MANUAL] + account.counts[Outcome.GAP]
    return "assisted" if left or Severity.GAP in severities else "automatic"


class ScannedApp(Struct, frozen=True):
    """One app of the report."""

    name: str
    env: str | None = None
    """The environment that was read."""
    environments: tuple[str, ...] = ()
    backend: bool = True
    """Whether there is a backend folder; without one there are only files of a front end."""


class Scan(Struct, frozen=True):
    """The result of `migrate scan`."""

    root: Path
    verdict: Verdict
    apps: tuple[ScannedApp, ...]
    env: str | None
    evidence: Evidence
    resources: tuple[ScannedResource, ...]
    findings: tuple[Finding, ...]
    gen2: tuple[Gen2Backend, ...] = ()
    """Gen 2 backends that are there already."""

    @property
    def settings(self) -> Mapping[Outcome, int]:
        """All settings of the listed resources, by what becomes of them."""
        return {o: sum(r.account.counts[o] for r in self.resources) for o in Outcome}

    @property
    def effort(self) -> Mapping[str, int]:
        """The number of resources by effort."""
        efforts = [r.effort for r in self.resources]
        return {word: efforts.count(word) for word in ("automatic", "assisted", "blocked")}


def scan(
    path: Path,
    env: str | None = None,
    features: Iterable[str] = (),
    rules: Path | None = None,
    options: Options = Options(),
    app: str | None = None,
    *,
    ask: bool = False,
) -> Scan:
    """Scans every app below `path`, or the one named.

    Where several environments are there and none is checked out, values that differ between them stay open; with
    `ask`, that is an EnvironmentChoice. Raises ProjectError when the folder cannot be read, UsageError when no app has
    that name or environment.
    """
    project = discover(path, env)
    chosen = [a for a in project.apps if app in (None, a.name)]
    if app is not None and not chosen:
        names = ", ".join(a.name for a in project.apps) or "none"
        raise UsageError(f"no app is called {app!r} below {project.root}", hint=f"There are: {names}.")
    for one in chosen if ask or env else ():
        one.require_env()
    assessments = [Assessment(a, options, rules) for a in chosen]
    return summarize(project, assessments, frozenset(features))


def summarize(project: Project, assessments: Iterable[Assessment], features: frozenset[str] = frozenset()) -> Scan:
    """The scan of assessed apps; with `features`, only their resources."""
    done = list(assessments)
    resources = tuple(r for a in done for r in _resources(a) if not features or r.feature in features)
    shown = {(r.app, r.ref) for r in resources}
    findings = [
        _of_app(finding, a)
        for a in done
        for finding in a.findings
        if not features or finding.resource is None or (a.app.name, finding.resource) in shown
    ]
    findings = [*_absent(project, [a.app for a in done]), *project.findings, *findings]
    findings.sort(key=lambda f: (f.severity.rank, f.app, str(f.resource or ""), f.rule))
    envs = {a.app.env for a in done}
    return Scan(
        project.root,
        project.verdict,
        tuple(ScannedApp(a.app.name, a.app.env, a.app.environments, a.app.folder is not None) for a in done),
        envs.pop() if len(envs) == 1 else None,
        weakest([r.evidence for r in resources]),
        resources,
        tuple(findings),
        project.gen2,
    )


def _absent(project: Project, apps: Iterable[App]) -> Iterator[Finding]:
    """What is not there although somebody looked for it."""
    if project.verdict is Verdict.NONE:
        yield engine_finding("GEN007", f"No Amplify backend was found in or below {project.root}.")
    for app in apps:
        if app.folder is None:
            place = Location(app.front_ends[0].name) if app.front_ends else None
            yield engine_finding("GEN008", f"The backend of {app.name} is not here.", place, app.name)


def _resources(assessment: Assessment) -> Iterable[ScannedResource]:
    for resource, account in zip(assessment.context.graph.resources, assessment.accounts, strict=True):
        yield ScannedResource(
            assessment.app.name,
            resource.ref,
            resource.service,
            assessment.features.get(resource.ref, resource.ref.category),
            resource.evidence,
            account,
            tuple(f for f in assessment.findings if f.resource == resource.ref),
            {role: document.place(()) for role, document in resource.documents},
        )


def _of_app(finding: Finding, assessment: Assessment) -> Finding:
    if finding.app:
        return finding
    return replace(finding, app=assessment.app.name)
