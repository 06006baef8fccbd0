"""What can be said of converted schemas: the proof, the transformer's own opinion, and the compiler's."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from benchmarks.gen1_transformer import (
    Synthesized,
    gen1_job,
    gen2_job,
    synthesized,
)
from benchmarks.gen1_transformer.differences import api_differences, resolver_differences, table_differences
from benchmarks.schema_samples import Sample, function_names
from migrator.categories.data.edits import Edit, apply
from migrator.categories.data.sdl import SdlError, parse
from migrator.commands.assessment import Assessment
from migrator.commands.proving import Schema, schema_of
from migrator.engine.context import Options
from migrator.engine.proof import Outcome, Proof, Reached
from migrator.gen1.project import discover
from migrator.node.environment import checking_environment
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.schemas import SchemaSource, read_schemas

Pair = tuple[Sample, Path]
_TOGETHER = 40
"""Projects that one run of the compiler takes."""
_LIMIT = 600.0
"""Seconds for one run of the compiler."""
_PLACED = re.compile(r"(?P<file>\S.*?)\(\d+,\d+\): error (?P<message>.+)")


class Ready(Struct, frozen=True):
    """A converted schema with what proves it; None where its category has no schema to prove."""

    folder: Path
    sample: Sample
    schema: Schema | None


class Judged(Struct, frozen=True):
    """Everything that was found out about one schema; empty where nothing was asked."""

    gen1: Synthesized | None = None
    gen2: Synthesized | None = None
    proof: str = Outcome.NOT_RUN
    reason: str = ""
    patches: Mapping[str, int] = {}
    reasons: tuple[str, ...] = ()
    tables: str = ""
    """`same` or `differ`: tables, resolvers and API of both generations."""
    differences: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    """What the compiler complains about."""


def prepared(pairs: Sequence[Pair], style: str) -> list[Ready]:
    """The schemas with their Gen 1 projects, which are read again, as `migrate verify` does."""
    return [_ready(sample, folder, Options(schema=style or "auto")) for sample, folder in pairs]


def _ready(sample: Sample, folder: Path, options: Options) -> Ready:
    apps = discover(sample.project, sample.env).apps
    app = next(one for one in apps if sample.app in ("", one.name) and one.folder is not None)
    return Ready(folder, sample, schema_of(Assessment(app, options)))


def proofs(ready: Sequence[Ready], toolchain: Toolchain) -> list[tuple[Reached, Proof]]:
    """What each project hands to `defineData`, and the proof; all in one Node process."""
    sources = [SchemaSource(one.folder, branch=one.schema.branch if one.schema else "main") for one in ready]
    with Processes() as processes:
        reached = read_schemas(sources, toolchain, processes) if sources else ()
    return [(found, _proof(one, found)) for one, found in zip(ready, reached, strict=True)]


def _proof(one: Ready, reached: Reached) -> Proof:
    return one.schema.compare(reached) if one.schema else Proof(Outcome.NOT_RUN, reached.error)


def judged(
    pairs: Sequence[tuple[Sample, Path | None]], toolchain: Toolchain, transformer: bool, style: str, types: bool = True
) -> Iterator[Judged]:
    """Everything about each schema; those without a folder were not converted. `types` asks the compiler too."""
    converted = [(sample, folder) for sample, folder in pairs if folder]
    ready = prepared(converted, style)
    proven = dict(zip((one.folder for one in ready), zip(ready, proofs(ready, toolchain), strict=True), strict=True))
    if not transformer:
        yield from (_without_transformer(proven.get(folder)) if folder else Judged() for _, folder in pairs)
        return
    gen1 = _of_gen1([sample for sample, _ in pairs], toolchain)
    apis = _of_gen1([sample for sample, _ in pairs], toolchain, iam=False)
    gen2 = _of_gen2([(one.sample, one.folder, reached) for one, (reached, _) in proven.values()], toolchain)
    complaints = type_errors([folder for _, folder in converted], toolchain) if types else {}
    for (sample, folder), before, api in zip(pairs, gen1, apis, strict=True):
        found = _without_transformer(proven.get(folder)) if folder else Judged()
        after = gen2.get(folder) if folder else None
        unlike: tuple[str, ...] = ()
        if compared := before and after and api and not (before.error or after.error):
            unlike = (*table_differences(before, after), *resolver_differences(before, after))
            unlike = (*unlike, *api_differences(api, after, sample.modes[0], sample.closed))
        same = ("differ" if unlike else "same") if compared else ""
        said = tuple(complaints.get(folder, ())) if folder else ()
        yield Judged(before, after, found.proof, found.reason, found.patches, found.reasons, same, unlike, said)


def _without_transformer(found: tuple[Ready, tuple[Reached, Proof]] | None) -> Judged:
    if found is None:
        return Judged()
    ready, (_, proof) = found
    outline = ready.schema.outline if ready.schema else None
    patches, reasons = (outline.patches, outline.reasons) if outline else ({}, ())
    return Judged(proof=proof.outcome, reason=proof.reason, patches=patches, reasons=reasons)


def _of_gen1(listed: Sequence[Sample], toolchain: Toolchain, iam: bool = True) -> list[Synthesized | None]:
    asked = [sample for sample in listed if sample.version == 2]
    jobs = [gen1_job(sample.name, sample.text, sample.flags, sample.modes, iam) for sample in asked]
    found = iter(synthesized(jobs, toolchain))
    return [next(found) if sample.version == 2 else None for sample in listed]


def _of_gen2(reached: Sequence[tuple[Sample, Path, Reached]], toolchain: Toolchain) -> dict[Path, Synthesized]:
    readable = [one for one in reached if not one[2].error]
    jobs = [
        gen2_job(sample.name, with_names_of_gen1(found, function_names(sample)), sample.modes)
        for sample, _, found in readable
    ]
    folders = (folder for _, folder, _ in readable)
    return dict(zip(folders, synthesized(jobs, toolchain), strict=True))


def with_names_of_gen1(reached: Reached, names: Mapping[str, str]) -> str:
    """The SDL with Gen 1's names in `@function`, so that resolvers can be compared; `names` are those by resource."""
    try:
        definitions = parse(reached.sdl)
    except SdlError:
        return reached.sdl  # the transformer says what is wrong
    edits = []
    for directive in (d for one in definitions for field in one.fields for d in field.directives):
        resource = reached.functions.get(str(directive.arguments.get("name")), "").removeprefix("function/")
        if directive.name == "function" and (name := names.get(resource.partition("/")[0])):
            edits.append(Edit(*directive.places["name"], json.dumps(name)))
    return apply(reached.sdl, edits)


