"""What the checks found."""

from __future__ import annotations

from enum import StrEnum

import msgspec
from msgspec import Struct

from migrator.node.packages import MissingPackage

SCHEMA = "migrate/verify/1"


class Check(StrEnum):
    """The checks, in the order they are reported."""

    TYPES = "types"
    """The TypeScript compiler accepts the backend."""
    SYNTH = "synth"
    """CDK synthesizes it, as a branch and as a sandbox, without network or account."""
    CYCLES = "cycles"
    """No synthesized template has resources that wait for each other."""
    BUNDLES = "bundles"
    """Every function's bundle loads and exports its handler."""


CHECKS = tuple(Check)


class Status(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Detail(Struct, frozen=True, omit_defaults=True):
    """One thing a check has to say: about what (a function, a template, a mode), where, and what to do."""

    severity: str
    """error, warning or info"""
    message: str
    subject: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    hint: str = ""

    def __str__(self) -> str:
        place = self.file + (f":{self.line}" if self.line else "") + (f":{self.column}" if self.column else "")
        return ": ".join(part for part in (place, self.subject, self.message) if part)


class CheckResult(Struct, frozen=True):
    """The result of one check; `seconds` is wall time."""

    name: Check
    status: Status
    reason: str = ""
    details: tuple[Detail, ...] = ()
    seconds: float = 0.0


class Difference(Struct, frozen=True):
    """A setting that is not the same in both generations."""

    resource: str
    attribute: str
    gen1: object
    gen2: object
    verdict: str
    rule: str
    reason: str


class Summary(Struct, frozen=True):
    """How many settings were compared, and what came of it."""

    compared: int = 0
    equal: int = 0
    accepted: int = 0
    acknowledged: int = 0
    unexplained: int = 0


class Tools(Struct, frozen=True):
    """What the checks ran with: versions by package name (and `node`), and whether they are the project's own."""

    own: bool
    versions: dict[str, str]
    missing: tuple[MissingPackage, ...] = ()


class VerifyReport(Struct, frozen=True):
    """The results of all checks that ran."""

    checks: tuple[CheckResult, ...]
    tools: Tools
    summary: Summary = Summary()
    differences: tuple[Difference, ...] = ()

    @property
    def passed(self) -> bool:
        """Nothing failed; a check that was skipped because another one failed is never alone."""
        return all(result.status is not Status.FAILED for result in self.checks)

    def result(self, check: Check) -> CheckResult | None:
        return next((result for result in self.checks if result.name is check), None)

    def to_json(self) -> bytes:
        """The `migrate/verify/1` document: the same bytes for the same results (so without times)."""
        checks = [
            {"name": result.name, "status": result.status, "reason": result.reason, "details": result.details}
            for result in self.checks
        ]
        document = {
            "schema": SCHEMA,
            "checks": checks,
            "summary": self.summary,
            "differences": self.differences,
            "tools": self.tools,
        }
        return msgspec.json.format(msgspec.json.encode(document, order=None), indent=2) + b"\n"
