"""What `migrate verify` compares the schema of a Gen 2 project with."""

from __future__ import annotations

from pathlib import Path

from migrator.commands.converted import Converted
from migrator.commands.proving import schema_of
from migrator.verify.schema_check import SchemaSubject


def schema_subject(
    path: Path, gen2: Path, env: str | None = None, app: str | None = None, rules: Path | None = None
) -> SchemaSubject:
    """The schema of the Gen 1 project at `path`, or of the one that `gen2` was converted from, as it was converted.

    Never raises for a Gen 1 project that cannot be read: the check is skipped then, and says why.
    """
    return subject_of(Converted(path, gen2, env, app, rules))


def subject_of(converted: Converted) -> SchemaSubject:
    """The schema of a project that is read already."""
    assessment = converted.assessment
    if assessment is None:
        return SchemaSubject(reason=converted.reason) if converted.reason else SchemaSubject()
    schema = schema_of(assessment)
    if schema is None:
        return SchemaSubject(reason="the project has no GraphQL API that was converted")
    if not converted.known.features and not (converted.gen2 / schema.proof.file).is_file():
        return SchemaSubject(reason=f"the Gen 2 project has no {schema.proof.file}")
    return SchemaSubject(str(schema.ref), schema.proof.file, schema.compare)
