"""`migrate deploy`: plans, checks, applies and verifies, feature after feature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
from msgspec.structs import replace

from migrator.aws.cloudformation import DEAD, come_to_rest, way_on
from migrator.commands.converted import Converted
from migrator.commands.deploy_report import DeployReport, NotSynthesized, shown, synth_step, types_step
from migrator.commands.deploy_request import Request, kept, project_of, taken_up
from migrator.commands.deploy_slices import Slices, order_of
from migrator.commands.deploy_target import OpenedTarget, target_of
from migrator.commands.deployed_access import deployed_access
from migrator.commands.deployed_subject import deployed_subject
from migrator.commands.verify import converted_branch
from migrator.core.errors import DeployError
from migrator.core.finding import Finding, Severity
from migrator.deploy.backend_names import stack_name
from migrator.deploy.checks.interface import Deployed
from migrator.deploy.consent import keep_consent, known_consent
from migrator.deploy.execute import execute
from migrator.deploy.journal import Journal, Run
from migrator.deploy.lock import Lock, deploying
from migrator.deploy.plan import OUTPUTS, Current, Plan, Wanted, make_plan, refusal, steps_of
from migrator.deploy.preparation import preparation
from migrator.deploy.preparation_steps import PreparationStep
from migrator.deploy.record import is_deployed, nothing_is_deployed, physical_ids, read_record, seen_features
from migrator.deploy.site import Site
from migrator.deploy.staying import Staying, staying
from migrator.deploy.steps import Step
from migrator.deploy.synthesis import Synthesized, Synthesizer, TypesOutcome, joined
from migrator.deploy.targets.interface import Progress, Slice, TargetName
from migrator.deploy.trees import Tree, deployed
from migrator.output.paths import STATE_FOLDER

_PAUSE = 1.0
"""Seconds between two looks at a stack that is being worked on."""


@contextmanager
def deployment(request: Request, progress: Progress = lambda line: None) -> Iterator[Deployment]:
    """A deployment that is ready to be planned. With `request.plan` neither credentials nor the local AWS are needed.

    Raises ProjectError without a Gen 2 project, UsageError for what cannot be asked for, DeployError when another
    process deploys, LocalError and AwsError when the target cannot be reached.
    """
    gen2 = project_of(request)
    folder = gen2 / STATE_FOLDER / "deploy" / request.target
    _ignored(gen2 / STATE_FOLDER / "deploy")
    with ExitStack() as stack:
        lock = stack.enter_context(deploying(folder))
        journal = Journal(folder)
        run = journal.last()
        found = taken_up(request, run) if request.resume else request
        _tell_of_before(found, run, lock, progress)
        converted = Converted(found.path, gen2, found.env, found.app, found.rules)
        target = target_of(found, gen2, converted_branch(gen2), progress)
        own = folder / "assemblies"
        synthesizer = Synthesizer(gen2, target.identity, own, install=found.install, progress=progress)
        target.use(synthesizer.toolchain)
        if not found.plan:
            _pass(target.preflight(gen2), progress)
            stack.enter_context(target.opened(progress))
        done = run.done if run and request.resume else {}
        yield Deployment(found, converted, folder, target, synthesizer, journal, progress, run, done)


class Deployment:
    """One deployment, while its project is locked and its target is reached."""

    def __init__(
        self,
        request: Request,
        converted: Converted,
        folder: Path,
        target: OpenedTarget,
        synthesizer: Synthesizer,
        journal: Journal,
        progress: Progress,
        run: Run | None,
        done: Mapping[str, str],
    ) -> None:
        self.request = request
        self.target = target
        self._converted = converted
        self._folder = folder
        self._synthesizer = synthesizer
        self._journal = journal
        self._progress = progress
        self._run = run
        self._done = done
        self._prepared: tuple[Step, ...] = ()
        self._features: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether there is nothing to take up again."""
        return self.request.resume and self._run is not None and self._run.finished

    def plan(self) -> Plan:
        """What will happen. Synthesizes; changes nothing but this project's `.migrate/deploy`.

        Raises NotSynthesized for errors in the project, UsageError, DeployError.
        """
        wanted = Wanted(self.request.features, self.request.remove, frozenset(self.request.allow_replace))
        current = self._current()
        order = order_of(self._converted)
        steps = steps_of(order, tuple(f for f in current.features), wanted)
        slices = Slices(self._converted, self._folder, self._progress).made(steps, current.features)
        self._features = slices[-1].features
        types, made = self._synthesizer.run(slices)
        self._prepared = (types_step(types), *(synth_step(one) for one in made))
        ready = self._ready(types, made)
        plan = make_plan(self.request.target, stack_name(self.target.identity), current, ready, wanted, self._folder)
        return replace(plan, staying=self._staying())

    def _staying(self) -> tuple[Staying, ...]:
        """What of the live Gen 1 backend Gen 2 begins without."""
        assessment = self._converted.assessment
        if assessment is None:
            return ()
        models = (one.model for one in deployed_access(self._converted).models)
        return staying(assessment.context, self._features, models)

    def _ready(self, types: TypesOutcome, made: tuple[Synthesized, ...]) -> tuple[Synthesized, ...]:
        try:
            ready = joined(made, self._progress)
        except DeployError as problem:
            raise NotSynthesized(problem, self._report(self._prepared, None)) from problem
        self._prepared = (self._prepared[0], *(synth_step(one) for one in ready))
        if not types.passed:
            first = str(types.errors[0])
            raise NotSynthesized(
                DeployError(f"the project has type errors: {first}", hint="`migrate verify --only types` lists them"),
                self._report(self._prepared, None),
            )
        return ready

    def preparation(self) -> tuple[PreparationStep, ...]:
        """What to do before live resources are touched, for the planned features; nothing for the local AWS."""
        assessment = self._converted.assessment
        if self.request.target is TargetName.LOCAL or assessment is None:
            return ()
        return preparation(assessment.context, self._features)

    def carry_out(self, plan: Plan) -> DeployReport:
        """Does it. Raises DeployError when something is refused, or the journal cannot be written."""
        if plan.refused:
            raise refusal(plan)
        request = self.request
        if request.resume and self._run:
            self._journal.resume(self._run)
        else:
            self._journal.begin(kept(request))
        site = Site(self.target, self._folder, self._described, self._consent(), self._progress)
        try:
            steps = execute(plan.operations, site, self._journal, self._done)
        except KeyboardInterrupt:
            self._progress("interrupted: what was begun comes to its end; go on with `migrate deploy --resume`")
            raise
        return self._report((*self._prepared, *steps), plan)

    def _report(self, steps: tuple[Step, ...], plan: Plan | None) -> DeployReport:
        file = self._folder / OUTPUTS
        there = plan is not None and file.is_file()
        outputs = msgspec.json.decode(file.read_bytes()) if there else {}
        told = shown(file) if there else ""
        stack = stack_name(self.target.identity)
        return DeployReport(self.request.target, stack, self._features, steps, outputs, told, plan)

    def _described(self, deployed: Deployed, slice_: Slice) -> Deployed:
        """What the checks compare with: the Gen 1 project, as the slice was converted from it."""
        assessment = self._converted.assessment
        path = assessment.app.root if assessment else self._converted.path
        name = assessment.app.name if assessment else None
        slice_converted = Converted(path, slice_.project, self.request.env, name, self._converted.rules)
        found = slice_converted.assessment
        return replace(
            deployed,
            context=found.context if found else None,
            subject=deployed_subject(slice_converted, (deployed.feature,)),
            access=deployed_access(slice_converted),
        )

    def _consent(self) -> bool:
        """What was said about running functions; kept, so that it is asked once."""
        said = self.request.consent
        if said is None:
            return known_consent(self._folder.parent) is True
        keep_consent(self._folder.parent, said)
        return said

    def _current(self) -> Current:
        """What is deployed: AWS says it; for a plan without AWS, what was noted."""
        record = read_record(self._folder)
        if self.request.plan and not self.target.reachable:
            if not self.target.known():
                return Current()
            known = record.deployed
            return Current(known.features, Tree(known.templates), known.physical)
        if not self.request.plan:  # of a command that was killed, or of somebody else: what is half done is no ground
            come_to_rest(self.target.session, stack_name(self.target.identity), pause=_PAUSE)
        live = self.target.current()
        if live is None or live.status in DEAD:
            if not self.request.plan:
                nothing_is_deployed(self._folder)
            status = live.status if live else None
            return Current(status=status or "", asked=True, way=way_on(status).step)
        way = way_on(live.status).step
        features = record.features_of(live)
        if features is None:
            features = seen_features(live)
        if not self.request.plan:
            is_deployed(self._folder, features, live)
        return Current(features, deployed(live), physical_ids(live), live.status, True, way)


