"""`migrate deploy`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from migrator.cli import options
from migrator.cli.outcome import FOUND, OK
from migrator.commands.deploy import Deployment
from migrator.commands.deploy_report import DeployReport
from migrator.commands.deploy_request import Request

if TYPE_CHECKING:
    from migrator.deploy.preparation_steps import PreparationStep
    from migrator.deploy.targets.interface import Progress

TARGETS = ("local", "sandbox", "branch")


@click.command(short_help="Deploy feature by feature: to a local AWS, a sandbox or a branch.")
@options.project_path
@click.option(
    "--gen2",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The Gen 2 project (default: gen2/, or PATH itself when it holds one).",
)
@options.features
@click.option("--target", type=click.Choice(TARGETS), default="local", show_default=True)
@click.option("--identifier", default="", metavar="NAME", help="The sandbox (default: your user name, as ampx does).")
@click.option("--app-id", default="", metavar="ID", help="The Amplify app of a branch.")
@click.option("--branch", default="", metavar="NAME", help="The branch (default: the environment's).")
@click.option("--profile", default="", metavar="NAME", help="The AWS profile.")
@click.option("--region", default="", metavar="NAME", help="The AWS region.")
@click.option("--with-gen1", is_flag=True, help="Local: rehearse, with Gen 1 deployed and filled first.")
@click.option("--plan", is_flag=True, help="Show what would happen to every resource, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before something is deployed.")
@click.option("--resume", is_flag=True, help="Go on with the last deployment, which failed or was interrupted.")
@click.option("--destroy", is_flag=True, help="Delete the whole backend (local or sandbox); what holds data is listed.")
@click.option("--sandboxes", is_flag=True, help="List the sandboxes of the account, and those that nobody uses.")
@click.option("--permissions", is_flag=True, help="Print the IAM policy that deploying to an account needs.")
@click.option(
    "--preparation",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --plan: also write what to do before live resources are touched into FILE.",
)
@options.words("--remove", "A deployed feature that is to leave the stack; what holds data stays behind.")
@options.words("--allow-replace", "A resource with data, by the name in the plan, that may be replaced or deleted.")
@click.option(
    "--run-functions/--no-run-functions",
    default=None,
    help="Local: whether the project's functions may run on this machine. Asked once per project.",
)
@click.option("--allow-network", "network", is_flag=True, help="Local: functions may reach other machines.")
@click.option("--install", is_flag=True, help="Install the pinned Node packages into the user's cache if needed.")
@options.reading
@options.output("text", "json")
@click.option("-v", "--verbose", is_flag=True, help="Name every resource in the plan.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def deploy(
    path: Path,
    gen2: Path | None,
    features: tuple[tuple[str, ...], ...],
    target: str,
    identifier: str,
    app_id: str,
    branch: str,
    profile: str,
    region: str,
    with_gen1: bool,
    plan: bool,
    yes: bool,
    resume: bool,
    destroy: bool,
    sandboxes: bool,
    permissions: bool,
    preparation: Path | None,
    remove: tuple[str, ...],
    allow_replace: tuple[str, ...],
    run_functions: bool | None,
    network: bool,
    install: bool,
    env: str | None,
    app: str | None,
    rules: Path | None,
    format_: str,
    output: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Deploy the Gen 2 project feature by feature onto one stack, and check each one after it is deployed.

    `local` is an AWS on this machine that can be thrown away (`migrate local`): nothing is sent anywhere. The plan says
    what happens to every resource. A resource that holds users, files or rows is never replaced or deleted unless it is
    named with --allow-replace. What was deployed stays deployed: --feature adds to it, --remove takes away.
    """
    from migrator.commands.deploy import deployment
    from migrator.commands.deploy_report import NotSynthesized
    from migrator.deploy.targets.interface import TargetName

    request = Request(
        path,
        gen2,
        options.chosen(features),
        remove,
        allow_replace,
        TargetName(target),
        identifier,
        app_id,
        branch,
        profile,
        region,
        plan,
        resume,
        install,
        network,
        _consent(path, gen2, target, run_functions, plan),
        env,
        app,
        rules,
    )
    progress: Progress = options.progress(quiet)
    if sandboxes:
        return _listed(request, format_, output)
    if permissions:
        return _permitted(request, output)
    if destroy:
        return _destroyed(request, yes, progress)
    if with_gen1:
        return _rehearsed(request, progress, (format_, output, verbose))
    with deployment(request, progress) as work:
        if work.finished:
            click.echo("The last deployment was finished: there is nothing to go on with.", err=True)
            return OK
        try:
            report = _deployed(work, plan, yes, (format_, output, verbose), preparation)
        except NotSynthesized as problem:
            click.echo(f"migrate: error: {problem}\n  hint: {problem.hint}", err=True)
            report = problem.report
    if report is None:
        return OK
    options.show(_rendered(report, format_, verbose), output)
    return OK if report.succeeded else FOUND