def type_errors(folders: Sequence[Path], toolchain: Toolchain) -> dict[Path, list[str]]:
    """What the compiler says about `amplify/data/resource.ts` and all that it imports, by project."""
    found: dict[Path, list[str]] = {}
    for at in range(0, len(folders), _TOGETHER):
        for folder, message in _compiled(folders[at : at + _TOGETHER], toolchain):
            found.setdefault(folder, []).append(message)
    return found


def _compiled(folders: Sequence[Path], toolchain: Toolchain) -> Iterator[tuple[Path, str]]:
    home = Path(os.path.commonpath([folder.parent for folder in folders]))
    modules = home / "node_modules"
    if not modules.is_symlink():
        modules.symlink_to(toolchain.modules, target_is_directory=True)
    options = json.loads((folders[0] / "amplify" / "tsconfig.json").read_text("utf-8"))["compilerOptions"]
    files = [str(folder / "amplify" / "data" / "resource.ts") for folder in folders]
    config = {
        "compilerOptions": {**options, "noEmit": True, "preserveSymlinks": True, "types": ["node"]},
        "files": files,
    }
    (home / "tsconfig.json").write_text(json.dumps(config), "utf-8")
    with Processes() as processes:
        outcome = processes.run(
            (
                toolchain.node.program,
                "--max-old-space-size=4096",
                toolchain.module("typescript/bin/tsc"),
                "-p",
                str(home),
            ),
            folder=home,
            environment=checking_environment(home),
            limit=_LIMIT,
        )
    placed = [match for line in outcome.out.splitlines() if (match := _PLACED.match(line))]
    for match in placed:
        file = (home / match["file"]).resolve()
        owner = next((folder for folder in folders if file.is_relative_to(folder)), folders[0])
        yield owner, f"{file.name}: {match['message']}"
    if outcome.code and not placed:
        yield folders[0], f"the compiler ended with {outcome.code}: {(outcome.out or outcome.err)[-300:]}"
