"""`migrate convert --outputs-only`: an `amplify_outputs.json` of the live Gen 1 backend.

A front end can move to `amplify_outputs.json` with it before its backend does. Nothing else is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.categories import announcements, load
from migrator.commands.assessment import Assessment
from migrator.commands.origin import require_same_project
from migrator.core.errors import ConversionError, UsageError, VerifyError
from migrator.core.finding import Finding
from migrator.engine.client_config import Told, environment_of_files, names_another
from migrator.engine.findings import engine_finding
from migrator.engine.observed import ClientSchema
from migrator.engine.outputs import other_environments
from migrator.gen1.project import App, discover
from migrator.gen2.client_config import FILE, complaint, print_client_config
from migrator.output.files import OutputFile
from migrator.output.manifest import read_manifest
from migrator.output.plan import ALONE
from migrator.output.write import Output, Written, diff, write


class Request(Struct, frozen=True):
    """What was asked for on the command line."""

    path: Path
    out: Path | None = None
    """The app's own folder, where nothing else is said."""
    env: str | None = None
    app: str | None = None
    dry_run: bool = False
    models: bool = True
    """Whether models are made, where Node and its packages are there."""


class Outputs(Struct, frozen=True):
    """One app: its sections, what became of the file, and what the user must know."""

    app: str
    folder: Path
    sections: tuple[str, ...]
    written: Written
    diff: str
    findings: tuple[Finding, ...]


def outputs_only(request: Request, progress: Callable[[str], None] = lambda line: None) -> tuple[Outputs, ...]:
    """Writes the file of every app below the path, or of the one named.

    Raises UsageError when a choice is missing (EnvironmentChoice when it is the environment), ConversionError when
    nothing is known that clients are told.
    """
    project = discover(request.path, request.env)
    apps = [app for app in project.apps if request.app in (None, app.name) and (app.folder or app.front_ends)]
    if not apps:
        what = f"no app named {request.app}" if request.app else "no Gen 1 backend, and no front end of one"
        raise UsageError(f"{request.path} holds {what}", hint="Name the folder that holds `amplify/`.")
    several = len(apps) > 1
    drafts = [_draft(app, _folder(app, request, several), request) for app in apps]
    return tuple(_written(draft, request, progress) for draft in drafts)


def folders(path: Path, out: Path | None, name: str | None) -> tuple[Path, ...]:
    """Where the files of the apps lie."""
    apps = [app for app in discover(path).apps if name in (None, app.name)]
    request = Request(path, out)
    return tuple(dict.fromkeys(_folder(app, request, len(apps) > 1) for app in apps)) or ((out or path),)


def _folder(app: App, request: Request, several: bool) -> Path:
    if request.out is None:
        return app.root
    return request.out / app.name if several else request.out


class _Draft(Struct, frozen=True):
    """The file before it is written."""

    app: App
    folder: Path
    sections: Mapping[str, Mapping[str, Any]]
    findings: tuple[Finding, ...]


def _draft(app: App, folder: Path, request: Request) -> _Draft:
    require_same_project(app, folder, read_manifest(folder))
    app.require_env()
    assessment = Assessment(app)
    told = list(_told(assessment))
    findings = [*_of_environment(app), *_lacking(told)]
    sections: dict[str, dict[str, Any]] = {}
    for one in told:
        if not any(lack.needed for lack in one.lacks):
            _merge(sections, one.section, {**one.values})
    findings += _models(told, sections, folder, request)
    findings += _fitting(sections)
    held = {name: section for name, section in sections.items() if section}
    if not held:
        raise ConversionError(
            f"nothing that clients need is known of {app.name or app.root}",
            hint="; ".join([one.message for one in findings][:2]) or "`migrate fetch` brings what is deployed.",
        )
    return _Draft(app, folder, held, tuple(dict.fromkeys(findings)))


def _models(told: list[Told], sections: dict[str, dict[str, Any]], folder: Path, request: Request) -> Iterator[Finding]:
    """Adds the models of the API to its section."""
    for one in told:
        if one.section != "data" or one.section not in sections:
            continue
        model, problem = _model(one.schema, folder) if request.models else (None, "it was left out (--no-proof)")
        if model:
            sections[one.section]["model_introspection"] = model
        else:
            yield engine_finding("GEN062", f"{one.resource or 'The API'} has no models: {problem}.")


def _fitting(sections: dict[str, dict[str, Any]]) -> Iterator[Finding]:
    """Takes out the sections that clients could not read."""
    for name in [*sections]:
        if problem := complaint(name, sections[name]):
            del sections[name]
            yield engine_finding("GEN064", f"The section {name} is left out: {problem}.")


def _told(assessment: Assessment) -> Iterator[Told]:
    """What the categories say of the live resources: nothing is converted. A front end may be all that there is."""
    context = replace(assessment.context, selection=frozenset())
    for announced in announcements():
        yield from load(announced.name).client_config(context)


def _merge(sections: dict[str, dict[str, Any]], name: str, values: dict[str, Any]) -> None:
    """Several parts of one section; those of `custom` come from several services."""
    sections.setdefault(name, {}).update(values)


def _lacking(told: list[Told]) -> Iterator[Finding]:
    for one in told:
        yield from one.notes
        for lack in one.lacks:
            without = f"; the section {one.section} is left out" if lack.needed else ""
            found = engine_finding("GEN060", f"No file says {lack.what}{without}.")
            hint = f"{found.hint} {lack.hint}".strip()
            yield replace(found, resource=one.resource, hint=hint)


def _of_environment(app: App) -> Iterator[Finding]:
    """Whose values the front end's files hold, where that is in doubt."""
    if not app.front_ends:
        return
    file = app.front_ends[0].name
    if names_another(app):
        said = f"{file} is of the environment {environment_of_files(app)}, and is not used for {app.env}."
        yield engine_finding("GEN063", said)
        return
    others = dict(other_environments(app))
    for file, resource in others.items():
        yield engine_finding("GEN063", f"{file} names another {resource} than that of {app.env}, and is not used.")
    deployed = any(entry.indexed("output").present for entry in app.entries)
    if len(app.environments) > 1 and not environment_of_files(app) and not deployed:
        yield engine_finding("GEN063", f"{file} does not say its environment; it is taken for {app.env}.")


def _model(schema: ClientSchema, folder: Path) -> tuple[Mapping[str, Any] | None, str]:
    """The models that Amplify's own generator makes, or why there are none. Nothing is installed for it."""
    if not schema.text:
        return None, "the project holds no schema of the second transformer"
    from migrator.node.process import Processes  # Node is started only for a schema
    from migrator.node.toolchain import find_toolchain
    from migrator.verify.client_outputs import make_models

    try:
        toolchain = find_toolchain(folder, install=False, progress=lambda line: None)
        with Processes() as processes:
            made = next(iter(make_models([schema], toolchain, processes)), None)
    except VerifyError as error:
        return None, error.message
    return (made.model, made.error) if made else (None, "Amplify's generator gave no answer")


def _written(draft: _Draft, request: Request, progress: Callable[[str], None]) -> Outputs:
    file = OutputFile(FILE, print_client_config(draft.sections), (ALONE,))
    output = Output((file,), alone=True)
    shown = diff(draft.folder, output) if request.dry_run else ""
    written = write(draft.folder, output, dry_run=request.dry_run, progress=progress)
    return Outputs(draft.app.name, draft.folder, tuple(draft.sections), written, shown, draft.findings)
