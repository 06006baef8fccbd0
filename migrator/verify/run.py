"""Runs the checks: one temporary copy of the project, at most two Node programs at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from migrator.core.errors import ProjectError, UsageError, VerifyError
from migrator.node.packages import FunctionPackages, prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import REQUIRED, Toolchain, find_toolchain
from migrator.verify.assembly import Assembly
from migrator.verify.bundles import check_bundles
from migrator.verify.client_outputs import read_client_outputs
from migrator.verify.cycles import check_cycles
from migrator.verify.deployed import ASPECTS, deployed, skipped
from migrator.verify.functions import project_functions
from migrator.verify.gen1_api import BuildApi, build_api, built_ahead
from migrator.verify.quotas import with_quotas
from migrator.verify.results import CHECKS, Check, CheckResult, Detail, Status, Tools, VerifyReport
from migrator.verify.schema_check import SchemaSubject, check_schema
from migrator.verify.schemas import PACKAGES
from migrator.verify.subject import DeployedSubject
from migrator.verify.synth import Synthesis, synth_result, synthesize
from migrator.verify.typecheck import check_types
from migrator.verify.workspace import Mode, Workspace, mirrored

_SYNTH_USERS = frozenset({Check.SYNTH, Check.CYCLES, Check.BUNDLES, *ASPECTS})

_OF_THE_API = frozenset({Check.API, Check.RESOLVERS, Check.TABLES})


_Gen1 = tuple[DeployedSubject, BuildApi | None]
"""What is compared with, and what gives the API that Gen 1 built."""


def _quiet(_: str) -> None:
    pass


def verify(
    gen2: Path,
    *,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    install: bool = False,
    progress: Callable[[str], None] = _quiet,
    branch: str = "main",
    subject: Callable[[], SchemaSubject] = SchemaSubject,
    compared: Callable[[], DeployedSubject] = DeployedSubject,
) -> VerifyReport:
    """Runs the checks on the Gen 2 project in `gen2`, which is not touched.

    `only` and `skip` name checks (all by default); `install` allows npm to download what is missing into the user's
    cache; `progress` gets lines to show; `branch` is the Amplify branch that is synthesized; `subject` is asked for
    what the schema is compared with, `compared` for what is deployed, when that is to be checked.
    A synth that other checks needed is reported when it failed, asked for or not.

    Raises UsageError for a name that is no check, ProjectError when there is no Gen 2 backend, VerifyError when
    the checks cannot run (no Node, packages missing, cache not writable).
    """
    checks = select_checks(only, skip)
    project = gen2.resolve()
    if not (project / "amplify" / "backend.ts").is_file():
        raise ProjectError(
            f"{gen2} holds no Gen 2 backend: there is no amplify/backend.ts",
            hint="name the folder that `migrate convert` wrote with --gen2",
        )
    whole = checks != (Check.SCHEMA,)
    needed = REQUIRED if whole else PACKAGES
    toolchain = find_toolchain(project, install=install, progress=progress, packages=needed)
    packages = FunctionPackages()
    if whole:
        packages = prepare_packages(project, toolchain, install=install, progress=progress)
    try:
        with mirrored(project, toolchain.modules, packages.folder) as workspace:
            results = _Run(checks, workspace, toolchain, packages, progress, branch, subject, compared).results()
    except OSError as problem:
        where = f" ({problem.filename})" if problem.filename else ""
        raise VerifyError(
            f"the checks could not run on a copy of the project: {problem.strerror or problem}{where}",
            hint="check that the project can be read and that the disk of the temporary folder is not full",
        ) from problem
    versions = {"node": toolchain.node.version} | dict(sorted((toolchain.versions | packages.versions).items()))
    return VerifyReport(results, Tools(toolchain.own, versions, packages.missing))


def select_checks(only: Collection[str], skip: Collection[str]) -> tuple[Check, ...]:
    """The checks to run, in their order. Raises UsageError for a name that is none, and when none is left."""
    unknown = sorted({*only, *skip} - set(CHECKS))
    if unknown:
        raise UsageError(f"there is no check named {', '.join(unknown)}", hint=f"the checks are {', '.join(CHECKS)}")
    chosen = tuple(check for check in CHECKS if (not only or check in only) and check not in skip)
    if not chosen:
        raise UsageError("no check is left to run", hint="leave out --skip, or name other checks with --only")
    return chosen


class _Run:
    """One run over one workspace."""

    def __init__(
        self,
        checks: tuple[Check, ...],
        workspace: Workspace,
        toolchain: Toolchain,
        packages: FunctionPackages,
        progress: Callable[[str], None],
        branch: str,
        subject: Callable[[], SchemaSubject],
        compared: Callable[[], DeployedSubject],
    ) -> None:
        self._checks = checks
        self._workspace = workspace
        self._toolchain = toolchain
        self._packages = packages
        self._progress = progress
        self._branch = branch
        self._subject = subject
        self._compared = compared

    def results(self) -> tuple[CheckResult, ...]:
        with ThreadPoolExecutor(2) as pool, Processes() as processes:
            # The compiler takes longest, so it starts first, unless it needs files that only a synth writes.
            after = self._wants_types and uses_generated_types(self._workspace)
            types = None if after else self._start_types(pool, processes, True)
            started = self._start_synths(pool, processes, after)
            ahead = pool.submit(self._read_gen1, processes) if set(ASPECTS) & set(self._checks) else None
            schema = pool.submit(self._check_schema, processes) if Check.SCHEMA in self._checks else None
            syntheses = tuple(future.result() for future in started)
            branch_done = all(synthesis.assembly for synthesis in syntheses if synthesis.mode is Mode.BRANCH)
            types = types or self._start_types(pool, processes, branch_done)
            found = {result.name: result for result in self._after_synth(syntheses, pool, processes, ahead)}
            if schema:
                found[Check.SCHEMA] = self._told(schema.result())
            if types:
                found[Check.TYPES] = self._told(types.result())
        return tuple(found[check] for check in CHECKS if check in found)

    @property
    def _wants_types(self) -> bool:
        return Check.TYPES in self._checks

    def _start_types(
        self, pool: ThreadPoolExecutor, processes: Processes, generated: bool
    ) -> Future[CheckResult] | None:
        if not self._wants_types:
            return None
        return pool.submit(check_types, self._workspace, self._toolchain, processes, generated=generated)

    def _modes(self, types_need_synth: bool) -> tuple[Mode, ...]:
        """Both modes for synth and cycles; for bundles, or types that synth generates, the branch is enough."""
        if {Check.SYNTH, Check.CYCLES} & set(self._checks):
            return tuple(Mode)
        if {Check.BUNDLES, *ASPECTS} & set(self._checks) or types_need_synth:
            return (Mode.BRANCH,)
        return ()

    def _start_synths(
        self, pool: ThreadPoolExecutor, processes: Processes, types_need_synth: bool
    ) -> tuple[Future[Synthesis], ...]:
        modes = self._modes(types_need_synth)
        if modes:
            self._progress(f"synthesizing the backend ({' and '.join(modes)})")
        return tuple(
            pool.submit(synthesize, self._workspace, self._toolchain, processes, mode, self._branch) for mode in modes
        )

    def _read_gen1(self, processes: Processes) -> _Gen1:
        """What needs no synth: Gen 1 is read, and what the project lacks of its API is built."""
        subject = self._compared()
        build = partial(build_api, toolchain=self._toolchain, processes=processes)
        if subject.context is None or not _OF_THE_API & set(self._checks):
            return subject, None
        return subject, built_ahead(subject.context, subject.watches, build)

    def _after_synth(
        self,
        syntheses: tuple[Synthesis, ...],
        pool: ThreadPoolExecutor,
        processes: Processes,
        ahead: Future[_Gen1] | None,
    ) -> Iterator[CheckResult]:
        if not _SYNTH_USERS & set(self._checks):
            return
        synth = synth_result(syntheses, self._notes())
        if Check.SYNTH in self._checks or synth.status is Status.FAILED:
            yield self._told(synth)
        assemblies = tuple(synthesis.assembly for synthesis in syntheses if synthesis.assembly)
        if synth.status is Status.FAILED:
            waiting = [one for one in (Check.CYCLES, Check.BUNDLES, *ASPECTS) if one in self._checks]
            yield from (self._told(CheckResult(c, Status.SKIPPED, "it needs synth, which failed")) for c in waiting)
            return
        asked = [one for one in (Check.CYCLES, Check.BUNDLES) if one in self._checks]
        done = [pool.submit(self._check_assemblies, check, assemblies, processes) for check in asked]
        compared = tuple(self._compare(assemblies[0], processes, ahead)) if ahead else ()
        yield from (self._told(one.result()) for one in done)
        yield from map(self._told, compared)

    def _compare(self, branch: Assembly, processes: Processes, ahead: Future[_Gen1]) -> Iterator[CheckResult]:
        """The checks that compare with Gen 1, on the branch's assembly."""
        subject, build = ahead.result()
        checks = [check for check in ASPECTS if check in self._checks]
        reader = partial(read_client_outputs, toolchain=self._toolchain, processes=processes)
        both = deployed(subject, branch, self._branch, reader if Check.OUTPUTS in checks else None, build)
        yield from (both.check(check) if both else skipped(check, subject) for check in checks)

    def _check_assemblies(self, check: Check, assemblies: tuple[Assembly, ...], processes: Processes) -> CheckResult:
        start = time.monotonic()
        if check is Check.CYCLES:
            return replace(with_quotas(check_cycles(assemblies), assemblies), seconds=time.monotonic() - start)
        functions = project_functions(assemblies[0], self._workspace)
        self._progress(f"loading the bundles of {len(functions)} functions")
        result = check_bundles(functions, self._toolchain.node, self._workspace, processes)
        return replace(result, seconds=time.monotonic() - start)

    def _check_schema(self, processes: Processes) -> CheckResult:
        start = time.monotonic()
        result = check_schema(self._subject(), self._workspace, self._toolchain, processes, self._branch)
        return replace(result, seconds=time.monotonic() - start)

    def _notes(self) -> tuple[Detail, ...]:
        missing = (
            Detail("warning", f"the package {package.name} {package.spec} is missing: {package.reason}")
            for package in self._packages.missing
        )
        links = (
            Detail("warning", "a link that leads out of the project, or nowhere, was left out", file=link)
            for link in self._workspace.left_out
        )
        return (*missing, *links)

    def _told(self, result: CheckResult) -> CheckResult:
        headline = result.reason.splitlines()[0] if result.reason else ""
        self._progress(f"{result.name}: {result.status}" + (f" ({headline})" if headline else ""))
        return result


def uses_generated_types(workspace: Workspace) -> bool:
    """Whether sources import `$amplify/...`, which only exists after a synth."""
    folder = workspace.app(Mode.BRANCH) / "amplify"
    return any(b"$amplify/" in path.read_bytes() for path in folder.rglob("*.ts") if "node_modules" not in path.parts)
