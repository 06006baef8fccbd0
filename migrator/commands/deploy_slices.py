"""The slices of a Gen 2 project as folders: each is converted anew and joined with what the user changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from migrator.commands.convert import Request, convert
from migrator.commands.converted import Converted
from migrator.commands.selection import CONVERTED
from migrator.core.errors import DeployError, MigratorError
from migrator.core.features import rank
from migrator.deploy.slices import copied, cut, deploy_order
from migrator.deploy.targets.interface import Progress, Slice
from migrator.gen1.project import App


def order_of(converted: Converted) -> tuple[str, ...]:
    """The features that the project holds, in the order in which they are deployed."""
    assessment = converted.assessment
    if assessment is None:
        return tuple(sorted(converted.features, key=rank))
    return deploy_order(assessment.context.graph, assessment.features, converted.features)


class Slices:
    """Makes the folders below `folder`; nothing is written anywhere else."""

    def __init__(self, converted: Converted, folder: Path, progress: Progress) -> None:
        self._converted = converted
        self._folder = folder
        self._progress = progress
        self._whole = tuple(converted.known.features or CONVERTED)

    def made(self, steps: tuple[tuple[str, ...], ...], held: tuple[str, ...]) -> tuple[Slice, ...]:
        """The slices with those features. One that cannot be cut out of the project goes along with the next; `held`
        are the features that are deployed already. Raises MigratorError when the whole cannot be written."""
        found: list[Slice] = []
        for features in steps:
            is_last = features == steps[-1]
            folder = self._made(features, is_last=is_last)
            if folder is None:
                continue
            earlier = found[-1].features if found else held
            adds = tuple(feature for feature in features if feature not in earlier)
            removes = () if found else tuple(feature for feature in held if feature not in features)
            found.append(Slice(adds, features, folder, removes))
        return tuple(found)

    def _made(self, features: tuple[str, ...], *, is_last: bool) -> Path | None:
        """The folder of one slice; None when it cannot be cut."""
        target = self._folder / "slices" / "-".join(features)
        if set(features) >= set(self._whole):
            copied(self._converted.gen2, target)
            return target
        told = ", ".join(features)
        try:
            made = cut(self._converted.gen2, self._written(self._whole), self._written(features), target, features)
        except MigratorError as problem:
            if is_last:
                raise
            self._progress(f"{told} cannot be deployed by itself: {problem}; it goes along with the next feature")
            return None
        if made.obstacles and is_last:
            raise DeployError(
                f"{told} cannot be cut out of the project, because {', '.join(made.obstacles)} was edited and is "
                "another file there",
                hint="deploy all features: leave out --feature",
            )
        if made.obstacles:
            self._progress(
                f"{told} cannot be cut out of the project, because {', '.join(made.obstacles)} was edited and is "
                "another file there; it goes along with the next feature"
            )
            return None
        return target

    def _written(self, features: tuple[str, ...]) -> Path:
        """What migrate writes for these features, in a folder of its own."""
        folder = self._folder / "written" / "-".join(features)
        app = self._app()
        kept = self._converted.known.options
        shutil.rmtree(folder, ignore_errors=True)
        convert(
            Request(
                app.root,
                folder,
                features,
                kept.env or app.env,
                app.name,
                self._converted.rules,
                frozenset(kept.reuse),
                kept.branch_map,
                kept.api_id,
                kept.schema_style,
                datastore=kept.datastore,
            )
        )
        return folder

    def _app(self) -> App:
        assessment = self._converted.assessment
        if assessment is None:
            raise DeployError(
                f"the project cannot be cut into features: {self._converted.reason or 'there is no Gen 1 project'}",
                hint="name the Gen 1 project as PATH",
            )
        return assessment.app
