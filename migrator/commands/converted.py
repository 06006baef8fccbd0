"""The Gen 1 project that a Gen 2 project was converted from, read as it was converted."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from migrator.commands.assessment import Assessment
from migrator.commands.origin import given_name
from migrator.commands.selection import CONVERTED, select
from migrator.core.errors import MigratorError
from migrator.engine.context import Options
from migrator.gen1.project import App, discover
from migrator.output.manifest import Manifest, read_manifest


class Converted:
    """The Gen 1 project at `path`, or the one that `gen2` was converted from; read when it is asked for, and once."""

    def __init__(
        self, path: Path, gen2: Path, env: str | None = None, app: str | None = None, rules: Path | None = None
    ) -> None:
        self.path = path
        self.gen2 = gen2
        self._env = env
        self._name = app
        self.rules = rules
        self.reason = ""
        """Why there is no assessment; empty when there simply is no Gen 1 project."""
        self._problem: MigratorError | None = None

    @cached_property
    def known(self) -> Manifest:
        """What `migrate convert` remembers of the Gen 2 project."""
        return read_manifest(self.gen2)

    @cached_property
    def assessment(self) -> Assessment | None:
        """The app with the choices it was converted with; None, and `reason` says why, when it cannot be read."""
        try:
            app = self._app()
            if app is None:
                return None
            app.require_env()
            return self._assessed(app)
        except MigratorError as error:
            self.reason = f"the Gen 1 project cannot be read: {error.message}"
            self._problem = error
            return None

    def require(self) -> None:
        """Raises the MigratorError for which a Gen 1 project cannot be read, such as an environment that it lacks.

        For what the caller named: a comparison with it may not be left out as if nobody had asked.
        """
        if self.assessment is None and self._problem is not None:
            raise self._problem

    @property
    def features(self) -> tuple[str, ...]:
        """The features that the Gen 2 project holds."""
        return self.known.features or CONVERTED

    def _app(self) -> App | None:
        """The app that is named, else the one of the project that was converted, else the only one."""
        kept = self.known.options
        for place in (self.path, *([self.gen2 / kept.place] if kept.place else [])):
            if not place.is_dir():
                continue
            apps = [one for one in discover(place, self._env or kept.env or None).apps if one.folder is not None]
            wanted = [one for one in apps if one.name == self._name] if self._name else apps
            alike = [one for one in wanted if given_name(one) == kept.project] if kept.project else wanted
            if len(wanted) == 1 or len(alike) == 1:
                return alike[0] if len(alike) == 1 else wanted[0]
        return None

    def _assessed(self, app: App) -> Assessment:
        kept = self.known.options
        style, datastore = kept.schema_style or "auto", kept.datastore or "leave"
        options = Options(frozenset(kept.reuse), kept.branch_map, kept.api_id, style, datastore)
        assessment = Assessment(app, options, self.rules)
        chosen = select(assessment.context.graph, assessment.features, self.features, (), options.reuse)
        assessment.narrow(chosen.resources)
        return assessment
