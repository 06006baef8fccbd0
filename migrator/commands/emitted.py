"""An app as it would be written: emitted, and with the proof of its schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from migrator.commands.assessment import Assessment
from migrator.commands.proving import Draft, Proven, prove
from migrator.commands.selection import CONVERTED, Selection, select
from migrator.core.errors import ConversionError, UsageError
from migrator.core.finding import Finding
from migrator.engine.assemble import assemble
from migrator.engine.context import Options
from migrator.engine.findings import engine_finding
from migrator.gen1.project import App
from migrator.gen2.backend import Backend
from migrator.output.emit import Emission, emit
from migrator.output.manifest import Manifest, read_manifest

if TYPE_CHECKING:
    from migrator.commands.convert import Request

_SDL = "sdl"
"""The style of a schema that is left as it is in Gen 1."""
_SHOWN = 3
"""Differences that a finding names."""


class Emitted(Struct, frozen=True):
    """An app as it would be written, before anything is."""

    app: App
    folder: Path
    known: Manifest
    options: Options
    assessment: Assessment
    chosen: Selection
    backend: Backend
    emission: Emission
    found: tuple[Finding, ...]
    proven: Proven | None = None
    told: tuple[Finding, ...] = ()
    """What the proof has to say."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the user must know, heaviest first."""
        return _sorted((*self.found, *self.told))


def emitted(app: App, request: Request, folder: Path, schema: str = "") -> Emitted:
    """The app's backend as files; `schema` is another style than the one asked for."""
    known = read_manifest(folder)
    options = _options(request, known)
    options = replace(options, schema=schema or options.schema)
    assessment = Assessment(app, options, request.rules)
    context = assessment.context
    chosen = select(context.graph, assessment.features, request.features, known.features, options.reuse)
    _require_something(request, chosen, assessment)
    assessment.narrow(chosen.resources)
    backend, broken = assemble(assessment.matches.matches, assessment.context, assessment.categories)
    emission = emit(backend, assessment.context, assessment.categories)
    findings = _findings(assessment, chosen, (*broken, *emission.findings))
    return Emitted(app, folder, known, options, assessment, chosen, backend, emission, findings)


def settled(apps: Sequence[Emitted], request: Request) -> Iterator[Emitted]:
    """The apps with the proofs of their schemas. Where a typed schema fails, the app is emitted anew with SDL."""
    proven = _with_proofs(apps, request)
    failed = [one for one in proven if one.proven and one.proven.fails and one.proven.outline.style != _SDL]
    again = {one.app.place: one for one in _with_proofs([_as_sdl(one, request) for one in failed], request)}
    for one in proven:
        last = again.get(one.app.place, one)
        yield _more(last, "GEN051", "is not Gen 1's") if last.proven and last.proven.fails else last


def _with_proofs(apps: Sequence[Emitted], request: Request) -> tuple[Emitted, ...]:
    """All schemas at once: Node is started once, and only where there is a schema."""
    drafts = tuple(Draft(one.assessment, one.emission.files, one.folder) for one in apps)
    return tuple(
        replace(one, proven=proven) for one, proven in zip(apps, prove(drafts, run=request.proof), strict=True)
    )


def _as_sdl(one: Emitted, request: Request) -> Emitted:
    anew = _more(one, "GEN050", "did not pass its proof as `a.schema`, and is written as SDL")
    return replace(emitted(one.app, request, one.folder, _SDL), told=anew.told)


def _more(one: Emitted, rule: str, what: str) -> Emitted:
    """With a finding that names the first differences."""
    if one.proven is None:
        return one
    told = "; ".join(map(str, one.proven.proof.unexplained[:_SHOWN])) or one.proven.proof.reason
    finding = replace(engine_finding(rule, f"The schema of {one.proven.ref} {what}: {told}."), resource=one.proven.ref)
    return replace(one, told=(*one.told, finding))


def _options(request: Request, known: Manifest) -> Options:
    """The choices of this run, on top of those that earlier slices were made with."""
    kept = known.options
    return Options(
        reuse=request.reuse | frozenset(kept.reuse),
        branch_map={**kept.branch_map, **request.branch_map},
        api_id=request.api_id or kept.api_id,
        schema=request.schema or kept.schema_style or "auto",
        datastore=request.datastore or kept.datastore or "leave",
    )


def _require_something(request: Request, chosen: Selection, assessment: Assessment) -> None:
    missing = [f for f in request.features if f not in assessment.features.values()]
    if missing:
        there = sorted({f for ref, f in assessment.features.items() if ref not in assessment.whole})
        raise UsageError(
            f"the project has no {' and no '.join(missing)}", hint=f"It has {', '.join(there) or 'no resources'}."
        )
    later = [f for f in request.features if f not in CONVERTED]
    if later:
        raise UsageError(
            f"{' and '.join(later)} cannot be converted yet",
            hint="`migrate scan` says what to do about each of its resources.",
        )
    if request.reuse - {"auth", "storage", "data"}:
        raise ConversionError("only auth, storage and data can be reused")
    if not chosen.resources and request.features:
        raise ConversionError("nothing to convert", hint="`migrate scan` lists what the project holds.")


def _findings(assessment: Assessment, chosen: Selection, more: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings about what is being converted, what of the same features cannot be, and the project as a whole."""
    selection, features = assessment.context.selection, assessment.features
    held = (
        f
        for f in assessment.findings
        if f.resource is None or f.resource in selection or features.get(f.resource) in chosen.features
    )
    return _sorted((*held, *more))


def _sorted(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.severity.rank, str(f.resource or ""), f.rule)))
