"""The local AWS: the assembly is published and deployed through the API; nothing leaves this machine."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from migrator.aws.cloudformation import delete_stack, deploy_stack, read_stack
from migrator.aws.publish import awscli_layers, bootstrap_local, publish, template_url
from migrator.aws.session import Session
from migrator.aws.stacks import NESTED, LiveStack, StackEvent, StackOutcome
from migrator.core.errors import DeployError, LocalError
from migrator.core.finding import Finding
from migrator.deploy.backend_names import stack_name
from migrator.deploy.stand_ins import secret_parameters, store_stand_ins
from migrator.deploy.targets.interface import BackendIdentity, Progress, Slice, TargetName
from migrator.local.process import LocalAws
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.assembly import Assembly
from migrator.verify.client_outputs import read_client_outputs

STATE = Path(".migrate") / "local"
"""Where the local AWS keeps its state, in the Gen 2 project."""
NEEDED_BYTES = 200_000_000
_PAUSE = 0.2
_PATIENCE = 180.0
"""Seconds to wait for the local AWS of a command that was killed: it finishes the stack that it was working on (a
minute at most), answers what was asked, and saves, on a machine that may have other work."""


class LocalTarget:
    """Deploys to the local AWS of one Gen 2 project."""

    def __init__(self, gen2: Path, identity: BackendIdentity, *, install: bool = True, network: bool = False) -> None:
        self._state = gen2 / STATE
        self._identity = identity
        self._install = install
        self._network = network
        self._local: LocalAws | None = None
        self.toolchain: Toolchain | None = None
        self.api_ids: dict[str, str] = {}
        """Ids for GraphQL APIs that are to be created, by the API's name."""

    @property
    def name(self) -> TargetName:
        return TargetName.LOCAL

    @property
    def identity(self) -> BackendIdentity:
        return self._identity

    @property
    def session(self) -> Session:
        return self._running.session

    @property
    def local(self) -> LocalAws | None:
        return self._local

    @property
    def _running(self) -> LocalAws:
        if self._local is None:
            raise LocalError("the local AWS is not running", hint="this is a defect of migrate")
        return self._local

    @property
    def reachable(self) -> bool:
        """Whether it is running for us."""
        return self._local is not None

    def use(self, toolchain: Toolchain) -> None:
        """Functions find the AWS SDK there, and Amplify's packages make the outputs."""
        self.toolchain = toolchain

    def known(self) -> bool:
        """Whether anything was ever deployed here, as far as can be told without starting it."""
        return (self._state / "state.json").is_file()

    def preflight(self, project: Path) -> tuple[Finding, ...]:
        """Nothing: what is missing is installed when it is started. Raises DeployError when the disk is too full."""
        existing = next(parent for parent in (self._state, *self._state.parents) if parent.exists())
        free = shutil.disk_usage(existing).free
        if free < NEEDED_BYTES:
            raise DeployError(
                f"{existing} has {free / 1e6:.0f} MB free; the state of the local AWS may need "
                f"{NEEDED_BYTES / 1e6:.0f} MB",
                hint="free some disk space",
            )
        return ()

    @contextmanager
    def opened(self, progress: Progress) -> Iterator[None]:
        """Starts the local AWS, or takes the one that `migrate local start` left running. Raises LocalError."""
        modules = self.toolchain.modules if self.toolchain else None
        with _patiently(self, modules, progress) as local:
            self._local = local
            try:
                bootstrap_local(local.session, local.account)
                yield
            finally:
                self._local = None

    def start(self, modules: Path | None, progress: Progress) -> LocalAws:
        """One attempt to start it."""
        return LocalAws.start(
            self._state,
            network=self._network,
            node_modules=modules,
            api_ids=self.api_ids,
            install=self._install,
            progress=progress,
        )

    def current(self) -> LiveStack | None:
        """What is deployed."""
        return read_stack(self.session, stack_name(self._identity))

    def apply(self, slice_: Slice, assembly: Assembly, progress: Progress) -> StackOutcome:
        """Publishes and deploys the assembly, and keeps the state."""
        account, region = self._running.account, self._running.region
        stack, properties = root_stack(assembly)
        stand_ins = store_stand_ins(self.session, secret_parameters(assembly))
        layers = awscli_layers(assembly.folder)
        published = publish(self.session, assembly.folder, account, empty=layers, progress=progress)
        outcome = deploy_stack(
            self.session,
            stack,
            template_url(properties["stackTemplateAssetObjectUrl"], account, region),
            tags=properties.get("tags", {}),
            follow=telling(progress),
            pause=_PAUSE,
        )
        if outcome.succeeded:
            self.save("deployed")
        return replace(outcome, published=published.uploaded, notes=tuple(_notes(stand_ins, published.emptied)))

    def outputs(self, slice_: Slice, assembly: Assembly) -> dict[str, Any]:
        """The content of `amplify_outputs.json`, made by Amplify's own packages. Raises VerifyError, DeployError."""
        stack, _ = root_stack(assembly)
        live = read_stack(self.session, stack, templates=False)
        if live is None or self.toolchain is None:
            raise DeployError(f"the stack {stack} is not deployed")
        with Processes() as processes:
            found = read_client_outputs(assembly, live.outputs, (), self.toolchain, processes)
        if found.config is None:
            raise DeployError(
                f"amplify_outputs.json could not be made: {found.error}",
                hint="Amplify's own packages say so; `npx ampx generate outputs` would, too",
            )
        return found.config

    def undo(self, before: tuple[Slice, Assembly] | None, progress: Progress) -> StackOutcome:
        """Brings the stack back to the slice before; without one, away."""
        if before is not None:
            return self.apply(*before, progress)
        outcome = delete_stack(self.session, stack_name(self._identity), follow=telling(progress), pause=_PAUSE)
        self.save("undone")
        return outcome

    def save(self, label: str) -> None:
        """Keeps the state: a killed local AWS comes back with it."""
        self._running.save()


