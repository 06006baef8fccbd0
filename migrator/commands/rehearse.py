"""`migrate deploy --target local --with-gen1`: the Gen 1 backend first, then Gen 2 beside it, on one local AWS."""

from __future__ import annotations

import shutil
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from migrator.aws import appsync
from migrator.aws.inventory import stack_outputs
from migrator.aws.users import Door
from migrator.commands.convert import Request as ConvertRequest
from migrator.commands.convert import convert
from migrator.commands.converted import Converted
from migrator.commands.deploy import Deployment, deployment
from migrator.commands.deploy_report import DeployReport
from migrator.commands.deploy_request import Request
from migrator.commands.deployed_access import deployed_access
from migrator.commands.deployed_subject import watches
from migrator.commands.verify import located
from migrator.core.errors import DeployError, UsageError
from migrator.deploy.backend_names import stack_name
from migrator.deploy.backends import Backend
from migrator.deploy.checks.files import named_buckets
from migrator.deploy.checks.interface import Outcome, Status
from migrator.deploy.gen1_copy import copied
from migrator.deploy.gen1_stack import api_ids, deploy_gen1
from migrator.deploy.rehearsal import Filled, fill, gen1_backend, look_again, protect_tables, renew_key
from migrator.deploy.steps import StepStatus
from migrator.deploy.targets.interface import Progress, TargetName
from migrator.deploy.targets.local import STATE
from migrator.engine.access import Access
from migrator.engine.context import Context
from migrator.gen1.app import App
from migrator.local.process import LocalAws, reset
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain, find_toolchain
from migrator.output.paths import STATE_FOLDER
from migrator.verify.gen1_api import build_api, complete

FOLDER = "rehearsal"
"""Below `.migrate` of the Gen 2 project: a copy of the Gen 1 project, and the rehearsed Gen 2 project."""
_REUSED = {"auth": "auth", "api": "data", "storage": "storage"}


class RehearsalReport(Struct, frozen=True):
    """What came of a rehearsal: the deployment of Gen 2, and what people met there."""

    deployed: DeployReport
    outcomes: tuple[Outcome, ...]
    folder: Path
    """The rehearsed Gen 2 project, with the local AWS that holds both generations."""
    notes: tuple[str, ...] = ()

    @property
    def succeeded(self) -> bool:
        """Gen 2 was deployed, and everybody met what they left."""
        return self.deployed.succeeded and not any(one.status is Status.FAILED for one in self.outcomes)


def rehearse(request: Request, progress: Progress = lambda line: None) -> RehearsalReport:
    """The whole rehearsal, from nothing; what an earlier one left is thrown away.

    1. The Gen 1 backend is deployed to a local AWS from the project's `#current-cloud-backend`.
    2. Three people sign up there, write rows of every model and put files.
    3. The Gen 1 project is copied with the ids of the local backend in it, and converted with
       `--reuse auth,data,storage`; the user's own Gen 2 project is not touched.
    4. That is deployed beside it, feature after feature, with all its checks.
    5. The same people sign in with the same passwords, look for their rows and files, and send the same requests to
       both APIs.

    `request` is that of `migrate deploy`: of it `path`, `gen2`, `env`, `app`, `rules`, `install`, `network` and
    `consent` count. Call it instead of `deployment`, show `deployed` as any deployment and `outcomes` as the outcomes
    of one more step, and exit with 1 unless `succeeded`.

    Raises UsageError without consent (the functions of both generations run on this machine), DeployError when the
    deployed copy is missing or Gen 1 cannot be deployed, and what `convert` and `deployment` raise.
    """
    if not request.consent:
        raise UsageError(
            "a rehearsal runs the functions of the project on this machine", hint="agree with --run-functions"
        )
    gen2 = located(request.path, request.gen2).resolve()
    converted = Converted(request.path, gen2, request.env, request.app, request.rules)
    if converted.assessment is None:
        raise DeployError(converted.reason or "there is no Gen 1 project to rehearse", hint="name its folder")
    app, access = converted.assessment.app, deployed_access(converted)
    folder = gen2 / STATE_FOLDER / FOLDER
    project, copy = folder / "gen2", folder / "gen1"
    toolchain = find_toolchain(gen2, install=request.install, progress=progress)
    built = _built(converted.assessment.context, toolchain)
    gen1, filled, lacking = _gen1(request, toolchain, app, access, folder, progress)
    notes = (*built, *lacking)
    progress("converting the copy of the Gen 1 project, which keeps its pool, tables and bucket")
    kept = converted.known.options
    reuse = frozenset(_REUSED[entry.ref.category] for entry in app.entries if entry.ref.category in _REUSED)
    convert(ConvertRequest(copy, project, (), app.env, None, request.rules, reuse, kept.branch_map, kept.api_id))
    asked = replace(
        request, path=copy, gen2=project, features=(), env=app.env, app=None, target=TargetName.LOCAL, resume=False
    )
    with deployment(asked, progress) as work:
        report = work.carry_out(work.plan())
        broken = [step for step in report.steps if step.status is StepStatus.FAILED and not step.outcomes]
        outcomes = () if broken else _again(work, gen1, filled, access, progress)
    return RehearsalReport(report, outcomes, project, notes)


