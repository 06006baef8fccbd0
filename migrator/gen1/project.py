"""A folder with Gen 1 projects in it: which apps there are, and whether it holds Gen 2 as well."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import ProjectError
from migrator.core.finding import Finding
from migrator.gen1.app import App, EnvironmentChoice
from migrator.gen1.discovery import Gen2Backend, is_amplify, is_project_root, package_of, search
from migrator.gen1.tree import Tree

__all__ = ["App", "EnvironmentChoice", "Gen2Backend", "Project", "Verdict", "discover"]


class Verdict(StrEnum):
    """What a folder holds."""

    GEN1 = "gen1"
    GEN2 = "gen2"
    MIXED = "mixed"
    NONE = "none"


class Project(Struct, frozen=True):
    """Everything that was found below a folder."""

    root: Path
    apps: tuple[App, ...]
    gen2: tuple[Gen2Backend, ...]
    tree: Tree

    @property
    def verdict(self) -> Verdict:
        """Whether the folder holds Gen 1, Gen 2, both or neither."""
        backends = any(app.folder is not None for app in self.apps)
        if self.gen2:
            return Verdict.MIXED if backends else Verdict.GEN2
        return Verdict.GEN1 if self.apps else Verdict.NONE

    @property
    def findings(self) -> list[Finding]:
        """What listing the folders has shown, of no app in particular."""
        return list(self.tree.findings)


def discover(path: Path | str, env: str | None = None) -> Project:
    """The project at a folder: its root, its `amplify` folder, or a monorepo with several.

    Raises ProjectError when the folder cannot be read, EnvironmentChoice when no app has the environment asked for.
    """
    root, start = _root(Path(path))
    tree = Tree(root, [])
    # around a folder that was named itself, front ends are looked for only where a project's root shows
    found = search(tree, "" if is_project_root(tree) else start)
    if start and start not in found.amplify:
        found = search(tree, start)  # its name is one that a search skips
    apps = _apps(tree, found.amplify, found.front_ends, env)
    gen2 = tuple(backend for backend in found.gen2 if backend.file.startswith(start))
    if start:
        apps = tuple(app for app in apps if app.folder == tree.path(start))
    known = [app for app in apps if app.environments]
    if env and known and len(known) == len(apps) and not any(env in app.environments for app in known):
        _name(apps)
        raise EnvironmentChoice(known[0].name, known[0].environments, env)
    _name(apps)
    return Project(root, apps, gen2, tree)


def _root(path: Path) -> tuple[Path, str]:
    """The project's root, and the `amplify` folder when that is what was named."""
    try:
        root = path.expanduser().resolve(strict=True)
        if not root.is_dir():
            raise ProjectError(f"{path} is a file, not a folder.", hint="Name the folder of the project.")
        next(root.iterdir(), None)
    except FileNotFoundError:
        raise ProjectError(f"There is no folder {path}.", hint="Name the folder of the project.") from None
    except (OSError, RuntimeError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise ProjectError(f"{path} cannot be read: {reason}.", hint="Name a folder that you may read.") from None
    if root.name.lower() == "backend" and is_amplify(Tree(root.parent, []), ""):
        root = root.parent
    if root.parent != root and is_amplify(Tree(root, []), ""):
        return root.parent, root.name
    return root, ""


def _apps(tree: Tree, folders: list[str], front_ends: list[str], env: str | None) -> tuple[App, ...]:
    places = {folder.rpartition("/")[0]: folder for folder in folders}
    files: dict[str, list[str]] = {place: [] for place in places}
    for file in front_ends:
        owners = [place for place in places if not place or file.startswith(f"{place}/")]
        owner = max(owners, key=len, default=None)
        if owner is None:
            owner = next(iter(places)) if len(places) == 1 else package_of(tree, file)
        files.setdefault(owner, []).append(file)
    return tuple(App(tree, place, places.get(place), tuple(found), env) for place, found in files.items())


def _name(apps: tuple[App, ...]) -> None:
    """Gives each app its project's name, or its place where two projects have the same."""
    names = [app.cursor("project-config.json").get("projectName").text().value or app.root.name for app in apps]
    for app, name in zip(apps, names, strict=True):
        app.name = name if names.count(name) == 1 else app.place or name