def _patiently(target: LocalTarget, modules: Path | None, progress: Progress) -> LocalAws:
    """Starts it; where the one of a killed command still finishes its stack, that is waited for."""
    end = time.monotonic() + _PATIENCE
    told = False
    while True:
        try:
            return target.start(modules, progress)
        except LocalError as problem:
            if "another local AWS runs" not in problem.message or time.monotonic() > end:
                raise
        if not told:
            progress("waiting for the local AWS of the command before to end")
            told = True
        time.sleep(0.5)


def root_stack(assembly: Assembly) -> tuple[str, dict[str, Any]]:
    """The name of the assembly's root stack and its properties. Raises DeployError when there is none."""
    manifest = msgspec.json.decode((assembly.folder / "manifest.json").read_bytes())
    for name, artifact in manifest.get("artifacts", {}).items():
        if artifact.get("type") == "aws:cloudformation:stack":
            properties = artifact["properties"]
            return str(properties.get("stackName", name)), properties
    raise DeployError("the synthesized assembly holds no stack", hint="amplify/backend.ts must call defineBackend")


def telling(progress: Progress) -> Any:
    """Tells of the features' stacks that are done, and of everything that fails."""

    def follow(event: StackEvent) -> None:
        if event.failed:
            place = f"{event.stack}/{event.logical_id}".strip("/")
            progress(f"  {place} {event.status}: {event.reason}")
        elif not event.stack and event.type == NESTED and event.status.endswith("_COMPLETE") and not event.own:
            progress(f"  {event.logical_id} {event.status}")

    return follow


def _notes(stand_ins: tuple[str, ...], emptied: tuple[str, ...]) -> Iterator[str]:
    if stand_ins:
        yield f"secrets got stand-in values, on the local AWS only: {', '.join(stand_ins)}"
    if emptied:
        yield "CDK's layer with the AWS CLI was left empty: the local AWS copies files by itself"
