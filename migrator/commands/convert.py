"""`migrate convert`: the Gen 2 project, whole or slice by slice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from migrator.commands.emitted import Emitted, emitted, settled
from migrator.commands.origin import given_name, place_of, require_same_project
from migrator.commands.project_files import ProjectFiles, project_files
from migrator.commands.proving import Proven
from migrator.core.errors import UsageError
from migrator.core.finding import Finding, Severity
from migrator.engine.context import Options
from migrator.gen1.project import App, discover
from migrator.gen2.backend import Task
from migrator.output.emit import Emission
from migrator.output.manifest import Manifest, read_manifest
from migrator.output.manifest import Options as Remembered
from migrator.output.write import Move, Output, Written, diff, write


class Request(Struct, frozen=True):
    """What was asked for on the command line."""

    path: Path
    out: Path = Path("gen2")
    features: tuple[str, ...] = ()
    """None means everything that can be converted."""
    env: str | None = None
    app: str | None = None
    rules: Path | None = None
    reuse: frozenset[str] = frozenset()
    branch_map: Mapping[str, str] = {}
    api_id: str = ""
    schema: str = ""
    in_place: bool = False
    force: bool = False
    dry_run: bool = False
    proof: bool = False
    """Whether schemas are proven, where Node and its packages are there."""
    datastore: str = ""


class Conversion(Struct, frozen=True):
    """One app converted: what became of each file, and what is left to the user."""

    app: str
    folder: Path
    features: tuple[str, ...]
    written: Written
    diff: str
    findings: tuple[Finding, ...]
    """What the user must know about the resources that were converted."""
    tasks: tuple[Task, ...]
    deferred: tuple[str, ...]
    schema: Proven | None
    """How the data schema is written, and its proof; None without data."""

    @property
    def blocked(self) -> bool:
        """Whether something must be solved before the project can be deployed."""
        return any(f.severity is Severity.BLOCKER for f in self.findings)


def convert(request: Request, progress: Callable[[str], None] = lambda line: None) -> tuple[Conversion, ...]:
    """Converts every app below the path, or the one named.

    Raises UsageError when a choice is missing (EnvironmentChoice when it is the environment) or the folder belongs to
    another project, ConversionError when nothing can be written.
    """
    if request.app is None and request.in_place:
        _one_app(request)
    project = discover(request.path, request.env)
    apps = [a for a in project.apps if request.app in (None, a.name) and a.folder is not None]
    if not apps:
        what = f"no app named {request.app}" if request.app else "no Gen 1 backend (an `amplify` folder)"
        raise UsageError(f"{request.path} holds {what}", hint="Name the folder that holds `amplify/`.")
    several = len(apps) > 1
    folders = {app.place: _folder(app, request, several) for app in apps}
    read = [_of_environment(app, folders[app.place], request) for app in apps]
    for app in read:
        require_same_project(app, folders[app.place], read_manifest(folders[app.place]))
        app.require_env()
    ready = tuple(settled([emitted(app, request, folders[app.place]) for app in read], request))
    planned = [(one, *_output(one, request)) for one in ready]
    return tuple(_written(*plan, request, progress) for plan in planned)


def _of_environment(app: App, folder: Path, request: Request) -> App:
    """The app in the environment that earlier slices were read from, unless another one is asked for."""
    known = read_manifest(folder).options.env
    if request.env or known == app.env or known not in app.environments:
        return app
    return next(a for a in discover(request.path, known).apps if a.place == app.place)


def _one_app(request: Request) -> None:
    apps = [a.name for a in discover(request.path, request.env).apps if a.folder is not None]
    if len(apps) > 1:
        raise UsageError(
            "--in-place converts one app at a time", hint=f"Choose one with --app: {', '.join(sorted(apps))}."
        )


def _folder(app: App, request: Request, several: bool) -> Path:
    if request.in_place:
        return app.root
    return request.out / app.name if several else request.out


def _output(one: Emitted, request: Request) -> tuple[Output, ProjectFiles]:
    """Everything that is written, and what the user is told of it."""
    moves = _moves(one.app, request, one.options)
    made = project_files(
        one.assessment, one.chosen, one.backend, one.emission, one.findings, one.folder, in_place=request.in_place
    )
    output = Output(
        (*one.emission.files, *made.files),
        features=one.chosen.features,
        options=_remembered(one.app, one.folder, one.options, one.known, bool(moves)),
        based_on=made.based_on,
        security=_security(one.emission),
        moves=moves,
        source_root=one.app.root,
    )
    return output, made


def _written(
    one: Emitted, output: Output, made: ProjectFiles, request: Request, progress: Callable[[str], None]
) -> Conversion:
    shown = diff(one.folder, output) if request.dry_run else ""
    written = write(one.folder, output, dry_run=request.dry_run, progress=progress)
    return Conversion(
        one.app.name,
        one.folder,
        one.chosen.features,
        written,
        shown,
        one.findings,
        made.tasks,
        made.deferred,
        one.proven,
    )


def _remembered(app: App, folder: Path, options: Options, known: Manifest, renamed: bool) -> Remembered:
    return Remembered(
        project=known.options.project or given_name(app),
        place=place_of(app, folder) or known.options.place,
        env=app.env or "",
        reuse=tuple(sorted(options.reuse)),
        branch_map=dict(options.branch_map),
        api_id=options.api_id,
        schema_style=options.schema,
        datastore=options.datastore if options.datastore != "leave" else "",
        gen1_folder="amplify-gen1" if renamed else known.options.gen1_folder,
    )


def _moves(app: App, request: Request, options: Options) -> tuple[Move, ...]:
    if not request.in_place:
        return ()
    from migrator.output.in_place import prepare  # asks git

    return prepare(app.root, tuple(app.environments), options.branch_map, force=request.force)


def _security(emission: Emission) -> dict[str, str]:
    """Files whose change may open or close access: their whole text counts as rules."""
    guarded = ("wiring.ts", "storage/resource.ts", "data/resource.ts", "auth/resource.ts", ".graphql")
    return {f.path: f.content for f in emission.files if isinstance(f.content, str) and f.path.endswith(guarded)}
