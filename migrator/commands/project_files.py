"""The files around the backend: manifests, build settings and MIGRATION.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from migrator.commands.assessment import Assessment
from migrator.commands.origin import project_name
from migrator.commands.scan import effort_of
from migrator.commands.selection import CONVERTED, Selection
from migrator.core.finding import Finding, Severity, Topic
from migrator.gen2.backend import Backend, DefinitionOf, Dependency, Reference, Registration, Secret, Task, Wiring
from migrator.output.amplify_yml import amplify_yml
from migrator.output.emit import Emission
from migrator.output.files import OutputFile
from migrator.output.manifest import fingerprint, read_manifest
from migrator.output.manifests import MODULE_PACKAGE, TSCONFIG, PackageConflict, gitignore, package_json
from migrator.output.migration_notes import (
    CallbackUrls,
    ConvertedResource,
    DeferredGrant,
    LiveEffect,
    Notes,
    OpenPoint,
    OpenReference,
    print_notes,
)
from migrator.typescript.rewrite import walk


class ProjectFiles(Struct, frozen=True):
    """The files, the texts that some were merged from, what is left to do, and what waits for other features."""

    files: tuple[OutputFile, ...]
    based_on: Mapping[str, str]
    tasks: tuple[Task, ...]
    deferred: tuple[str, ...]


def project_files(
    assessment: Assessment,
    chosen: Selection,
    backend: Backend,
    emission: Emission,
    findings: tuple[Finding, ...],
    folder: Path,
    *,
    in_place: bool,
) -> ProjectFiles:
    """Everything of the Gen 2 project that is not the backend itself."""
    app = assessment.app
    existing = {name: _users(folder, name, in_place=in_place) for name in ("package.json", "amplify.yml", ".gitignore")}
    dependencies = [p for p in backend.pieces if isinstance(p, Dependency)]
    package = package_json(project_name(app), dependencies, existing["package.json"])
    build = amplify_yml(
        existing["amplify.yml"] or _text(app.root / "amplify.yml"),
        package_manager=package_manager(app.root),
        scripts=_scripts(app.root),
    )
    ignored = gitignore(existing[".gitignore"], ("amplify", "amplify-gen1") if in_place else None)
    tasks = tuple(
        dict.fromkeys(
            (
                *(p for p in backend.pieces if isinstance(p, Task)),
                *(Task("", text, "GEN040") for text in build.tasks),
                *(Task("", _conflict(conflict), "GEN041") for conflict in package.conflicts),
            )
        )
    )
    deferred = tuple(_deferred(emission.deferred))
    notes = _notes(assessment, chosen, backend, emission, findings, tasks, deferred)
    texts = {
        "package.json": package.text,
        "amplify.yml": build.text,
        ".gitignore": ignored,
        "amplify/package.json": MODULE_PACKAGE,
        "amplify/tsconfig.json": TSCONFIG,
        "MIGRATION.md": print_notes(notes),
    }
    files = tuple(OutputFile(path, text, chosen.features) for path, text in texts.items())
    based_on = {name: text for name, text in existing.items() if text is not None}
    return ProjectFiles(files, based_on, tasks, tuple(g.text for g in deferred))


def _notes(
    assessment: Assessment,
    chosen: Selection,
    backend: Backend,
    emission: Emission,
    findings: tuple[Finding, ...],
    tasks: tuple[Task, ...],
    deferred: tuple[DeferredGrant, ...],
) -> Notes:
    app, context = assessment.app, assessment.context
    points = [*_points(assessment, findings), *(OpenPoint(str(t.resource or ""), t.rule, t.text) for t in tasks)]
    effects = [
        (context.reused(f.resource), LiveEffect(context.features.get(f.resource, ""), f"{f.message} {f.hint}".strip()))
        for f in findings
        if f.topic is Topic.DATA and f.resource is not None
    ]
    empty = [name for name, value in emission.references.items() if not value]
    present = set(assessment.features.values())
    return Notes(
        project=project_name(app),
        env=app.env or "",
        features=chosen.features,
        remaining=tuple(f for f in CONVERTED if f in present and f not in chosen.features),
        branches=tuple(context.branch(env) for env in app.environments),
        resources=tuple(_resources(assessment, chosen)),
        open_points=tuple(dict.fromkeys(points)),
        secrets=tuple(p for p in backend.pieces if isinstance(p, Secret)),
        callbacks=tuple(
            CallbackUrls(p.provider, p.console, (p.url,)) for p in backend.pieces if isinstance(p, Registration)
        ),
        references=tuple(OpenReference("amplify/references.ts", name, _meaning(name)) for name in empty),
        left_behind=tuple(effect for reused, effect in effects if not reused),
        touched=tuple(effect for reused, effect in effects if reused),
        deferred=deferred,
        package_manager=package_manager(app.root),
    )


def _resources(assessment: Assessment, chosen: Selection) -> Iterator[ConvertedResource]:
    for resource, account in zip(assessment.context.graph.resources, assessment.accounts, strict=True):
        if resource.ref in chosen.resources:
            found = tuple(f for f in assessment.findings if f.resource == resource.ref)
            yield ConvertedResource(
                assessment.features[resource.ref],
                resource.ref.name,
                resource.service,
                effort_of(account, found),
                assessment.context.reused(resource.ref),
            )


def _points(assessment: Assessment, findings: Iterable[Finding]) -> Iterator[OpenPoint]:
    """What is left, also of resources that are not converted at all: nothing is missing without being listed."""
    of_others = (
        f
        for f in assessment.findings
        if f.resource is not None and assessment.features.get(f.resource, "") not in CONVERTED
    )
    for found in (*findings, *of_others):
        if found.severity is not Severity.INFO and found.topic is None:
            place = f" ({found.location})" if found.location else ""
            blocks = found.severity is Severity.BLOCKER
            yield OpenPoint(str(found.resource or ""), found.rule, f"{found.message}{place}", found.hint, blocks)


def _deferred(wirings: Iterable[Wiring]) -> Iterator[DeferredGrant]:
    for wiring in wirings:
        needs = {n.resource for n in walk(wiring.body) if isinstance(n, Reference | DefinitionOf)}
        waits = tuple(sorted({str(ref) for ref in needs} - {str(wiring.owner)}))
        yield DeferredGrant(f"{wiring.rule} for {wiring.owner or wiring.feature}", waits)


def _conflict(conflict: PackageConflict) -> str:
    asked = ", ".join(f"{who} asks for {version}" for who, version in conflict.others)
    if not conflict.kept:
        return f"{conflict.package} lies in a folder of the Gen 1 project and is not in package.json: {asked}."
    return f"{conflict.package} is {conflict.kept} in package.json, but {asked}. All functions share one version now."


def _meaning(name: str) -> str:
    category, _, rest = name.partition("_")
    return f"an output of the {category.lower()} resource {rest.rpartition('_')[0].lower() or rest.lower()}"


def package_manager(root: Path) -> str:
    """What the project installs packages with, by its lock file."""
    locks = {"pnpm-lock.yaml": "pnpm", "yarn.lock": "yarn", "bun.lockb": "bun", "bun.lock": "bun"}
    return next((tool for lock, tool in locks.items() if (root / lock).is_file()), "npm")


def _users(folder: Path, name: str, *, in_place: bool) -> str | None:
    """The user's version of a file that generated entries join; a file that is still as migrate wrote it has none.

    In place, what migrate wrote holds the user's own entries too.
    """
    text = _text(folder / name)
    written = read_manifest(folder).files.get(name)
    ours = written is not None and text is not None and fingerprint(text.encode()) == written.sha256
    return None if ours and not in_place else text


def _scripts(root: Path) -> dict[str, str]:
    try:
        content = json.loads((root / "package.json").read_text(encoding="utf-8-sig"))
        scripts = content.get("scripts", {})
        return {str(name): str(text) for name, text in scripts.items()}
    except (OSError, ValueError, AttributeError):
        return {}  # no package.json, or none that npm could read: then no script of it can be called either


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
