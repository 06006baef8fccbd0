"""The check `schema`: what the project hands to `defineData` is the schema of the Gen 1 project."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from migrator.engine.acceptance import Verdict
from migrator.engine.proof import Contrast, Outcome, Proof, Reached
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.results import Check, CheckResult, Detail, Difference, Status
from migrator.verify.schemas import SchemaSource, read_schemas
from migrator.verify.workspace import Mode, Workspace


class SchemaSubject(Struct, frozen=True):
    """What is compared: the Gen 1 resource, the file that calls `defineData`, and how; else why there is nothing."""

    resource: str = ""
    file: str = ""
    compare: Callable[[Reached], Proof] | None = None
    reason: str = "there is no Gen 1 project to compare with"


def check_schema(
    subject: SchemaSubject, workspace: Workspace, toolchain: Toolchain, processes: Processes, branch: str
) -> CheckResult:
    """Reads the branch copy of the project and compares. Raises VerifyError when Node does not start."""
    if subject.compare is None:
        return CheckResult(Check.SCHEMA, Status.SKIPPED, subject.reason)
    source = SchemaSource(workspace.app(Mode.BRANCH), subject.file, branch)
    reached = read_schemas((source,), toolchain, processes)[0]
    if reached.error:
        detail = _unreadable(reached, subject, workspace)
        return CheckResult(Check.SCHEMA, Status.FAILED, str(detail), (detail,))
    return schema_result(subject, subject.compare(reached))


def schema_result(subject: SchemaSubject, proof: Proof) -> CheckResult:
    """The check's result from a proof."""
    status = {Outcome.EQUAL: Status.PASSED, Outcome.DIFFERENT: Status.FAILED, Outcome.NOT_RUN: Status.SKIPPED}
    contrasts = (*proof.differences, *proof.client)
    return CheckResult(
        Check.SCHEMA,
        status[proof.outcome],
        proof.reason,
        tuple(_details(proof)),
        compared=proof.compared,
        differences=tuple(_difference(subject, contrast) for contrast in contrasts),
    )


def _details(proof: Proof) -> Iterator[Detail]:
    for contrast in proof.differences:
        yield _detail(contrast, "the deployed schema is not Gen 1's")
    for contrast in proof.client:
        yield _detail(contrast, "the client's types are not the deployed API's")


def _detail(contrast: Contrast, otherwise: str) -> Detail:
    return Detail(
        "info" if contrast.accepted else "error",
        contrast.reason or otherwise,
        subject=contrast.place,
        gen1=contrast.gen1,
        gen2=contrast.gen2,
        rule=contrast.rule,
    )


def _difference(subject: SchemaSubject, contrast: Contrast) -> Difference:
    verdict = Verdict.ACCEPTED if contrast.accepted else Verdict.UNEXPLAINED
    return Difference(
        subject.resource, contrast.place, contrast.gen1, contrast.gen2, verdict, contrast.rule, contrast.reason
    )


def _unreadable(reached: Reached, subject: SchemaSubject, workspace: Workspace) -> Detail:
    place = reached.place or subject.file
    return Detail("error", workspace.shorten(reached.error), file=place, line=reached.line, column=reached.column)
