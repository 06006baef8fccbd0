"""What `migrate verify` compares the schema of a Gen 2 project with."""

from __future__ import annotations

from pathlib import Path

from migrator.commands.assessment import Assessment
from migrator.commands.origin import given_name
from migrator.commands.proving import schema_of
from migrator.commands.selection import CONVERTED, select
from migrator.core.errors import MigratorError
from migrator.engine.context import Options
from migrator.gen1.project import App, discover
from migrator.output.manifest import Manifest, read_manifest
from migrator.verify.schema_check import SchemaSubject


def schema_subject(
    path: Path, gen2: Path, env: str | None = None, app: str | None = None, rules: Path | None = None
) -> SchemaSubject:
    """The schema of the Gen 1 project at `path`, or of the one that `gen2` was converted from, as it was converted.

    Never raises for a Gen 1 project that cannot be read: the check is skipped then, and says why.
    """
    known = read_manifest(gen2)
    try:
        found = _app(path, gen2, known, env, app)
        if found is None:
            return SchemaSubject()
        found.require_env()
        return _subject(found, known, gen2, rules)
    except MigratorError as error:
        return SchemaSubject(reason=f"the Gen 1 project cannot be read: {error.message}")


def _app(path: Path, gen2: Path, known: Manifest, env: str | None, name: str | None) -> App | None:
    """The app that is named, else the one of the project that was converted, else the only one."""
    places = [path, *([gen2 / known.options.place] if known.options.place else [])]
    for place in places:
        if not place.is_dir():
            continue
        apps = [one for one in discover(place, env or known.options.env or None).apps if one.folder is not None]
        wanted = [one for one in apps if one.name == name] if name else apps
        alike = [one for one in wanted if given_name(one) == known.options.project] if known.options.project else wanted
        if len(wanted) == 1 or len(alike) == 1:
            return alike[0] if len(alike) == 1 else wanted[0]
    return None


def _subject(app: App, known: Manifest, gen2: Path, rules: Path | None) -> SchemaSubject:
    kept = known.options
    options = Options(frozenset(kept.reuse), kept.branch_map, kept.api_id, kept.schema_style or "auto")
    assessment = Assessment(app, options, rules)
    features = known.features or CONVERTED
    chosen = select(assessment.context.graph, assessment.features, features, (), options.reuse)
    assessment.narrow(chosen.resources)
    schema = schema_of(assessment)
    if schema is None:
        return SchemaSubject(reason="the project has no GraphQL API that was converted")
    if not known.features and not (gen2 / schema.proof.file).is_file():
        return SchemaSubject(reason=f"the Gen 2 project has no {schema.proof.file}")
    return SchemaSubject(str(schema.ref), schema.proof.file, schema.compare)
