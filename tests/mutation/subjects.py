"""The projects that are changed: a Gen 1 app, the Gen 2 project made of it, and what CDK synthesizes of that."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from migrator.commands.convert import Request, convert
from migrator.commands.converted import Converted
from migrator.commands.deployed_subject import deployed_subject
from migrator.commands.verify import converted_branch
from migrator.engine.acceptance import Verdict
from migrator.engine.api_source import ApiSource
from migrator.engine.rule import Rule
from migrator.node.packages import prepare_packages
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain, find_toolchain
from migrator.verify.assembly import Assembly, Stack, read_assembly
from migrator.verify.client_outputs import ClientOutputs, ReadClient, read_client_outputs
from migrator.verify.cycles import check_cycles
from migrator.verify.deployed import ASPECTS, Deployed
from migrator.verify.gen1_api import BuildApi, Built, build_api
from migrator.verify.results import Check, CheckResult, Status
from migrator.verify.sides import Sides
from migrator.verify.subject import DeployedSubject
from migrator.verify.synth import synthesize
from migrator.verify.workspace import Mode, mirrored
from tests.mutation.operators import Mutant
from tests.projects import FIXTURES, SAMPLES

_HELPER = re.compile(r"/(CustomResource|Handler|Resource|framework-\w+)$")
"""What stands beside the role that serves it."""
Results = Mapping[Check, CheckResult]
Site = tuple[str, str]
"""A resource: the file of its template, and its logical id."""
_PATIENCE = 600.0
"""Seconds to wait for another process that synthesizes the same project."""


class Subject:
    """One project, with its Gen 1 side read once. What is to be acknowledged of the unchanged project is."""

    def __init__(
        self,
        name: str,
        gen1: Path,
        gen2: Path,
        assembly: Assembly,
        read_client: ReadClient | None = None,
        build: BuildApi | None = None,
    ) -> None:
        self.name = name
        self.gen1 = gen1
        self.gen2 = gen2
        self.assembly = assembly
        self.branch = converted_branch(gen2)
        self._read_client = read_client
        self._build = build

    @cached_property
    def deployed(self) -> Deployed:
        """Both generations of the unchanged project."""
        return Deployed(self._sides(self.known), self._build)

    @cached_property
    def _asked(self) -> DeployedSubject:
        return deployed_subject(Converted(self.gen1, self.gen2))

    def _sides(self, known: DeployedSubject) -> Sides:
        if known.context is None:
            raise RuntimeError(f"{self.gen1} is not read: {known.reason}")
        return Sides(known, known.context, self.assembly, self.branch, self._read_client)

    @cached_property
    def known(self) -> DeployedSubject:
        """What the unchanged project is compared with, and what of it its owner has acknowledged."""
        both = Deployed(self._sides(self._asked), self._build)
        open_ = (one for check in ASPECTS for one in both.check(check).differences)
        asked = {rule.id for rule in self._asked.rules if rule.acknowledge}
        return replace(self._asked, acknowledged=frozenset(one.rule for one in open_ if one.rule in asked))

    def results(self, assembly: Assembly, only: Collection[Check] = ()) -> Results:
        """What the checks (all, or `only` some) say of another assembly. Gen 1 is read once: it does not change."""
        both = Deployed(self.deployed.sides.beside(assembly), self._build)
        found = {check: both.check(check) for check in ASPECTS if not only or check in only}
        return found if only and Check.CYCLES not in only else found | {Check.CYCLES: check_cycles((assembly,))}

    def refused_without(self, rules: Iterable[Rule]) -> bool:
        """Whether the unchanged project would be refused if there were only these rules."""
        both = Deployed(self.deployed.sides.judged_by(rules), self._build)
        return any(_refusals(both.check(check)) - _refusals(self.unchanged[check]) for check in ASPECTS)

    @cached_property
    def unchanged(self) -> Results:
        """What they say of the unchanged one."""
        return self.results(self.assembly)

    @cached_property
    def aside(self) -> frozenset[Site]:
        """Resources that no check looks into: a rule accepts the whole of them, since CDK and Amplify make them for
        themselves; and those of features of which Gen 1 has no template. Each is its template's file and logical id."""
        whole = {
            (one.kind, one.resource)
            for check in ASPECTS
            for one in self.unchanged[check].differences
            if not one.attribute and one.gen1 is None
        }
        files = {_stack_name(stack): stack.file for stack in self.assembly.stacks}
        sides = self.deployed.sides
        return frozenset(
            (files[declared.stack], declared.logical_id)
            for feature, one in (*sides.gen2.found, *sides.grants[1])
            if (one.kind, one.key) in whole or sides.extent.is_blind(feature, one)
            for declared in one.of
        )

    def is_aside(self, mutant: Mutant) -> bool:
        """Whether a mutant is made in such a resource, or in one that serves it (its role, its policy)."""
        if not mutant.place.steps or mutant.kind == "Output":
            return False
        site = (mutant.place.file, str(mutant.place.steps[1]))
        return site in self.aside or mutant.where.startswith(self._scopes)

    @cached_property
    def _scopes(self) -> tuple[str, ...]:
        """Construct paths of what is put aside, as beginnings."""
        stacks = {stack.file: stack for stack in self.assembly.stacks}
        paths = (stacks[file].construct_path(logical_id) for file, logical_id in self.aside)
        return tuple(f"{_HELPER.sub('', path)}/" for path in paths if path)

    def found(self, assembly: Assembly, only: Collection[Check] = ()) -> frozenset[Check]:
        """The checks that refuse another assembly for something that they do not say of the unchanged one."""
        changed = self.results(assembly, only)
        return frozenset(name for name, one in changed.items() if _refusals(one) - _refusals(self.unchanged[name]))


