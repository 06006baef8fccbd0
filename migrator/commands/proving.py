"""Proving schemas: the question for Node, and what the categories make of its answers.

Commands do not know which category has a schema; the category says so (`Category.schema`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from migrator.commands.assessment import Assessment
from migrator.core.errors import VerifyError
from migrator.core.ref import ResourceRef
from migrator.engine.proof import Outcome, Outline, Proof, Reached, SchemaProof
from migrator.output.files import OutputFile
from migrator.output.paths import check_path

INSTALL = "`migrate verify --only schema --install` proves it"
"""What to do where the tools for the proof are missing."""


class Schema(Struct, frozen=True):
    """A schema of an app that is converted: how it is written, and how it is compared."""

    ref: ResourceRef
    outline: Outline
    proof: SchemaProof
    assessment: Assessment

    def compare(self, reached: Reached) -> Proof:
        """The proof from what reached Gen 2, its functions named as resources. What did not load is different."""
        if reached.error:
            place = f"{reached.place or self.proof.file}" + (f":{reached.line}" if reached.line else "")
            return Proof(Outcome.DIFFERENT, f"{place}: {reached.error}")
        known = _functions(self.assessment)
        named = {name: known.get(tag, tag) for name, tag in reached.functions.items()}
        return self.proof.compare(self.ref, replace(reached, functions=named), self.assessment.context)

    @property
    def branch(self) -> str:
        """The branch of the environment that is converted."""
        context = self.assessment.context
        return context.branch(context.app.env or "main")


class Proven(Struct, frozen=True):
    """A schema's outline and its proof, for reports."""

    outline: Outline
    proof: Proof


def schema_of(assessment: Assessment) -> Schema | None:
    """The app's schema, where one of the selected resources has one."""
    context = assessment.context
    for category in assessment.categories.values():
        for resource in context.graph.resources if category.schema else ():
            if category.schema and context.converted(resource.ref):
                outline = category.schema.outline(resource.ref, context)
                if outline is not None:
                    return Schema(resource.ref, outline, category.schema, assessment)
    return None


def _functions(assessment: Assessment) -> Mapping[str, str]:
    """What definitions export (`function/resize/resource#resize`) to the resources that they define."""
    context = assessment.context
    found: dict[str, str] = {}
    for resource in context.graph.resources:
        category = assessment.category(resource)
        for fact in resource.facts if category and context.converted(resource.ref) else ():
            definition = category.define(fact, context) if category else None
            if definition is not None:
                tag = f"{definition.file.removesuffix('.ts')}#{definition.variable}"
                found[tag] = str(definition.resource)
    return found


def prove(schemas: Sequence[Schema], files: Sequence[Sequence[OutputFile]], project: Path) -> tuple[Proof, ...]:
    """The proofs of schemas that are about to be written, from their files; all in one Node process.

    `project` is the folder whose own Node packages are taken, when it has them; nothing is installed.
    """
    if not schemas:
        return ()
    from migrator.node.process import Processes
    from migrator.node.toolchain import find_toolchain
    from migrator.verify.schemas import PACKAGES, SchemaSource, read_schemas

    try:
        toolchain = find_toolchain(project, install=False, progress=lambda line: None, packages=PACKAGES)
        with tempfile.TemporaryDirectory(prefix="migrate-proof-") as name, Processes() as processes:
            sources = []
            for at, (schema, emitted) in enumerate(zip(schemas, files, strict=True)):
                folder = Path(name) / str(at)
                _write(folder, emitted, schema.proof.file)
                sources.append(SchemaSource(folder, schema.proof.file, schema.branch))
            answers = read_schemas(sources, toolchain, processes)
    except VerifyError as error:
        return tuple(Proof(Outcome.NOT_RUN, f"{error.message}; {INSTALL}") for _ in schemas)
    except OSError as error:
        return tuple(Proof(Outcome.NOT_RUN, f"{error.strerror or error}; {INSTALL}") for _ in schemas)
    return tuple(schema.compare(reached) for schema, reached in zip(schemas, answers, strict=True))


def _write(folder: Path, files: Sequence[OutputFile], file: str) -> None:
    """The schema's own folder, and the modules above it."""
    own = Path(file).parent
    for one in files:
        place = Path(one.path)
        if isinstance(one.content, str) and (place.is_relative_to(own) or place.parent == own.parent):
            check_path(one.path)
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(one.content, encoding="utf-8")
