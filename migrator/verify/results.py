"""What the checks found."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

import msgspec
from msgspec import Struct

from migrator.engine.acceptance import Verdict
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
    SCHEMA = "schema"
    """The schema that reaches Gen 2 is Gen 1's."""
    SETTINGS = "settings"
    """Every setting of every resource is what Gen 1 deployed."""
    API = "api"
    """Callers find the API that Gen 1 deployed: its modes, types, fields and arguments."""
    RESOLVERS = "resolvers"
    """Every field of the API is resolved as in Gen 1: pipelines, data sources, mapping templates."""
    TABLES = "tables"
    """The table of every model is what Gen 1 deployed; of one that is taken over, what the importer compares."""
    GRANTS = "grants"
    """Every principal may do what it may do in Gen 1, no more and no less."""
    ENVIRONMENT = "environment"
    """Every function receives the variables that it received in Gen 1."""
    OUTPUTS = "outputs"
    """Clients find in `amplify_outputs.json` what they found in `aws-exports.js` and its like."""


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
    gen1: str = ""
    """What stands there in Gen 1, where the two generations differ."""
    gen2: str = ""
    rule: str = ""
    """The rule by which a difference is meant."""

    def __str__(self) -> str:
        place = self.file + (f":{self.line}" if self.line else "") + (f":{self.column}" if self.column else "")
        return ": ".join(part for part in (place, self.subject, self.message) if part)


class Difference(Struct, frozen=True):
    """Something that is not the same in both generations: `attribute` is a setting, or a place in the schema."""

    resource: str
    attribute: str
    gen1: object
    gen2: object
    verdict: Verdict
    rule: str = ""
    reason: str = ""
    kind: str = ""
    """The CloudFormation type, in Gen 1's words."""
    gap: bool = False
    """Whether it is shown as what scan or convert reports as left to the user."""


class CheckResult(Struct, frozen=True):
    """The result of one check; `seconds` is wall time. `compared` counts what was compared with Gen 1."""

    name: Check
    status: Status
    reason: str = ""
    details: tuple[Detail, ...] = ()
    seconds: float = 0.0
    compared: int = 0
    differences: tuple[Difference, ...] = ()


class Summary(Struct, frozen=True):
    """How much was compared with Gen 1, and what came of it."""

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

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What is not the same in both generations, of all checks."""
        return tuple(difference for result in self.checks for difference in result.differences)

    @property
    def summary(self) -> Summary:
        """The comparison in numbers; a place that differs twice is one place."""
        counts = Counter(difference.verdict for difference in self.differences)
        places = {(difference.resource, difference.attribute) for difference in self.differences}
        compared = max(sum(result.compared for result in self.checks), len(places))
        return Summary(
            compared,
            compared - len(places),
            counts[Verdict.ACCEPTED],
            counts[Verdict.ACKNOWLEDGED],
            counts[Verdict.UNEXPLAINED],
        )

    @property
    def passed(self) -> bool:
        """Nothing failed. What was skipped was not checked, and its reason says why."""
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