def _built(context: Context, toolchain: Toolchain) -> tuple[str, ...]:
    """Builds what the project lacks of its APIs' builds; what was built, in words."""
    with Processes() as processes:
        completed = tuple(complete(context, watches(), lambda source: build_api(source, toolchain, processes)))
    return tuple(f"{one.detail.subject}: {one.detail.message}" for one in completed)


def _gen1(
    request: Request, toolchain: Toolchain, app: App, access: Access, folder: Path, progress: Progress
) -> tuple[Backend, Filled, tuple[str, ...]]:
    """The Gen 1 backend with people, rows and files in it, and the copy of the project that says its ids."""
    project, state = folder / "gen2", folder / "gen2" / STATE
    try:
        if folder.exists():
            reset(state)
            shutil.rmtree(folder)
        project.mkdir(parents=True)
    except OSError as problem:
        hint = "remove it by hand, or check the disk and who owns it"
        raise DeployError(f"{folder} cannot be made anew: {problem.strerror or problem}", hint=hint) from problem
    with LocalAws.start(
        state, network=request.network, node_modules=toolchain.modules, api_ids=api_ids(app), progress=progress
    ) as local:
        stack = deploy_gen1(local, app, progress)
        gen1 = gen1_backend(stack)
        renew_key(local.session, gen1)
        progress("three people sign up in Gen 1, write rows and put files")
        filled = fill(local.session, gen1, access)
        protect_tables(local.session, gen1)
        local.save()
        copied(app, folder / "gen1", stack, local.account, local.region)
    return gen1, filled, stack.notes


def _again(work: Deployment, gen1: Backend, filled: Filled, access: Access, progress: Progress) -> tuple[Outcome, ...]:
    """What people meet in Gen 2."""
    local = work.target.local
    if local is None:
        raise DeployError("a rehearsal needs the local AWS")
    progress("the same people sign in to Gen 2")
    outputs = stack_outputs(local.session, stack_name(work.target.identity))
    buckets = named_buckets(outputs)
    door = Door(outputs.get("userPoolId", ""), outputs.get("webClientId", ""), outputs.get("identityPoolId", ""))
    gen2 = Backend(
        door,
        outputs.get("awsAppsyncApiId", ""),
        outputs.get("awsAppsyncApiEndpoint", ""),
        next(iter(buckets.values()), ""),
    )
    return tuple(look_again(local, _reached(local, gen1), gen2, filled, access))


def _reached(local: LocalAws, backend: Backend) -> Backend:
    """The backend with the address that its API has now."""
    said = appsync.graphql_api(local.session, backend.api) if backend.api else None
    return replace(backend, url=said["GraphQLUrl"]) if said else backend