def _ignored(folder: Path) -> None:
    """The folder is no part of what is committed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as problem:
        raise DeployError(
            f"{folder} cannot be written: {problem.strerror or problem}", hint="check the disk and who owns the folder"
        ) from problem


def _tell_of_before(request: Request, run: Run | None, lock: Lock, progress: Progress) -> None:
    if lock.left_by:
        progress(f"process {lock.left_by.pid} ended in the middle of a deployment (since {lock.left_by.since})")
    if run and not run.finished and not request.resume and not request.plan:
        where = run.broken or "between two steps"
        progress(f"the last deployment stopped at {where}: this one begins with what is deployed (--resume goes on)")


def _pass(findings: tuple[Finding, ...], progress: Progress) -> None:
    """Tells what was found before anything begins. Raises DeployError when something of it blocks."""
    for finding in findings:
        hint = f"\n  hint: {finding.hint}" if finding.hint else ""
        progress(f"{finding.severity} {finding.rule}: {finding.message}{hint}")
    blocking = [finding for finding in findings if finding.severity is Severity.BLOCKER]
    if blocking:
        more = f" (and {len(blocking) - 1} more, see above)" if len(blocking) > 1 else ""
        raise DeployError(f"{blocking[0].message}{more}", hint=blocking[0].hint, location=blocking[0].location)
