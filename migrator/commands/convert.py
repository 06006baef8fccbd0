"""`migrate convert`: the Gen 2 project, whole or slice by slice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from migrator.commands.assessment import Assessment
from migrator.commands.origin import given_name, place_of, require_same_project
from migrator.commands.project_files import project_files
from migrator.commands.selection import CONVERTED, Selection, select
from migrator.core.errors import ConversionError, UsageError
from migrator.core.finding import Finding, Severity
from migrator.engine.assemble import assemble
from migrator.engine.context import Options
from migrator.gen1.project import App, discover
from migrator.gen2.backend import Backend, Task
from migrator.output.emit import Emission, emit
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
    style: str
    """Of the data schema: `typed`, `mixed`, `sdl`, or empty without data."""

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
    ready = [_prepared(app, request, folders[app.place], progress) for app in read]
    return tuple(finish() for finish in ready)


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


def _prepared(app: App, request: Request, folder: Path, progress: Callable[[str], None]) -> Callable[[], Conversion]:
    """What is left to do for an app when everything that could stop its conversion is over: to write it."""
    known = read_manifest(folder)
    options = _options(request, known)
    assessment = Assessment(app, options, request.rules)
    context = assessment.context
    chosen = select(context.graph, assessment.features, request.features, known.features, options.reuse)
    _require_something(request, chosen, assessment)
    assessment.narrow(chosen.resources)
    backend, broken = assemble(assessment.matches.matches, assessment.context, assessment.categories)
    emission = emit(backend, assessment.context, assessment.categories)
    findings = _findings(assessment, chosen, (*broken, *emission.findings))
    moves = _moves(app, request, options)
    made = project_files(assessment, chosen, backend, emission, findings, folder, in_place=request.in_place)
    output = Output(
        (*emission.files, *made.files),
        features=chosen.features,
        options=_remembered(app, folder, options, known, bool(moves)),
        based_on=made.based_on,
        security=_security(emission),
        moves=moves,
        source_root=app.root,
    )

    def finish() -> Conversion:
        shown = diff(folder, output) if request.dry_run else ""
        written = write(folder, output, dry_run=request.dry_run, progress=progress)
        style = _style(backend)
        return Conversion(app.name, folder, chosen.features, written, shown, findings, made.tasks, made.deferred, style)

    return finish


def _options(request: Request, known: Manifest) -> Options:
    """The choices of this run, on top of those that earlier slices were made with."""
    kept = known.options
    return Options(
        reuse=request.reuse | frozenset(kept.reuse),
        branch_map={**kept.branch_map, **request.branch_map},
        api_id=request.api_id or kept.api_id,
        schema=request.schema or kept.schema_style or "auto",
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
        gen1_folder="amplify-gen1" if renamed else known.options.gen1_folder,
    )


def _require_something(request: Request, chosen: Selection, assessment: Assessment) -> None:
    missing = [f for f in request.features if f not in assessment.features.values()]
    if missing:
        there = sorted({f for ref, f in assessment.features.items() if ref not in assessment.whole})
        raise UsageError(
            f"the project has no {' and no '.join(missing)}", hint=f"It has {', '.join(there) or 'no resources'}."
        )
    later = [f for f in request.features if f not in CONVERTED]
    if later:
        raise UsageError(
            f"{' and '.join(later)} cannot be converted yet",
            hint="`migrate scan` says what to do about each of its resources.",
        )
    if request.reuse - {"auth", "storage", "data"}:
        raise ConversionError("only auth, storage and data can be reused")
    if not chosen.resources and request.features:
        raise ConversionError("nothing to convert", hint="`migrate scan` lists what the project holds.")


def _findings(assessment: Assessment, chosen: Selection, more: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Findings about what is being converted, what of the same features cannot be, and the project as a whole."""
    selection, features = assessment.context.selection, assessment.features
    held = (
        f
        for f in assessment.findings
        if f.resource is None or f.resource in selection or features.get(f.resource) in chosen.features
    )
    return tuple(sorted(dict.fromkeys((*held, *more)), key=lambda f: (f.severity.rank, str(f.resource or ""), f.rule)))


def _moves(app: App, request: Request, options: Options) -> tuple[Move, ...]:
    if not request.in_place:
        return ()
    from migrator.output.in_place import prepare  # asks git

    return prepare(app.root, tuple(app.environments), options.branch_map, force=request.force)


def _security(emission: Emission) -> dict[str, str]:
    """Files whose change may open or close access: their whole text counts as rules."""
    guarded = ("wiring.ts", "storage/resource.ts", "data/resource.ts", "auth/resource.ts", ".graphql")
    return {f.path: f.content for f in emission.files if isinstance(f.content, str) and f.path.endswith(guarded)}


def _style(backend: Backend) -> str:
    factories = {p.definition.factory.id for p in backend.pieces if hasattr(p, "definition")}
    return "sdl" if "defineData" in factories else ""
