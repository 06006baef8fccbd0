"""The tables that the command prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from migrator.verify.results import CHECKS
from tests.mutation import site_survivors
from tests.mutation.run import Accepted, Outcome, Tried
from tests.mutation.run_sites import SiteOutcome
from tests.mutation.survivors import REASONS


def faults(tried: Sequence[Tried]) -> str:
    """Named faults by the check that should find them."""
    wanted = [check for check in CHECKS if any(one.wanted is check for one in tried)]
    lines = [
        f"{'Named faults':<16}{'tried':>8}{'found':>8}{'by it':>8}",
        *(_counted(check, [one for one in tried if one.wanted is check]) for check in wanted),
        _counted("all", tried),
    ]
    return "\n".join([*lines, *(_fault(one) for one in tried if not one.passed)])


def _counted(name: str, tried: Sequence[Tried]) -> str:
    found, right = sum(bool(one.found) for one in tried), sum(one.passed for one in tried)
    return f"{name:<16}{len(tried):>8}{found:>8}{right:>8}"


def _fault(one: Tried) -> str:
    by = ", ".join(sorted(one.found)) or "nothing"
    return f"  MISSED by {one.wanted} (found by {by}): {one.sample}: {one.name} {one.error}".rstrip()


def harmless(accepted: Sequence[Accepted]) -> str:
    """Harmless edits, and those that are refused."""
    head = f"{'Harmless edits':<16}{len(accepted):>8}{sum(one.passed for one in accepted):>8} accepted"
    return "\n".join([head, *(_refused(one) for one in accepted if not one.passed)])


def _refused(one: Accepted) -> str:
    by = ", ".join(sorted(one.refused))
    return f"  REFUSED by {by}: {one.sample}: {one.name} {one.error}".rstrip()


def mutants(outcomes: Sequence[Outcome]) -> str:
    """Generic mutants by the type that they are made of, and why others survive."""
    kinds = sorted({one.mutant.kind for one in outcomes})
    lines = [
        f"{'Generic mutants':<44}{'tried':>8}{'found':>8}{'none':>8}{'missed':>8}",
        *(_row(kind, [one for one in outcomes if one.mutant.kind == kind]) for kind in kinds),
        _row("all", outcomes),
    ]
    return "\n".join([*lines, "", *_reasons(outcomes), *_missed(outcomes)])


def sites(outcomes: Sequence[SiteOutcome]) -> str:
    """Generic mutants of TypeScript by what is done, and every survivor with its reason."""
    kinds = sorted({one.site.operator for one in outcomes})
    why = {one.name: one.why for one in site_survivors.REASONS}
    lines = [
        f"{'Generic mutants of TypeScript':<44}{'tried':>8}{'found':>8}{'none':>8}{'missed':>8}",
        *(_row(kind, [one for one in outcomes if one.site.operator == kind]) for kind in kinds),
        _row("all", outcomes),
        "",
        *(f"  {one.reason}: {one.sample}: {one.site.said}" for one in outcomes if one.reason),
        *(f"  {name}: {why[name]}" for name in sorted({one.reason for one in outcomes if one.reason})),
        *(f"  MISSED: {one.sample}: {one.site.said}" for one in outcomes if not one.passed),
    ]
    return "\n".join(lines)


def _row(name: str, outcomes: Sequence[Outcome] | Sequence[SiteOutcome]) -> str:
    found = sum(bool(one.found) for one in outcomes)
    none = sum(bool(one.reason) for one in outcomes)
    return f"{name:<44}{len(outcomes):>8}{found:>8}{none:>8}{len(outcomes) - found - none:>8}"


def _reasons(outcomes: Iterable[Outcome]) -> list[str]:
    """How many survive for each reason, and what it is."""
    counted = Counter(one.reason for one in outcomes if one.reason)
    why = {reason.name: reason.why.partition(":")[0] for reason in reversed(REASONS)}
    return ["Survivors that are none", *(f"  {name:<26}{counted[name]:>6}  {why[name]}" for name in sorted(counted))]


def _missed(outcomes: Iterable[Outcome]) -> list[str]:
    missed = [one for one in outcomes if not one.passed]
    return [f"  MISSED: {one.sample}: {one.mutant.kind} {one.mutant.where}: {one.mutant.operator}" for one in missed]
