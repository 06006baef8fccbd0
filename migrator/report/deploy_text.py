"""The plan and the outcome of a deployment as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from migrator.commands.deploy_report import DeployReport
from migrator.deploy.changes import Action, Change
from migrator.deploy.checks.interface import Outcome, Status
from migrator.deploy.plan import Plan, PlannedSlice
from migrator.deploy.steps import Step, StepStatus
from migrator.report.comeback import comeback
from migrator.report.page import columns, text_width, wrapped

_VERBS = {
    Action.CREATE: "create",
    Action.CHANGE: "change",
    Action.REPLACE: "REPLACE",
    Action.MAY_REPLACE: "MAY REPLACE",
    Action.DELETE: "DELETE",
    Action.LEAVE: "leave behind",
    Action.REFUSE: "IMPOSSIBLE",
}
_MARKS = {
    StepStatus.DONE: "ok",
    StepStatus.FAILED: "FAILED",
    StepStatus.SKIPPED: "skipped",
    StepStatus.PENDING: "pending",
}
_CHECKED = {Status.PASSED: "ok", Status.FAILED: "FAILED", Status.SKIPPED: "skipped"}


def plan_text(plan: Plan, *, verbose: bool = False) -> str:
    """What will happen, slice by slice; `verbose` names every resource."""
    current = plan.current
    known = "as it is now" if current.asked else "as this project remembers it; AWS was not asked"
    there = f"{', '.join(current.features)} ({known})" if current.features else f"nothing ({known})"
    facts = [("target", str(plan.target)), ("stack", plan.stack), ("deployed", there)]
    if current.way:
        facts.append(("state", f"{current.status}: {current.way}"))
    lines = ["Plan", *columns(facts, text_width(), 2)]
    for number, one in enumerate(plan.slices, 1):
        lines += ["", *_slice(number, one, verbose)]
    lines += _behind([change for one in plan.slices for change in one.changes])
    lines += _data(plan)
    lines += _staying(plan)
    return "\n".join(lines)


def _staying(plan: Plan) -> Iterator[str]:
    """Live resources of Gen 1, and the words that keep them."""
    if plan.staying:
        kept = tuple(dict.fromkeys(one.feature for one in plan.staying if one.reusable))
        words = " ".join(f"--reuse {one}" for one in kept)
        whose = "them" if all(one.reusable for one in plan.staying) else f"those of {', '.join(kept)}"
        yield ""
        yield "Stays in Gen 1, and Gen 2 begins without what is in it:"
        rows = [(one.kind, one.name, f"holds {one.holds}") for one in plan.staying]
        yield from columns(rows, text_width(), 3)
        if kept:
            yield from wrapped(f"`migrate convert {words}` keeps {whose}.", text_width(), "   ", "   ")


def _slice(number: int, one: PlannedSlice, verbose: bool) -> Iterator[str]:
    counts = Counter(change.action for change in one.changes)
    told = ", ".join(f"{counts[action]} to {_VERBS[action]}" for action in Action if counts[action])
    cached = "; synth taken from the cache" if one.cached else ""
    yield f"{number}. {one.slice_.feature}: {told or 'no change'}{cached}"
    shown = [c for c in one.changes if verbose or c.holds or c.action not in (Action.CREATE, Action.DELETE)]
    if not verbose:
        shown = [c for c in shown if c.holds or c.action not in (Action.CHANGE,) or len(shown) <= _FEW]
    rows = [(_VERBS[c.action], c.label, c.type, _remark(c)) for c in shown]
    yield from columns(rows, text_width(), 3)


_FEW = 12
"""Changes of a slice that are listed without --verbose."""


def _remark(change: Change) -> str:
    holds = f"holds {change.holds}" if change.holds else ""
    kept = "the old one stays" if change.kept and change.action in (Action.REPLACE, Action.MAY_REPLACE) else ""
    names = ", ".join(change.properties)
    return "; ".join(part for part in (holds, names, change.reason, kept) if part)


def _behind(changes: Sequence[Change]) -> Iterator[str]:
    left = [change for change in changes if change.action is Action.LEAVE and change.holds]
    if left:
        yield ""
        yield "Stays behind, outside of the stack, with all that is in it:"
        for change in left:
            name = f" ({change.physical_id})" if change.physical_id else ""
            yield from wrapped(f"{change.label}{name}: {comeback(change)}", text_width(), "  - ", "    ")


def _data(plan: Plan) -> Iterator[str]:
    for title, changes in (
        ("Refused: users would lose what they gave, or AWS would not do it", plan.refused),
        ("Allowed by name, although users lose what they gave", plan.allowed),
    ):
        if changes:
            yield ""
            yield f"{title}:"
            rows = [(_VERBS[c.action], c.label, _remark(c)) for c in changes]
            yield from columns(rows, text_width(), 2)
    names = [f"--allow-replace {change.label}" for change in plan.refused if change.takes_data]
    if names:
        yield from wrapped(f"To allow it, after a backup: {' '.join(names)}", text_width(), "  ")


def deploy_text(report: DeployReport, *, verbose: bool = False) -> str:
    """What came of every step, the checks' table, and where the outputs are."""
    lines = [f"Deployment to {report.target}: {report.stack}", ""]
    broken = next((step for step in report.steps if step.status is StepStatus.FAILED), None)
    if broken:
        lines += [*_why(broken), ""]
    lines += columns([_row(step) for step in report.steps], text_width())
    checked = [(step, outcome) for step in report.steps for outcome in step.outcomes]
    if checked:
        lines += ["", *_table(checked, verbose)]
    notes = list(dict.fromkeys(note for step in report.steps for note in step.notes))
    if notes:
        lines += ["", *(line for note in notes for line in wrapped(note, text_width(), "note: ", "      "))]
    lines += ["", _verdict(report)]
    return "\n".join(lines)


