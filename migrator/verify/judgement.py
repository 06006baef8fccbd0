"""The differences of two sides, each with what explains it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec.structs import replace

from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.engine.acceptance import Judged, Knowledge, Verdict, judge
from migrator.engine.comparison import THERE, Mismatch, compare
from migrator.engine.context import Context
from migrator.engine.grants.observing import DEFAULTS as GRANT_DEFAULTS
from migrator.engine.observed import Default, Observed
from migrator.engine.survey import paired
from migrator.verify.consequences import consequence
from migrator.verify.extent import Extent, owner_of
from migrator.verify.gaps import Reported, naming, of_right, of_value, reported_as
from migrator.verify.results import Check, CheckResult, Difference, Status
from migrator.verify.sides import Side
from migrator.verify.subject import DeployedSubject

_HEAVY = (Severity.BLOCKER, Severity.GAP)
_OF_RIGHTS = ("AWS::IAM::", "AWS::Cognito::IdentityPoolRoleAttachment")
"""Types whose values are rights: another one in the place of what is not converted is never taken for meant."""


class Judgement:
    """What rules and findings say of differences."""

    def __init__(self, subject: DeployedSubject, context: Context, extent: Extent) -> None:
        self._subject = subject
        self._context = context
        self._extent = extent
        self._knowledge = Knowledge(subject.rules, subject.matched, subject.facts, subject.acknowledged)

    def of_sides(self, check: Check, left: Side, right: Side) -> CheckResult:
        """The result of a check: of both sides as far as they are compared."""
        gone = {owner for _, one in left if (owner := owner_of(one)) and not self._context.converted(owner)}
        away = gone | {owner for _, one in left if (owner := owner_of(one)) and self._extent.stays(owner)}
        ours = [one for feature, one in left if owner_of(one) not in away and self._extent.holds(feature, one)]
        known = {(one.kind, one.key) for one in ours}
        right = tuple(zip((feature for feature, _ in right), paired(ours, (one for _, one in right)), strict=True))
        unasked = {(one.kind, one.key) for _, one in left} - known
        theirs = [
            one
            for feature, one in right
            if (one.kind, one.key) in known or ((one.kind, one.key) not in unasked and self._is_theirs(feature, one))
        ]
        return self.of_all(check, ours, theirs, gone)

    def _is_theirs(self, feature: str, one: Observed) -> bool:
        return self._extent.holds(feature, one) and not self._extent.is_blind(feature, one)

    def of_all(
        self, check: Check, ours: Sequence[Observed], theirs: Sequence[Observed], gone: Collection[ResourceRef] = ()
    ) -> CheckResult:
        """The result of a check, of everything on both sides and of what is not converted."""
        defaults: Iterable[Default] = (d for watch in self._subject.watches for d in watch.observer.defaults)
        found = compare(ours, theirs, (*GRANT_DEFAULTS, *defaults))
        judged = [self._as_gap(one) for one in judge(found.mismatches, self._knowledge)]
        differences = (*judged, *self._gone(gone, check))
        return _result(check, found.compared + len(gone), differences)

    def _as_gap(self, judged: Judged) -> Difference:
        """A difference; as the gap that scan reports, where it is about what Gen 2 does not have."""
        made = _difference(judged)
        reported = None if judged.rule else self._reported(judged.mismatch)
        if reported is None:
            return made
        return replace(made, verdict=Verdict.ACCEPTED, rule=reported.rule, reason=reported.said, gap=True)

    def _reported(self, mismatch: Mismatch) -> Reported | None:
        """What scan says of a resource that is not there in Gen 2, or of one that a value is taken from."""
        if mismatch.attribute:
            read = of_right if mismatch.kind.startswith(_OF_RIGHTS) else of_value
            return read(mismatch, self._context.converted, self._gaps)
        if mismatch.gen2 is not None or not mismatch.one or not mismatch.one.of:
            return None
        main = mismatch.one.of[0]
        return naming(self._gaps(main.owner), main.logical_id)

    def _gaps(self, owner: ResourceRef | None) -> Iterator[Finding]:
        """What scan reports as a gap of a resource."""
        return (f for f in self._subject.findings if owner and f.resource == owner and f.severity in _HEAVY)

    def _gone(self, owners: Iterable[ResourceRef], check: Check) -> Iterator[Difference]:
        """Resources that are not converted: shown as the gap that scan reports."""
        for owner in sorted(owners) if check in (Check.SETTINGS, Check.OUTPUTS) else ():
            if not self._extent.asks_for(owner):
                continue
            gap = next(map(reported_as, self._gaps(owner)), None)
            verdict = Verdict.ACCEPTED if gap else Verdict.UNEXPLAINED
            rule, reason = (gap.rule, gap.said) if gap else ("", "")
            yield Difference(str(owner), "", THERE, None, verdict, rule, reason, gap=gap is not None)


def _difference(judged: Judged) -> Difference:
    mismatch, rule = judged.mismatch, judged.rule
    reason = " ".join((rule.why or rule.title).split()) if rule else consequence(mismatch)
    if rule and rule.acknowledge and judged.verdict is Verdict.UNEXPLAINED:
        reason = f"acknowledge it with `migrate verify --acknowledge {rule.id}`: {reason}"
    return Difference(
        resource(mismatch),
        mismatch.attribute,
        mismatch.gen1,
        mismatch.gen2,
        judged.verdict,
        rule.id if rule else "",
        reason,
        mismatch.kind,
    )


def resource(mismatch: Mismatch) -> str:
    """What a difference is about, in words: the Gen 1 resource where there is one, and the name in both generations."""
    return f"{mismatch.owner}: {mismatch.key}" if mismatch.owner else mismatch.key


def _result(check: Check, compared: int, differences: tuple[Difference, ...]) -> CheckResult:
    open_ = sum(one.verdict is Verdict.UNEXPLAINED for one in differences)
    if not open_:
        return CheckResult(check, Status.PASSED, "", compared=compared, differences=differences)
    waiting = sum(one.verdict is Verdict.UNEXPLAINED and bool(one.rule) for one in differences)
    said = [(open_ - waiting, "without an explanation"), (waiting, "to acknowledge")]
    reason = ", ".join(
        f"{count} {'difference' if count == 1 else 'differences'} {what}" for count, what in said if count
    )
    return CheckResult(check, Status.FAILED, reason, compared=compared, differences=differences)
