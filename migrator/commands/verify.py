"""`migrate verify`: the proof of a Gen 2 project."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from migrator.commands.converted import Converted
from migrator.commands.deployed_subject import acknowledge_rules, deployed_subject
from migrator.commands.schema_subject import subject_of
from migrator.output.manifest import read_manifest
from migrator.verify.results import VerifyReport
from migrator.verify.run import verify as run

DEFAULT = Path("gen2")
"""Where `migrate convert` writes unless told otherwise."""


def verify(
    path: Path,
    gen2: Path | None = None,
    *,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    install: bool = False,
    branch: str = "",
    env: str | None = None,
    app: str | None = None,
    rules: Path | None = None,
    features: Collection[str] = (),
    acknowledge: Collection[str] = (),
    progress: Callable[[str], None] = lambda line: None,
) -> VerifyReport:
    """Runs the checks on the Gen 2 project that belongs to `path` (see `migrator.verify.run.verify`).

    Without `branch`, the one of the environment that was converted is synthesized. `env`, `app` and `rules` choose
    what of the Gen 1 project is compared with; it is only read when a check needs it. `features` leaves others out.
    The rules in `acknowledge` are noted in the Gen 2 project first. Raises UsageError for one that is none, and
    for an environment that the Gen 1 project does not have.
    """
    folder = located(path, gen2)
    chosen = branch or converted_branch(folder)
    converted = Converted(path, folder, env, app, rules)
    if env:
        converted.require()
    acknowledge_rules(converted, acknowledge)
    return run(
        folder,
        only=only,
        skip=skip,
        install=install,
        branch=chosen,
        progress=progress,
        subject=lambda: subject_of(converted),
        compared=lambda: deployed_subject(converted, features),
    )


def converted_branch(folder: Path) -> str:
    """The branch of the environment that the project was converted from; `main` when nothing says it."""
    options = read_manifest(folder).options
    return options.branch_map.get(options.env, options.env) or "main"


def located(path: Path, gen2: Path | None) -> Path:
    """The Gen 2 project: the one named, else `gen2/` beside the caller or in the project, else the project itself."""
    if gen2 is not None:
        return gen2
    for folder in (DEFAULT, path / DEFAULT, path):
        if (folder / "amplify" / "backend.ts").is_file():
            return folder
    return DEFAULT
