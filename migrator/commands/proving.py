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
    """How a schema is written, and its proof."""

    ref: ResourceRef
    outline: Outline
    proof: Proof

    @property
    def fails(self) -> bool:
        """Whether what reaches Gen 2 is not Gen 1's schema."""
        return self.proof.outcome is Outcome.DIFFERENT


class Draft(Struct, frozen=True):
    """An app that is about to be written: its files, and the folder they go to."""

    assessment: Assessment
    files: tuple[OutputFile, ...]
    folder: Path


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


def prove(drafts: Sequence[Draft], *, run: bool = True) -> tuple[Proven | None, ...]:
    """The proof of each app's schema, from the files that are about to be written; None for an app without one.

    All schemas are read in one Node process. Nothing is installed for it: without the tools, no proof has run.
    """
    found = [schema_of(draft.assessment) for draft in drafts]
    there = [(schema, draft) for schema, draft in zip(found, drafts, strict=True) if schema]
    if run and there:
        proofs = iter(_proofs(there))
    else:
        proofs = iter([Proof(Outcome.NOT_RUN, "it was left out (--no-proof)")] * len(there))
    return tuple(Proven(schema.ref, schema.outline, next(proofs)) if schema else None for schema in found)


def _proofs(drafts: Sequence[tuple[Schema, Draft]]) -> tuple[Proof, ...]:
    from migrator.node.process import Processes  # Node is started only for a schema
    from migrator.node.toolchain import find_toolchain
    from migrator.verify.schemas import PACKAGES, SchemaSource, read_schemas

    try:
        place = drafts[0][1].folder
        toolchain = find_toolchain(place, install=False, progress=lambda line: None, packages=PACKAGES)
        with tempfile.TemporaryDirectory(prefix="migrate-proof-") as name, Processes() as processes:
            sources = []
            for at, (schema, draft) in enumerate(drafts):
                folder = Path(name) / str(at)
                _write(folder, draft.files, schema.proof.file)
                sources.append(SchemaSource(folder, schema.proof.file, schema.branch))
            answers = read_schemas(sources, toolchain, processes)
    except VerifyError as error:
        return (Proof(Outcome.NOT_RUN, f"{error.message}; {INSTALL}"),) * len(drafts)
    except OSError as error:
        return (Proof(Outcome.NOT_RUN, f"{error.strerror or error}; {INSTALL}"),) * len(drafts)
    return tuple(schema.compare(reached) for (schema, _), reached in zip(drafts, answers, strict=True))


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
