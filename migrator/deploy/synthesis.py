"""Synthesizes slices: two at a time, the types of the whole project once, and nothing twice for the same input."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from migrator.core.errors import DeployError
from migrator.deploy.assemblies import cached_assemblies, find, input_digest, keep
from migrator.deploy.targets.interface import BackendIdentity, Progress, Slice
from migrator.node.packages import FunctionPackages, prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain, find_toolchain
from migrator.verify.assembly import Assembly, read_assembly
from migrator.verify.cycles import check_cycles
from migrator.verify.results import CheckResult, Detail, Status
from migrator.verify.run import uses_generated_types
from migrator.verify.synth import synthesize
from migrator.verify.typecheck import check_types
from migrator.verify.workspace import mirrored

_AT_ONCE = 2


class Synthesized(Struct, frozen=True):
    """A slice as templates and assets; or, without an assembly, why it could not be synthesized."""

    slice_: Slice
    digest: str
    """Of the input."""
    assembly: Assembly | None = None
    seconds: float = 0.0
    cached: bool = False
    errors: tuple[Detail, ...] = ()

    @property
    def reason(self) -> str:
        """The first error in one line."""
        return str(self.errors[0]).splitlines()[0] if self.errors else ""


class TypesOutcome(Struct, frozen=True):
    """What the TypeScript compiler said of the whole project."""

    passed: bool
    seconds: float = 0.0
    cached: bool = False
    errors: tuple[Detail, ...] = ()


class Synthesizer:
    """Makes assemblies of one Gen 2 project for one backend identity."""

    def __init__(self, gen2: Path, identity: BackendIdentity, own: Path, *, install: bool, progress: Progress) -> None:
        """Finds Node and its packages; `own` is the folder for the assemblies, made anew.

        Raises VerifyError when Node or a package is missing and may not be installed.
        """
        self._gen2 = gen2
        self._own = own
        self._identity = identity
        self._progress = progress
        self._toolchain: Toolchain = find_toolchain(gen2, install=install, progress=progress)
        # One set of packages for all slices: a function's bundle then only differs where its own sources do.
        self._packages: FunctionPackages = prepare_packages(gen2, self._toolchain, install=install, progress=progress)

    @property
    def toolchain(self) -> Toolchain:
        return self._toolchain

    def run(self, slices: tuple[Slice, ...]) -> tuple[TypesOutcome, tuple[Synthesized, ...]]:
        """The types of the whole project, and the slices in their order. The last one, which is the whole, comes first:
        when it cannot be synthesized the others are left out."""
        shutil.rmtree(self._own, ignore_errors=True)
        by_input = {self.digest(one.project): one for one in slices}  # of equal ones the last, which is the whole
        with ThreadPoolExecutor(_AT_ONCE) as pool, Processes() as processes:
            last = self.digest(slices[-1].project)
            whole = pool.submit(self._synthesized, slices[-1], last, processes)
            types = pool.submit(self._types, processes)
            made = {
                digest: pool.submit(self._after, whole, one, digest, processes)
                for digest, one in by_input.items()
                if digest != last
            } | {last: whole}
            found = {digest: future.result() for digest, future in made.items()}
            each = (replace(found[self.digest(one.project)], slice_=one) for one in slices)
            return types.result(), tuple(each)

    def _after(self, whole: Future[Synthesized], one: Slice, digest: str, processes: Processes) -> Synthesized:
        if whole.done() and whole.result().assembly is None:
            return Synthesized(one, digest)
        return self._synthesized(one, digest, processes)

    def _synthesized(self, one: Slice, digest: str, processes: Processes) -> Synthesized:
        known = find(digest, self._own)
        told = ", ".join(one.features)
        if known is not None:
            self._progress(f"synth of {told}: taken from the cache (same input)")
            return Synthesized(one, digest, read_assembly(known), 0.0, True)
        start = time.monotonic()
        with mirrored(one.project, self._toolchain.modules, self._packages.folder) as workspace:
            identity = self._identity
            synthesis = synthesize(
                workspace,
                self._toolchain,
                processes,
                identity.mode,
                identity.name,
                namespace=identity.namespace,
                name=identity.name,
                build=True,
            )
            for unbuilt in synthesis.unbuilt:
                self._progress(f"not built: {unbuilt.name} ({unbuilt.reason}); its code is its source")
            seconds = time.monotonic() - start
            if synthesis.assembly is None:
                return Synthesized(one, digest, None, seconds, errors=synthesis.errors)
            cycles = check_cycles((synthesis.assembly,))
            if cycles.status is Status.FAILED:
                return Synthesized(one, digest, None, seconds, errors=cycles.details)
            folder = keep(digest, synthesis.assembly.folder, self._own)
        self._progress(f"synth of {told}: {seconds:.0f} s")
        return Synthesized(one, digest, read_assembly(folder), seconds)

    def digest(self, project: Path) -> str:
        """Names everything that decides what a synth makes of a project."""
        return input_digest(project, self._identity, self._toolchain, self._packages.versions)

    def _types(self, processes: Processes) -> TypesOutcome:
        marker = cached_assemblies() / f"types-{self.digest(self._gen2)}"
        if marker.exists():
            self._progress("types: passed before (same input)")
            return TypesOutcome(True, cached=True)
        with mirrored(self._gen2, self._toolchain.modules, self._packages.folder) as workspace:
            if uses_generated_types(workspace):
                synthesize(workspace, self._toolchain, processes, self._identity.mode, self._identity.name)
            result = check_types(workspace, self._toolchain, processes)
        self._progress(f"types: {result.status} ({result.seconds:.0f} s)")
        return self._remembered(result, marker)

    def _remembered(self, result: CheckResult, marker: Path) -> TypesOutcome:
        if result.status is Status.FAILED:
            errors = tuple(detail for detail in result.details if detail.severity == "error")
            return TypesOutcome(False, result.seconds, errors=errors or (Detail("error", result.reason),))
        try:
            marker.parent.mkdir(parents=True, exist_ok=True)
            marker.touch()
        except OSError as problem:
            raise DeployError(
                f"{marker.parent} cannot be written: {problem.strerror or problem}",
                hint="free some disk space, or set MIGRATE_CACHE to a folder on another disk",
            ) from problem
        return TypesOutcome(True, result.seconds)


def joined(cut: tuple[Synthesized, ...], progress: Callable[[str], None]) -> tuple[Synthesized, ...]:
    """The slices that can be deployed; one that cannot be synthesized by itself goes along with the next.

    Raises DeployError when the whole project cannot be synthesized.
    """
    whole = cut[-1]
    if whole.assembly is None:
        first = whole.errors[0] if whole.errors else None
        raise DeployError(
            f"the project cannot be synthesized: {whole.reason}",
            hint=(first.hint if first and first.hint else "`migrate verify --only types,synth,cycles` says more"),
        )
    kept: list[Synthesized] = []
    waiting: tuple[str, ...] = ()
    for one in cut:
        adds = waiting + one.slice_.adds
        if one.assembly is None:
            told = ", ".join(one.slice_.adds)
            progress(f"{told} is deployed together with the next feature: by itself it gives: {one.reason}")
            waiting = adds
            continue
        kept.append(replace(one, slice_=replace(one.slice_, adds=adds)))
        waiting = ()
    return tuple(kept)