def _row(step: Step) -> tuple[str, str, str, str]:
    reason = step.reason.splitlines()[0] if step.reason else ""
    return (_MARKS[step.status], step.name, f"{step.seconds:.1f} s" if step.seconds else "", reason)


def _why(step: Step) -> Iterator[str]:
    yield from wrapped(f"{step.name} failed: {step.reason}", text_width())
    for failure in step.failures[1:]:
        yield from wrapped(f"also: {failure}", text_width(), "  ", "    ")
    if step.undone:
        yield from wrapped(step.undone, text_width(), "  ")
    if step.hint:
        yield from wrapped(f"hint: {step.hint}", text_width(), "  ")


def _table(checked: Iterable[tuple[Step, Outcome]], verbose: bool) -> Iterator[str]:
    """One row for each check of each feature, and for what failed or was skipped; all with `verbose`."""
    listed = [(step.name.removeprefix("check "), outcome) for step, outcome in checked]
    counts = Counter(outcome.status for _, outcome in listed)
    told = ", ".join(f"{counts[status]} {status}" for status in Status if counts[status])
    yield f"Checks: {told}"
    if not verbose:
        passed = Counter((feature, o.check) for feature, o in listed if o.status is Status.PASSED)
        rows = [("ok", feature, check, f"{count} passed") for (feature, check), count in passed.items()]
        yield from columns(rows, text_width(), 2)
    for feature, o in listed:
        if verbose or o.status is not Status.PASSED:
            line = f"{_CHECKED[o.status]:<8}{feature}: {o.check}: {o.subject}" + (f": {_said(o)}" if _said(o) else "")
            yield from wrapped(line, text_width(), "  ", " " * 10)


def _said(outcome: Outcome) -> str:
    hint = f" ({outcome.hint})" if outcome.hint and outcome.status is not Status.PASSED else ""
    return f"{outcome.reason}{hint}"


def _verdict(report: DeployReport) -> str:
    if not report.succeeded:
        if not any(step.name.startswith("deploy ") for step in report.steps):
            return "Nothing was deployed. Mend that, and run the command again."
        done = [step.name for step in report.steps if step.status is StepStatus.DONE and step.name.startswith("deploy")]
        return f"Not finished: {', '.join(done) or 'nothing'} done. Go on with `migrate deploy --resume`."
    outputs = f" Outputs: {report.outputs_file}" if report.outputs_file else ""
    return f"{', '.join(report.features)} deployed.{outputs}"
