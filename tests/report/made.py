"""Scans made by hand, for tests of the reports."""

from __future__ import annotations

from pathlib import Path

from migrator.commands.scan import Scan, ScannedApp, ScannedResource
from migrator.core.finding import Finding, Severity, Topic
from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.engine.ledger import Account, Dropped, Row
from migrator.engine.rule import Outcome
from migrator.gen1.graph import Evidence
from migrator.gen1.project import Verdict


def resource(
    name: str = "auth/pool",
    counts: dict[Outcome, int] | None = None,
    rows: tuple[Row, ...] = (),
    unread: tuple[tuple[str, str], ...] = (),
    findings: tuple[Finding, ...] = (),
    app: str = "shop",
    dropped: tuple[Dropped, ...] = (),
    service: str = "Cognito",
) -> ScannedResource:
    """A resource; `name` is its category and name."""
    ref = ResourceRef(*name.split("/"))
    own = tuple(f for f in findings if f.rule in ("GEN001", "GEN002"))
    account = Account(ref, {**dict.fromkeys(Outcome, 0), **(counts or {})}, rows, unread, own, dropped)
    places = {"cli-inputs.json": Location(f"amplify/backend/{name}/cli-inputs.json")}
    return ScannedResource(app, ref, service, "auth", Evidence.SOURCE, account, findings, places)


def finding(
    rule: str = "AUTH090",
    severity: Severity = Severity.WARNING,
    message: str = "auth/pool has admin queries.",
    hint: str = "Define a function.",
    on: str | None = "auth/pool",
    place: str = "",
    topic: Topic | None = None,
    app: str = "shop",
) -> Finding:
    """A finding about the resource `on`."""
    ref = ResourceRef(*on.split("/")) if on else None
    return Finding(rule, severity, message, Location(place) if place else None, hint, ref, app, topic)


def scan(
    *resources: ScannedResource,
    findings: tuple[Finding, ...] = (),
    verdict: Verdict = Verdict.GEN1,
    apps: tuple[ScannedApp, ...] = (ScannedApp("shop", "dev", ("dev",)),),
) -> Scan:
    """A scan of the folder /shop."""
    return Scan(Path("/shop"), verdict, apps, "dev", Evidence.SOURCE, resources, findings)