def _rehearsed(request: Request, progress: Progress, shown: tuple[str, Path | None, bool]) -> int:
    """The rehearsal: Gen 1, filled, and Gen 2 beside it. Raises UsageError for another target."""
    from msgspec.structs import replace

    from migrator.commands.rehearse import rehearse
    from migrator.core.errors import UsageError
    from migrator.deploy.steps import Step, StepStatus

    if request.target != "local" or request.plan or request.resume:
        raise UsageError("--with-gen1 is a rehearsal on the local AWS", hint="leave out --target, --plan and --resume")
    done = rehearse(request, progress)
    format_, output, verbose = shown
    status = StepStatus.DONE if done.succeeded else StepStatus.FAILED
    last = Step("rehearsal", status, notes=done.notes, outcomes=done.outcomes)
    report = replace(done.deployed, steps=(*done.deployed.steps, last))
    options.show(_rendered(report, format_, verbose), output)
    return OK if done.succeeded else FOUND


def _deployed(
    work: Deployment, only_plan: bool, yes: bool, shown: tuple[str, Path | None, bool], preparation: Path | None
) -> DeployReport | None:
    """The report; None when only the plan was wanted, and shown. Raises DeployError for a plan that is refused."""
    from migrator.deploy.plan import refusal
    from migrator.report.deploy_json import planned_document
    from migrator.report.deploy_text import plan_text
    from migrator.report.preparation import preparation_document, preparation_text

    format_, output, verbose = shown
    plan = work.plan()
    text = plan_text(plan, verbose=verbose)
    if only_plan:
        steps = _prepared(work, preparation)
        if format_ == "json":
            document = {**planned_document(plan), "preparation": preparation_document(steps)}
            options.show(json.dumps(document, indent=2, ensure_ascii=False), output)
        else:
            options.show(f"{text}\n\n{preparation_text(steps)}" if steps else text, output)
        return None
    click.echo(f"{text}\n", err=True)
    if plan.refused:
        raise refusal(plan)
    if work.target.local is None and not yes:
        _ask()
    return work.carry_out(plan)


def _prepared(work: Deployment, file: Path | None) -> tuple[PreparationStep, ...]:
    """The preparation list; also written into a file, when one is named. Raises MigratorError."""
    from migrator.report.preparation import write_preparation

    steps = work.preparation()
    if steps and file is not None:
        write_preparation(file, steps)
    return steps


def _destroyed(request: Request, yes: bool, progress: Progress) -> int:
    """Deletes the backend, after what it holds was shown and somebody agreed."""
    from migrator.commands.destroy import doomed
    from migrator.report.destroy_text import destruction_text

    with doomed(request, progress) as work:
        found = work.look()
        if found is None:
            click.echo("Nothing is deployed.", err=True)
            return OK
        click.echo(destruction_text(found), err=True)
        if not yes:
            _ask("Delete all this?")
        outcome = work.destroy()
    for failure in outcome.failures:
        click.echo(f"migrate: {failure}", err=True)
    click.echo(f"{outcome.stack or found.stack}: {outcome.result} after {outcome.seconds:.0f} s")
    return OK if outcome.succeeded else FOUND


def _permitted(request: Request, output: Path | None) -> int:
    """The policy to paste for the target. Raises UsageError for the local AWS."""
    from migrator.commands.deploy_request import project_of
    from migrator.commands.deploy_target import target_of
    from migrator.commands.verify import converted_branch
    from migrator.core.errors import UsageError
    from migrator.deploy.permissions import policy
    from migrator.output.manifest import read_manifest

    if request.target == "local":
        raise UsageError("the local AWS needs no permissions", hint="name --target sandbox or --target branch")
    gen2 = project_of(request)
    target = target_of(request, gen2, converted_branch(gen2), lambda line: None)
    features = request.features or read_manifest(gen2).features
    document = policy(target.identity, features, target.session.region)
    options.show(json.dumps(document, indent=2), output)
    return OK


def _listed(request: Request, format_: str, output: Path | None) -> int:
    """The sandboxes of the account."""
    from migrator.commands.deploy_request import project_of
    from migrator.commands.deploy_target import project_name
    from migrator.commands.destroy import listing
    from migrator.core.errors import ProjectError
    from migrator.report.destroy_text import listing_document, listing_text

    try:
        project = project_name(project_of(request))
    except ProjectError:
        project = ""  # the list is of the account; the project only decides which command removes its own
    found = listing(request.profile, request.region)
    text = json.dumps(listing_document(found, project), indent=2) if format_ == "json" else listing_text(found, project)
    options.show(text, output)
    return OK


def _ask(question: str = "Deploy this?") -> None:
    from migrator.core.errors import UsageError

    if not options.interactive():
        raise UsageError("nobody is there to agree to the plan", hint="look at it with --plan, then add --yes")
    click.confirm(question, abort=True, err=True)


def _consent(path: Path, gen2: Path | None, target: str, said: bool | None, plan: bool) -> bool | None:
    """Whether functions may run: what was said now, else what was said before, else somebody is asked once."""
    if said is not None or target != "local" or plan or not options.interactive():
        return said
    from migrator.commands.deploy_request import consent_folder
    from migrator.deploy.consent import known_consent

    if known_consent(consent_folder(Request(path, gen2))) is not None:
        return None
    question = (
        "The checks call the project's functions, on this machine, without your credentials and without network. "
        "May they run"
    )
    return click.confirm(question, default=False, err=True)


def _rendered(report: DeployReport, format_: str, verbose: bool) -> str:
    if format_ == "json":
        from migrator.report.deploy_json import deploy_document

        return json.dumps(deploy_document(report), indent=2, ensure_ascii=False)
    from migrator.report.deploy_text import deploy_text

    return deploy_text(report, verbose=verbose)
