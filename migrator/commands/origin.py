"""Which Gen 1 project an output folder was written for: a second one must not take the place of its files."""

from __future__ import annotations

import os
from pathlib import Path

from migrator.core.errors import UsageError
from migrator.core.location import Location
from migrator.gen1.project import App
from migrator.output.manifest import MANIFEST, Manifest


def given_name(app: App) -> str:
    """The name in `project-config.json`; empty when there is none."""
    return app.cursor("project-config.json").get("projectName").text().value


def project_name(app: App) -> str:
    """The name that was given, or that of the folder."""
    return given_name(app) or app.root.resolve().name


def place_of(app: App, folder: Path) -> str:
    """The project's folder as seen from the output folder; empty when the two do not lie together.

    A path over many folders would only hold on the machine that it was written on.
    """
    root, target = app.root.resolve(), folder.resolve()
    together = root.is_relative_to(target.parent) or target.is_relative_to(root)
    return Path(os.path.relpath(root, target)).as_posix() if together else ""


def require_same_project(app: App, folder: Path, known: Manifest) -> None:
    """Raises UsageError when the folder was written for another Gen 1 project.

    The same name at another place is taken for a project that was moved, unless the other one still lies there.
    """
    kept = known.options
    if kept.project and kept.project != given_name(app):
        raise _another(app, folder, kept.project)
    place = kept.place and (folder / kept.place)
    if place and place.resolve() != app.root.resolve() and (place / "amplify" / "backend").is_dir():
        raise _another(app, folder, f"{kept.project or 'the one'} in {Path(os.path.normpath(place))}")


def _another(app: App, folder: Path, other: str) -> UsageError:
    return UsageError(
        f"{folder} was written for another Gen 1 project: {other}; this one is {project_name(app)} in {app.root}",
        hint="Choose another folder with --out. If the project was renamed, remove the folder and convert again.",
        location=Location(str(folder / MANIFEST)),
    )
