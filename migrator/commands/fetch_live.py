"""The live half of `migrate fetch`: what pools, buckets, tables, APIs and functions are like now."""

from __future__ import annotations

from collections.abc import Callable

from migrator.aws.amplify import BackendEnvironment
from migrator.aws.live import PROBES, Deployed, Refused, properties_of, resources_of
from migrator.aws.reading import Reading
from migrator.core.errors import AwsError
from migrator.core.finding import Finding
from migrator.deploy.findings import aws_finding
from migrator.documents.redacted import redacted
from migrator.gen1.live import Live, LiveResource


def live_properties(
    reading: Reading,
    app_id: str,
    region: str,
    environment: BackendEnvironment,
    findings: list[Finding],
    progress: Callable[[str], None],
) -> Live | None:
    """Every resource that is asked about, without its secrets; what was not answered is added to `findings`."""
    if not environment.stack:
        return None
    try:
        deployed = [one for one in resources_of(reading, environment.stack) if one.type in PROBES]
    except AwsError as problem:
        findings.append(aws_finding("AWS001", f"The resources are not known: {problem.message}.", hint=problem.hint))
        return None
    found: list[LiveResource] = []
    refused: list[Refused] = []
    for number, resource in enumerate(deployed, 1):
        progress(f"live properties: {number} of {len(deployed)}, {resource.type} {resource.id}")
        properties, unanswered = properties_of(reading, resource)
        refused.extend(unanswered)
        found.append(_kept(resource, properties))
    findings.extend(_told(refused))
    return Live(app_id, environment.name, region, environment.stack, tuple(sorted(found, key=_order)))


def _kept(resource: Deployed, properties: dict[str, object]) -> LiveResource:
    kept, _ = redacted(properties)  # type: ignore[arg-type]  # what the services answer is plain JSON by now
    return LiveResource(
        resource.type, resource.id, resource.logical_id, resource.stack, kept if isinstance(kept, dict) else {}
    )


def _order(one: LiveResource) -> tuple[str, str, str]:
    return one.type, one.stack, one.logical_id


def _told(refused: list[Refused]) -> list[Finding]:
    """One finding for each question, with all the resources that it was not answered for."""
    by_question: dict[tuple[str, str], list[Refused]] = {}
    for one in refused:
        by_question.setdefault((one.question, one.hint), []).append(one)
    return [
        aws_finding("AWS001", f"{', '.join(one.resource for one in group)}: {group[0].reason}.", hint=hint)
        for (_, hint), group in by_question.items()
    ]
