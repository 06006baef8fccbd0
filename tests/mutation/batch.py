"""Variants of one golden project, synthesized in few Node processes: loading CDK takes ten times as long as a synth."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.commands.converted import Converted
from migrator.commands.schema_subject import subject_of
from migrator.commands.verify import converted_branch
from migrator.core.errors import VerifyError
from migrator.node.environment import checking_environment
from migrator.node.packages import prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain, find_toolchain
from migrator.verify.assembly import Assembly, read_assembly
from migrator.verify.results import Check, CheckResult, Status
from migrator.verify.schema_check import schema_result
from migrator.verify.schemas import SchemaSource, read_schemas
from migrator.verify.workspace import Mode, Workspace, mirrored

_SCRIPT = Path(__file__).parent / "synthesize.mjs"
_LIMIT = 60.0
"""Seconds for starting Node, and for each variant."""
_TOGETHER = 40
"""Variants of one process: each leaves some MB behind."""
Edit = Callable[[Path], None]
"""Changes the folder `amplify/` of a variant."""


class Variant(Struct, frozen=True):
    """What became of one: its folder, and the assembly, or why there is none."""

    folder: Path
    assembly: Assembly | None = None
    error: str = ""


class _Answer(Struct, frozen=True):
    error: str = ""


class Batch:
    """One golden project, and the temporary folder that its variants are made in."""

    def __init__(self, gen1: Path, gen2: Path, workspace: Workspace, toolchain: Toolchain) -> None:
        self._converted = Converted(gen1, gen2)
        self._workspace = workspace
        self._toolchain = toolchain
        self._branch = converted_branch(gen2)
        self._made = 0

    def synthesized(self, edits: Sequence[Edit]) -> Iterator[tuple[Variant, ...]]:
        """A variant for each edit, in their order and some at a time; they are removed when the next ones are made."""
        for start in range(0, len(edits), _TOGETHER):
            folders = [self._copied(edit) for edit in edits[start : start + _TOGETHER]]
            answers: list[_Answer] = []
            while len(answers) < len(folders):
                answers += self._run(folders[len(answers) :])
            yield tuple(map(self._read, folders, answers))
            for folder in folders:
                shutil.rmtree(folder, ignore_errors=True)
                shutil.rmtree(self._out(folder), ignore_errors=True)

    def schemas(self, variants: Sequence[Variant]) -> Iterator[CheckResult]:
        """What the check `schema` says of each."""
        subject = subject_of(self._converted)
        compare = subject.compare
        if compare is None:
            raise LookupError(f"no schema to compare with: {subject.reason}")
        sources = [SchemaSource(one.folder, subject.file, self._branch) for one in variants]
        with Processes() as processes:
            for one in read_schemas(sources, self._toolchain, processes):
                failed = CheckResult(Check.SCHEMA, Status.FAILED, one.error)
                yield failed if one.error else schema_result(subject, compare(one))

    def _copied(self, edit: Edit) -> Path:
        self._made += 1
        source = self._workspace.app(Mode.BRANCH)
        folder = shutil.copytree(source, source.parent / f"variant{self._made}", symlinks=True)
        edit(folder / "amplify")
        return folder

    def _run(self, folders: Sequence[Path]) -> list[_Answer]:
        """The answers of one process, at least one."""
        request, results = self._workspace.folder / "request.json", self._workspace.folder / "results.jsonl"
        results.write_bytes(b"")
        variants = [{"app": str(one), "out": str(self._out(one))} for one in folders]
        asked = {"modules": str(folders[0].parent / "node_modules"), "branch": self._branch, "variants": variants}
        request.write_bytes(msgspec.json.encode(asked))
        loader = Path(self._toolchain.module("tsx/dist/loader.mjs")).as_uri()
        with Processes() as processes:
            outcome = processes.run(
                (self._toolchain.node.program, "--import", loader, str(_SCRIPT), str(request), str(results)),
                folder=folders[0].parent,
                environment=checking_environment(self._workspace.home),
                limit=_LIMIT * (1 + len(folders)),
            )
        answers = [msgspec.json.decode(line, type=_Answer) for line in results.read_bytes().splitlines()]
        if len(answers) < len(folders):
            answers.append(_Answer(f"it ended the process with code {outcome.code}: {outcome.err[-500:]}"))
        return answers

    def _read(self, folder: Path, answer: _Answer) -> Variant:
        if answer.error:
            return Variant(folder, error=answer.error)
        try:
            return Variant(folder, read_assembly(self._out(folder)))
        except VerifyError as problem:
            return Variant(folder, error=problem.message)

    def _out(self, folder: Path) -> Path:
        return self._workspace.assembly(Mode.BRANCH).parent / folder.name


@contextmanager
def batch(gen1: Path, gen2: Path) -> Iterator[Batch]:
    """A batch, whose folder is removed at the end."""
    toolchain = find_toolchain(gen2, install=True, progress=lambda _: None)
    packages = prepare_packages(gen2, toolchain, install=True, progress=lambda _: None)
    with mirrored(gen2, toolchain.modules, packages.folder) as workspace:
        yield Batch(gen1, gen2, workspace, toolchain)
