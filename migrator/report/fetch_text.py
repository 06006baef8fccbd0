"""What `migrate fetch` brought, as text or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.aws.live import HOLDING_DATA
from migrator.commands.fetch import Fetched
from migrator.core.finding import Finding
from migrator.gen1.live import LIVE

_SHOWN = 12


def fetch_text(done: Fetched) -> str:
    """Where everything lies now, what changed, and what was not to be had."""
    return "\n".join((*_head(done), *_files(done), *_live(done), *_findings(done), *_next(done))) + "\n"


def _head(done: Fetched) -> Iterator[str]:
    yield f"Environment {done.environment.name} of {done.app_id} ({done.region})"
    yield f"  stack   {done.environment.stack or 'not known'}"
    yield f"  bucket  {done.environment.bucket or 'not known'}"
    for name, id in done.apis:
        yield f"  API     {name}: {id}"


def _files(done: Fetched) -> Iterator[str]:
    written = done.written
    told = [
        f"{len(paths)} {word}"
        for word, paths in (
            ("new", written.created),
            ("changed", written.changed),
            ("removed", written.removed),
            ("unchanged", written.unchanged),
        )
        if paths
    ]
    verb = "would be written" if done.dry_run else "written" if written.touched else "nothing to write"
    yield ""
    yield f"{written.folder}: {verb}: {', '.join(told) or 'no file'}"
    marked = [("~", path) for path in written.changed] + [("-", path) for path in written.removed]
    for mark, path in marked[:_SHOWN]:
        yield f"  {mark} {path}"
    if len(marked) > _SHOWN:
        yield f"  and {len(marked) - _SHOWN} more"
    if written.kept:
        yield f"  the copy that was there before: {written.kept}"
    for path in done.lacking:
        yield f"  {'would be' if done.dry_run else 'also'} written, as the project had none: {path}"


def _live(done: Fetched) -> Iterator[str]:
    if done.live is None:
        return
    held = [one for one in done.live.resources if one.type in HOLDING_DATA]
    yield ""
    yield f"Live properties of {len(done.live.resources)} resources ({LIVE}); what holds data:"
    for one in held:
        yield f"  {one.type.removeprefix('AWS::'):<22} {one.id}"


def _findings(done: Fetched) -> Iterator[str]:
    for finding in done.findings:
        yield ""
        yield f"{finding.severity} {finding.rule}: {finding.message}"
        yield f"  {finding.hint}"


def _next(done: Fetched) -> Iterator[str]:
    if not done.dry_run:
        yield ""
        yield "Next: `migrate scan`."


def fetch_document(done: Fetched) -> dict[str, Any]:
    """Schema `migrate/fetch/1`, stable; additions are free, changes are not."""
    written = done.written
    return {
        "schema": "migrate/fetch/1",
        "app_id": done.app_id,
        "env": done.environment.name,
        "region": done.region,
        "stack": done.environment.stack,
        "bucket": done.environment.bucket,
        "apis": [{"name": name, "id": id} for name, id in done.apis],
        "complete": done.complete,
        "dry_run": done.dry_run,
        "folder": str(written.folder),
        "files": {
            "created": list(written.created),
            "changed": list(written.changed),
            "removed": list(written.removed),
            "unchanged": len(written.unchanged),
            "beside": list(done.lacking),
        },
        "kept": str(written.kept) if written.kept else "",
        "live": [
            {"type": one.type, "id": one.id, "stack": one.stack, "logical_id": one.logical_id}
            for one in (done.live.resources if done.live else ())
        ],
        "findings": [_finding(found) for found in done.findings],
    }


def _finding(found: Finding) -> dict[str, str]:
    return {
        "rule": found.rule,
        "severity": str(found.severity),
        "message": found.message,
        "hint": found.hint,
    }
