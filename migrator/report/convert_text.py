"""The conversion as text: what was written, what blocks, what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from migrator.commands.convert import Conversion
from migrator.commands.proving import Proven
from migrator.core.finding import Severity, Topic
from migrator.engine.proof import Outcome, Proof
from migrator.output.plan import FileState
from migrator.output.write import Undone

_SHOWN = 12
_STYLES = {"typed": "typed (a.schema)", "mixed": "typed (a.schema) and SDL", "sdl": "SDL"}
_ORDER = (FileState.CREATED, FileState.UPDATED, FileState.REMOVED, FileState.KEPT, FileState.UNCHANGED)


def convert_text(done: Sequence[Conversion], *, dry_run: bool, verbose: bool, quiet: bool = False) -> str:
    """The result of each app; `quiet` leaves only the totals, what was kept, and what blocks."""
    lines: list[str] = []
    for one in done:
        lines += [one.app] if len(done) > 1 else []
        lines += [_totals(one, dry_run), *(() if quiet else _files(one, verbose)), *_pending(one)]
        lines += _section("Blocks the deployment", one, Severity.BLOCKER)
        lines += () if quiet else _rest(one, verbose)
    return "\n".join(lines)


def _totals(one: Conversion, dry_run: bool) -> str:
    counts = Counter(change.state for change in one.written.changes)
    told = ", ".join(f"{counts[state]} {state}" for state in _ORDER if counts[state])
    features = ", ".join(one.features) or "no feature"
    return f"{one.folder}: {features} {'would be written' if dry_run else 'written'}: {told}"


def _files(one: Conversion, verbose: bool) -> Iterator[str]:
    for change in one.written.changes:
        if verbose or change.state is not FileState.UNCHANGED:
            reason = f" ({change.kept})" if change.kept else ""
            yield f"  {change.state:<9} {change.path}{reason}"


def _rest(one: Conversion, verbose: bool) -> Iterator[str]:
    yield from _schema(one.schema, verbose)
    yield from _section("Not in the Gen 2 project", one, Severity.GAP)
    yield from _section("To look at", one, Severity.WARNING)
    yield from _data(one)
    if one.deferred:
        yield ""
        yield f"Waiting for other features: {len(one.deferred)} grants (MIGRATION.md lists them)."
    if one.tasks:
        yield ""
        yield f"Left to you: {len(one.tasks)} tasks (MIGRATION.md lists them)."
    yield ""
    yield f"Read {one.folder / 'MIGRATION.md'} next, then run `migrate verify --gen2 {one.folder}`."


def _pending(one: Conversion) -> Iterator[str]:
    for change in one.written.pending:
        yield ""
        yield f"You edited {change.path}, and it would have to change. It was kept; merge this by hand:"
        if change.security:
            yield "  Security rules in it have changed: until you merge, access is not what Gen 1 says."
        yield from (f"  {line}" for line in change.diff.splitlines())


def _section(title: str, one: Conversion, severity: Severity) -> Iterator[str]:
    found = [f for f in one.findings if f.severity is severity and f.topic is None]
    if not found:
        return
    yield ""
    yield f"{title}:"
    for finding in found[:_SHOWN]:
        place = f"{finding.resource}: " if finding.resource and str(finding.resource) not in finding.message else ""
        yield f"  {finding.rule}  {place}{finding.message}"
    if len(found) > _SHOWN:
        yield f"  and {len(found) - _SHOWN} more (MIGRATION.md lists them)."


def _schema(proven: Proven | None, verbose: bool) -> Iterator[str]:
    """How the data schema is written, and whether it is Gen 1's."""
    if proven is None:
        return
    patches = sum(proven.outline.patches.values())
    kinds = ", ".join(f"{count} {kind}" for kind, count in proven.outline.patches.items())
    patched = f", {patches} {'patches' if patches > 1 else 'patch'} ({kinds})" if patches else ""
    yield ""
    yield f"Data schema: {_STYLES.get(proven.outline.style, proven.outline.style)}{patched}; {_outcome(proven.proof)}"
    reasons = proven.outline.reasons
    shown = reasons if verbose else reasons[:_SHOWN]
    yield from (f"  stays SDL: {reason}" for reason in shown)
    if len(reasons) > len(shown):
        yield f"  and {len(reasons) - len(shown)} more (-v lists them)."


def _outcome(proof: Proof) -> str:
    if proof.outcome is Outcome.EQUAL:
        return "proven equal to Gen 1's."
    if proof.outcome is Outcome.DIFFERENT:
        return f"not Gen 1's: {proof.reason}."
    return f"not proven: {proof.reason}."


def _data(one: Conversion) -> Iterator[str]:
    found = [f for f in one.findings if f.topic is Topic.DATA]
    if found:
        yield ""
        yield "What becomes of your users' data:"
    for finding in found:
        yield f"  {finding.message}"
        if finding.hint:
            yield f"    {finding.hint}"


def undo_text(undone: Undone) -> str:
    """What was brought back."""
    paths = [*undone.restored, *undone.removed]
    lines = [f"Undone: {len(undone.restored)} files as they were before, {len(undone.removed)} removed."]
    return "\n".join([*lines, *(f"  {path}" for path in sorted(paths))])
