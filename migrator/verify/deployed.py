"""The checks that compare what Gen 1 deployed with what the Gen 2 project synthesizes."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.engine.acceptance import Judged, Knowledge, Verdict, judge
from migrator.engine.comparison import THERE, Mismatch, compare
from migrator.engine.context import Context
from migrator.engine.grants.observing import DEFAULTS as GRANT_DEFAULTS
from migrator.engine.observed import Aspect, Declared, Default, Generation, Observed
from migrator.engine.outputs import other_environments
from migrator.engine.rule import Rule
from migrator.engine.survey import Survey, Watch, paired, survey
from migrator.gen1.graph import Evidence
from migrator.verify.assembly import Assembly
from migrator.verify.client_outputs import ClientOutputs, ReadClient
from migrator.verify.consequences import consequence
from migrator.verify.gaps import Reported, naming, of_right, of_value, reported_as
from migrator.verify.gen1_api import BuildApi, complete
from migrator.verify.gen1_stacks import gen1_generation, without_template
from migrator.verify.gen2_stacks import gen2_generation
from migrator.verify.grants import Grants, Scope
from migrator.verify.naming import live_ids, named
from migrator.verify.results import Check, CheckResult, Detail, Difference, Status
from migrator.verify.undecided import undecided

ASPECTS = {
    Check.SETTINGS: Aspect.SETTINGS,
    Check.API: Aspect.API,
    Check.RESOLVERS: Aspect.RESOLVERS,
    Check.TABLES: Aspect.TABLES,
    Check.GRANTS: Aspect.GRANTS,
    Check.ENVIRONMENT: Aspect.ENVIRONMENT,
    Check.OUTPUTS: Aspect.OUTPUTS,
}
"""The checks that compare, and what."""
_MODELS = "model_introspection"
"""The part of `amplify_outputs.json` that is generated from the schema."""
_REST = "rest-api"
"""The feature whose name has a hyphen, as stacks of single resources have."""
_HEAVY = (Severity.BLOCKER, Severity.GAP)
_OF_RIGHTS = ("AWS::IAM::", "AWS::Cognito::IdentityPoolRoleAttachment")
"""Types whose values are rights: another one in the place of what is not converted is never taken for meant."""
_Sides = tuple[tuple[tuple[str, Observed], ...], tuple[tuple[str, Observed], ...]]


class DeployedSubject(Struct, frozen=True):
    """What is compared with the synthesized project, as it was converted; else why there is nothing."""

    context: Context | None = None
    watches: tuple[Watch, ...] = ()
    rules: tuple[Rule, ...] = ()
    """Those that accept differences."""
    matched: Mapping[ResourceRef, Collection[str]] = {}
    """By Gen 1 resource, the rules that hold for it."""
    findings: tuple[Finding, ...] = ()
    """What scan says of the project."""
    features: frozenset[str] = frozenset()
    """The features that are asked for; empty for all."""
    waiting: frozenset[str] = frozenset()
    """Features that are not converted yet: only what came along with others is compared of them."""
    acknowledged: frozenset[str] = frozenset()
    """Rules whose differences the user has acknowledged."""
    facts: Mapping[tuple[ResourceRef, str], Collection[str]] = {}
    """By Gen 1 resource and rule, the keys of the facts that it holds for."""
    reason: str = "there is no Gen 1 project to compare with"


class Deployed:
    """Both generations of one project, each read once."""

    def __init__(
        self,
        subject: DeployedSubject,
        context: Context,
        assembly: Assembly,
        branch: str,
        read_client: ReadClient | None = None,
        build: BuildApi | None = None,
    ) -> None:
        self._subject = subject
        self._context = context
        self._assembly = assembly
        self._branch = branch
        self._read_client = read_client
        self._built = tuple(complete(context, subject.watches, build)) if build else ()

    @cached_property
    def gen1(self) -> Survey:
        """What Gen 1 deployed."""
        return self._survey(replace(self._generation1, client=self._modelled))

    @property
    def _modelled(self) -> dict[str, Any]:
        return {"data": {_MODELS: self._model}} if self._model else {}

    @cached_property
    def gen2(self) -> Survey:
        """What Gen 2 synthesizes."""
        client = dict(self._client.config or {})
        if self._model is None and "data" in client:  # without Gen 1's models there is nothing to compare with
            client["data"] = {key: value for key, value in client["data"].items() if key != _MODELS}
        return self._survey(replace(self._generation2, client=client))

    def _survey(self, generation: Generation) -> Survey:
        return survey(generation, self._subject.watches, outputs=self._read_client is not None)

    @property
    def _model(self) -> dict[str, Any] | None:
        """What code generation makes of Gen 1's schema."""
        return next((one.model for one in self._client.models if one.model), None)

    @cached_property
    def _generation1(self) -> Generation:
        gives = [watch.observer.gives for watch in self._subject.watches]
        made = gen1_generation(self._context, gives, self._made_again)
        for watch in self._subject.watches:
            made = replace(made, resources=tuple(watch.observer.changed(one, made) for one in made.resources))
        return self._named(made)

    @cached_property
    def _otherwise(self) -> Generation | None:
        """Gen 1 if the conditions did not hold that no file decides; None where there are none."""
        if not self._generation1.undecided:
            return None
        gives = [watch.observer.gives for watch in self._subject.watches]
        return self._named(gen1_generation(self._context, gives, self._made_again, assumed=False))

    def _undecided(self, aspect: Aspect) -> Iterator[Detail]:
        """What cannot be compared since nobody knows which of two things Gen 1 deployed."""
        if self._otherwise is None:
            return
        if aspect is Aspect.GRANTS:
            holding, otherwise = ([one for _, one in self._granted(g)[0]] for g in (self._generation1, self._otherwise))
        else:
            seen = self.gen1, self._survey(replace(self._otherwise, client=self._modelled))
            holding, otherwise = ([one for _, one in side.of(aspect) if self._is_ours(one)] for side in seen)
        yield from undecided(self._generation1.undecided, holding, otherwise)

    def _is_ours(self, one: Observed) -> bool:
        """Whether something of Gen 1 is compared with what Gen 2 makes."""
        owner = _owner(one)
        return owner is None or (self._is_new(owner) and self._asked_for(owner))

    @cached_property
    def _generation2(self) -> Generation:
        return self._named(gen2_generation(self._assembly, self._context, self._branch))

    @cached_property
    def _client(self) -> ClientOutputs:
        """What clients find in Gen 2, where that is asked for."""
        if self._read_client is None:
            return ClientOutputs()
        values = self._generation2.outputs.get("", {})
        found = (watch.observer.schema(self._context) for watch in self._subject.watches)
        schemas = [schema for schema in found if schema.text]
        return self._read_client(self._assembly, values, schemas)

    def _named(self, generation: Generation) -> Generation:
        return named(generation, [watch.observer for watch in self._subject.watches], self._live)

    @cached_property
    def _live(self) -> Mapping[str, str]:
        """What live resources that stay mean, by the ids and names that they have."""
        observers = [watch.observer for watch in self._subject.watches]
        found = dict(live_ids(self._context, observers, self._stays))
        for watch in self._subject.watches:
            found |= watch.observer.live(self._context) if self._is_kept_whole(watch.feature) else {}
        return found

    def check(self, check: Check) -> CheckResult:
        """One of the checks that compare."""
        start = time.monotonic()
        aspect = ASPECTS[check]
        if aspect is Aspect.OUTPUTS and self._client.error:
            reason = f"Amplify cannot make `amplify_outputs.json`: {self._client.error}"
            return CheckResult(check, Status.FAILED, reason, seconds=time.monotonic() - start)
        left, right = self._grants if aspect is Aspect.GRANTS else (self.gen1.of(aspect), self.gen2.of(aspect))
        own = {Aspect.SETTINGS: self._notes, Aspect.OUTPUTS: self._notes_on_outputs}.get(aspect)
        built = tuple(one.detail for one in self._built if aspect in one.aspects)
        lacking = (*self._lacking(aspect), *self._undecided(aspect))
        notes = (*(own() if own else ()), *built, *lacking)
        if not any(one.of for _, one in left):
            missing = "no template of the Gen 1 project says what it deploys (`amplify pull` brings them)"
            if aspect is Aspect.OUTPUTS:
                missing = "the Gen 1 project has nothing that clients are told of"
            failed = (one.detail.message for one in self._built if aspect in one.aspects and one.lacking)
            missing = next(failed, missing)
            return CheckResult(check, Status.SKIPPED, missing, notes)
        if aspect is Aspect.GRANTS:
            result = self._judged(check, [one for _, one in left], [one for _, one in right])
        else:
            result = self._compared(check, left, right)
        if lacking and result.status is Status.PASSED:  # what was compared is the same, but it was not everything
            result = replace(result, status=Status.SKIPPED, reason=lacking[0].message)
        return replace(result, details=notes, seconds=time.monotonic() - start)

    @cached_property
    def _grants(self) -> _Sides:
        """The rights on both sides, as far as they are compared."""
        return self._granted(self._generation1)

    def _granted(self, gen1: Generation) -> _Sides:
        scope = Scope(
            self._asked_for, self._context.converted, self._stays, self._is_kept, self._is_waiting, self._is_unseen
        )
        observers = [watch.observer for watch in self._subject.watches]
        left, right = Grants(gen1, self._generation2, observers, scope).sides
        return tuple(("", one) for one in left), tuple(("", one) for one in right)

    def _is_kept(self, holder: Declared) -> bool:
        """Whether a role of Gen 1 is kept; one of the root stack, with the feature that names it."""
        if holder.owner:
            return self._stays(holder.owner)
        named = (watch.feature for watch in self._subject.watches if watch.observer.name(holder, self._generation1))
        return self._is_kept_whole(next(named, ""))

    def _is_kept_whole(self, feature: str) -> bool:
        """Whether nothing of a feature is made anew."""
        members = [ref for ref, of in self._context.features.items() if of == feature]
        return bool(feature and members) and not any(self._is_new(ref) for ref in members)

    def _is_waiting(self, ref: ResourceRef) -> bool:
        return self._context.features.get(ref) in self._subject.waiting and not self._context.converted(ref)

    def _is_unseen(self, declared: Declared) -> bool:
        """Whether a resource of Gen 2 stands in the stack of a feature that is not compared."""
        feature = _feature_of(declared)
        return feature in self._blind or not self._is_compared(feature)

    def _compared(
        self, check: Check, left: Sequence[tuple[str, Observed]], right: Sequence[tuple[str, Observed]]
    ) -> CheckResult:
        gone = {owner for _, one in left if (owner := _owner(one)) and not self._context.converted(owner)}
        away = gone | {owner for _, one in left if (owner := _owner(one)) and self._stays(owner)}
        ours = [one for feature, one in left if _owner(one) not in away and self._asked(feature, one)]
        known = {(one.kind, one.key) for one in ours}
        right = tuple(zip((feature for feature, _ in right), paired(ours, (one for _, one in right)), strict=True))
        unasked = {(one.kind, one.key) for _, one in left} - known
        theirs = [
            one
            for feature, one in right
            if (one.kind, one.key) in known
            or ((one.kind, one.key) not in unasked and self._asked(feature, one) and not self._is_blind(feature, one))
        ]
        return self._judged(check, ours, theirs, gone)

    def _judged(
        self, check: Check, ours: list[Observed], theirs: list[Observed], gone: Collection[ResourceRef] = ()
    ) -> CheckResult:
        defaults: Iterable[Default] = (d for watch in self._subject.watches for d in watch.observer.defaults)
        found = compare(ours, theirs, (*GRANT_DEFAULTS, *defaults))
        judged = [self._as_gap(one) for one in judge(found.mismatches, self._knowledge)]
        differences = (*judged, *self._gone(gone, check))
        return _result(check, found.compared + len(gone), differences)

    def _asked(self, feature: str, one: Observed) -> bool:
        """Whether something is compared; what belongs to no feature is told with the whole."""
        owner = _owner(one)
        return self._asked_for(owner) if owner else self._is_compared(feature)

    def _asked_for(self, owner: ResourceRef) -> bool:
        """The same for a resource of Gen 1; one of a feature that waits may have come along with another."""
        of = self._context.features.get(owner, "")
        came = of in self._subject.waiting and self._context.converted(owner)
        return self._is_compared(of) or (came and not self._subject.features)

    def _is_compared(self, feature: str) -> bool:
        asked = self._subject.features
        return not feature or (feature not in self._subject.waiting and (not asked or feature in asked))

    def _is_new(self, ref: ResourceRef) -> bool:
        """Whether Gen 2 makes the resource anew."""
        return self._context.converted(ref) and not self._stays(ref)

    def _stays(self, ref: ResourceRef) -> bool:
        """Whether the live resource is kept as a whole."""
        return self._context.reused(ref) and self._context.features.get(ref) not in self._made_again

    @cached_property
    def _made_again(self) -> frozenset[str]:
        return frozenset(watch.feature for watch in self._subject.watches if watch.observer.made_again)

    def _is_blind(self, feature: str, one: Observed) -> bool:
        """Whether something of Gen 2 belongs to a feature of which Gen 1 has a resource without a template."""
        stack = _feature_of(one.of[0]) if one.of else ""
        return feature in self._blind or stack in self._blind

    @cached_property
    def _blind(self) -> frozenset[str]:
        unseen = (entry.ref for entry in without_template(self._context.app) if self._is_new(entry.ref))
        return frozenset(self._context.features.get(ref, "") for ref in unseen)

    @cached_property
    def _knowledge(self) -> Knowledge:
        subject = self._subject
        return Knowledge(subject.rules, subject.matched, subject.facts, subject.acknowledged)

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
            if not self._asked_for(owner):
                continue
            gap = next(map(reported_as, self._gaps(owner)), None)
            verdict = Verdict.ACCEPTED if gap else Verdict.UNEXPLAINED
            rule, reason = (gap.rule, gap.said) if gap else ("", "")
            yield Difference(str(owner), "", THERE, None, verdict, rule, reason, gap=gap is not None)

    def _lacking(self, aspect: Aspect) -> Iterator[Detail]:
        """What the categories cannot compare."""
        lacked = (one for watch in self._subject.watches for one in watch.observer.lacks(self._context))
        return (Detail("warning", said) for of, said in lacked if of is aspect)

    def _notes(self) -> Iterator[Detail]:
        for entry in without_template(self._context.app):
            if self._is_new(entry.ref) and self._asked_for(entry.ref):
                said = "no template says what it deploys, so its settings are not compared"
                hint = "`amplify pull` brings the deployed templates, `amplify push` builds them."
                yield Detail("warning", said, subject=str(entry.ref), hint=hint)
        kept = [e.ref for e in self._context.app.entries if self._stays(e.ref) and self._asked_for(e.ref)]
        if kept:
            yield Detail("info", f"kept as it is, so there is nothing to compare: {', '.join(map(str, kept))}")
        weak = [entry.ref for entry in self._context.app.entries if entry.evidence is not Evidence.DEPLOYED]
        if weak:
            said = f"compared with what the source says, not with what is deployed: {', '.join(map(str, weak))}"
            yield Detail("info", said)

    def _notes_on_outputs(self) -> Iterator[Detail]:
        app = self._context.app
        if not app.front_ends:
            said = "the project holds no `aws-exports.js` or its like (most ignore it in git)"
            yield Detail("info", f"{said}: compared with what the Gen 1 CLI makes it of")
        for path, other in other_environments(app):
            said = f"it is of another environment than {app.env}, so what it says of {other} is not compared"
            yield Detail("warning", said, file=path)
        for one in self._client.models:
            if one.error:
                said = "code generation refuses the Gen 1 schema, so the models of clients are not compared"
                yield Detail("warning", f"{said}: {one.error}")


def _owner(one: Observed) -> ResourceRef | None:
    return one.of[0].owner if one.of else None


def _feature_of(declared: Declared) -> str:
    """The feature whose stack a resource of Gen 2 stands in; a stack of its own is called `storage-points`."""
    stack = declared.stack.partition("/")[0]
    return _REST if stack.startswith(f"{_REST}-") else stack.partition("-")[0]


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


def deployed(
    subject: DeployedSubject,
    assembly: Assembly,
    branch: str,
    read_client: ReadClient | None = None,
    build: BuildApi | None = None,
) -> Deployed | None:
    """What the checks compare; None, and the subject's reason says why, when there is nothing.

    `read_client` is only needed for the check `outputs`, `build` for those that compare the API.
    """
    return Deployed(subject, subject.context, assembly, branch, read_client, build) if subject.context else None


def skipped(check: Check, subject: DeployedSubject) -> CheckResult:
    """The result of a check that has nothing to compare with."""
    return CheckResult(check, Status.SKIPPED, subject.reason)