def _refusals(result: CheckResult) -> set[str]:
    """What a check refuses a project for."""
    if result.status is not Status.FAILED:
        return set()
    errors = {str(detail) for detail in result.details if detail.severity == "error"}
    open_ = tuple(one for one in result.differences if one.verdict is Verdict.UNEXPLAINED)
    if not errors and not open_:
        return {result.reason}
    return errors | {repr((one.kind, one.resource, one.attribute, one.gen1, one.gen2)) for one in open_}


def _stack_name(stack: Stack) -> str:
    return stack.path or stack.logical_id


def synthesized(gen2: Path, out: Path) -> None:
    """Synthesizes a Gen 2 project and keeps the assembly in `out`."""
    toolchain = find_toolchain(gen2, install=True, progress=lambda _: None)
    packages = prepare_packages(gen2, toolchain, install=True, progress=lambda _: None)
    with mirrored(gen2, toolchain.modules, packages.folder) as workspace, Processes() as processes:
        done = synthesize(workspace, toolchain, processes, Mode.BRANCH, converted_branch(gen2))
        if done.assembly is None:
            raise RuntimeError(f"{gen2} is not synthesized: {'; '.join(map(str, done.errors))}")
        shutil.copytree(done.assembly.folder, out, symlinks=True)


def kept(folder: Path, name: str, make: Callable[[Path], None]) -> Path:
    """What `make` leaves in `folder/name`, made once even when several processes ask for it."""
    folder.mkdir(parents=True, exist_ok=True)
    done, claim = folder / name, folder / f"{name}.claimed"
    try:
        os.close(os.open(claim, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        end = time.monotonic() + _PATIENCE
        while not done.is_dir():
            if time.monotonic() > end:
                raise TimeoutError(f"{done} was not made within {_PATIENCE:.0f} s") from None
            time.sleep(0.2)
        return done
    shutil.rmtree(folder / f"{name}.new", ignore_errors=True)
    make(folder / f"{name}.new")
    (folder / f"{name}.new").rename(done)
    return done


@cache
def _toolchain() -> Toolchain:
    """The pinned packages, whatever the project has."""
    return find_toolchain(Path(os.devnull).parent, install=True, progress=lambda _: None)


def clients() -> ReadClient:
    """Reads what clients find, once for the same outputs: Node takes seconds for it."""
    known: dict[bytes, ClientOutputs] = {}

    def read(assembly: Assembly, values: Mapping[str, Any], schemas: Sequence[str]) -> ClientOutputs:
        said = (
            values,
            assembly.stacks[0].template.get("Metadata"),
            schemas,
            sorted(path.name for path in assembly.assets.values()),  # CDK names them by what they hold
        )
        key = msgspec.json.encode(said)
        if key not in known:
            with Processes() as processes:
                known[key] = read_client_outputs(assembly, values, schemas, _toolchain(), processes)
        return known[key]

    return read


def builds(file: Path) -> BuildApi:
    """Builds what Gen 1 built of the API, and keeps it in `file`."""

    def build(source: ApiSource) -> Built:
        if file.is_file():
            return msgspec.json.decode(file.read_bytes(), type=Built)
        with Processes() as processes:
            made = build_api(source, _toolchain(), processes)
        own = file.with_suffix(f".{os.getpid()}")
        own.write_bytes(msgspec.json.encode(made))
        own.replace(file)
        return made

    return build


def sample(name: str, folder: Path) -> Subject:
    """A sample project, or a fixture that is converted; what is made of it is kept in `folder`."""
    found = next((one for one in SAMPLES if one.name == name), None)
    if found is None:
        return fixture(name, next(one for one in FIXTURES if one.name == name), folder)
    assembly = read_assembly(kept(folder, name, lambda out: synthesized(found / "gen2", out)))
    return Subject(name, found / "gen1", found / "gen2", assembly, clients(), builds(folder / f"{name}-api.json"))


def fixture(
    name: str, gen1: Path, folder: Path, *, env: str = "", reuse: frozenset[str] = frozenset(), datastore: str = ""
) -> Subject:
    """A project that is converted here, and synthesized; what is made of it is kept in `folder`."""
    gen2 = kept(folder, f"{name}-gen2", lambda out: _converted(gen1, out, env, reuse, datastore))
    assembly = read_assembly(kept(folder, name, lambda out: synthesized(gen2, out)))
    return Subject(name, gen1, gen2, assembly, clients(), builds(folder / f"{name}-api.json"))


def _converted(gen1: Path, out: Path, env: str, reuse: frozenset[str], datastore: str) -> None:
    convert(Request(gen1, out, env=env or None, reuse=reuse, datastore=datastore))
