"""`migrate deploy`: plans, checks, applies and verifies, feature after feature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from migrator.aws.cloudformation import DEAD, come_to_rest, way_on
from migrator.commands.converted import Converted
from migrator.commands.deploy_slices import Slices, order_of
from migrator.commands.deploy_target import OpenedTarget, target_of
from migrator.commands.deployed_access import deployed_access
from migrator.commands.deployed_subject import deployed_subject
from migrator.commands.verify import converted_branch, located
from migrator.core.errors import DeployError, ProjectError, UsageError
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
from migrator.deploy.steps import Step, StepStatus
from migrator.deploy.synthesis import Synthesized, Synthesizer, TypesOutcome, joined
from migrator.deploy.targets.interface import Progress, Slice, TargetName
from migrator.deploy.trees import Tree, deployed
from migrator.output.paths import STATE_FOLDER

_PAUSE = 1.0
"""Seconds between two looks at a stack that is being worked on."""


class Request(Struct, frozen=True):
    """What was asked for on the command line."""

    path: Path
    gen2: Path | None = None
    features: tuple[str, ...] = ()
    """To be deployed, beside what is deployed already; none means all that the project holds."""
    remove: tuple[str, ...] = ()
    allow_replace: tuple[str, ...] = ()
    target: TargetName = TargetName.LOCAL
    identifier: str = ""
    app_id: str = ""
    branch: str = ""
    profile: str = ""
    region: str = ""
    plan: bool = False
    resume: bool = False
    install: bool = False
    network: bool = False
    """Whether functions on the local AWS may reach other machines."""
    consent: bool | None = None
    """Whether the project's functions may run on this machine; None where nobody said: then what was said before."""
    env: str | None = None
    app: str | None = None
    rules: Path | None = None


class DeployReport(Struct, frozen=True):
    """What came of it."""

    target: TargetName
    stack: str
    features: tuple[str, ...]
    steps: tuple[Step, ...]
    outputs: dict[str, Any] = {}
    outputs_file: str = ""
    plan: Plan | None = None

    @property
    def succeeded(self) -> bool:
        return not any(step.status in (StepStatus.FAILED, StepStatus.PENDING) for step in self.steps)


class NotSynthesized(DeployError):
    """The project has type errors or cannot be synthesized: nothing was deployed. `report` says the rest."""

    def __init__(self, problem: DeployError, report: DeployReport) -> None:
        super().__init__(problem.message, hint=problem.hint)
        self.report = report


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
        found = _taken_up(request, run) if request.resume else request
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
        self._prepared = (_types_step(types), *(_synth_step(one) for one in made))
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
        self._prepared = (self._prepared[0], *(_synth_step(one) for one in ready))
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
        asked = {
            "features": request.features,
            "remove": request.remove,
            "allow_replace": request.allow_replace,
            "identifier": request.identifier,
            "app_id": request.app_id,
            "branch": request.branch,
            "profile": request.profile,
            "region": request.region,
        }
        if request.resume and self._run:
            self._journal.resume(self._run)
        else:
            self._journal.begin(asked)
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
        told = _shown(file) if there else ""
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


def consent_folder(request: Request) -> Path:
    """Where the answer is kept. Raises ProjectError without a Gen 2 project."""
    return project_of(request) / STATE_FOLDER / "deploy"


def project_of(request: Request) -> Path:
    """The Gen 2 project's folder. Raises ProjectError when there is none."""
    gen2 = located(request.path, request.gen2).resolve()
    if not (gen2 / "amplify" / "backend.ts").is_file():
        raise ProjectError(
            f"{gen2} holds no Gen 2 backend: there is no amplify/backend.ts",
            hint="`migrate convert` writes one; name its folder with --gen2",
        )
    return gen2


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


def _taken_up(request: Request, run: Run | None) -> Request:
    """The request of the run that is taken up again."""
    if run is None:
        raise UsageError(f"there is no deployment to {request.target} to go on with", hint="leave out --resume")
    kept = run.request
    if kept.get("destroy"):
        raise UsageError("the last run was to delete the backend", hint="go on with `migrate deploy --destroy`")
    return replace(
        request,
        features=tuple(kept.get("features", ())),
        remove=tuple(kept.get("remove", ())),
        allow_replace=(*kept.get("allow_replace", ()), *request.allow_replace),
        identifier=kept.get("identifier", ""),
        app_id=kept.get("app_id", ""),
        branch=kept.get("branch", ""),
        profile=request.profile or kept.get("profile", ""),
        region=request.region or kept.get("region", ""),
    )


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


def _types_step(types: TypesOutcome) -> Step:
    if types.passed:
        return Step("types", StepStatus.DONE, types.seconds, "the same input passed before" if types.cached else "")
    return Step("types", StepStatus.FAILED, types.seconds, str(types.errors[0]))


def _synth_step(one: Synthesized) -> Step:
    name = f"synth {one.slice_.feature}"
    if one.assembly is None:
        hint = one.errors[0].hint if one.errors else ""
        return Step(name, StepStatus.FAILED, one.seconds, one.reason, hint)
    return Step(name, StepStatus.DONE, one.seconds, "taken from the cache: the same input" if one.cached else "")


def _shown(file: Path) -> str:
    try:
        return file.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(file)
