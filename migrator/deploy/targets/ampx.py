"""`sandbox` and `branch`: deployed by the project's own `ampx`, which Amplify Hosting and the outputs depend on."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from migrator.aws.cloudformation import read_stack, settle, stack_status
from migrator.aws.configured import uses_sso
from migrator.aws.events import StackEvents, first_failures
from migrator.aws.reading import Reading
from migrator.aws.session import Session
from migrator.aws.stacks import LiveStack, StackOutcome, StackResult
from migrator.core.errors import AwsError, DeployError
from migrator.core.finding import Finding
from migrator.deploy.ampx_run import Ended, environment_for, run_ampx
from migrator.deploy.backend_names import stack_name
from migrator.deploy.branches import branch_findings
from migrator.deploy.findings import aws_finding
from migrator.deploy.following import Following, result_of
from migrator.deploy.live_references import sandbox_findings
from migrator.deploy.preflight import Deployer, account_findings, machine_findings
from migrator.deploy.targets.interface import BackendIdentity, Progress, Slice, TargetName
from migrator.node.toolchain import Toolchain
from migrator.verify.assembly import Assembly
from migrator.verify.workspace import LOCK_FILES, Mode

OUTPUTS = "amplify_outputs.json"
_AGENTS = {"yarn.lock": "yarn/1.22.0", "pnpm-lock.yaml": "pnpm/9.0.0"}
_DENIED = re.compile(r"not authorized to perform:? `?([\w-]+:\w+)")
_DELETES_USERS = re.compile(r"remov\w+ `?defineAuth", re.IGNORECASE)


class AmpxTarget:
    """Deploys with the `ampx` of one Gen 2 project."""

    def __init__(self, gen2: Path, identity: BackendIdentity, session: Session) -> None:
        self._gen2 = gen2
        self._identity = identity
        self._session = session

    @property
    def name(self) -> TargetName:
        return TargetName.SANDBOX if self._identity.mode is Mode.SANDBOX else TargetName.BRANCH

    @property
    def identity(self) -> BackendIdentity:
        return self._identity

    @property
    def session(self) -> Session:
        return self._session

    @property
    def local(self) -> None:
        return None

    @property
    def stack(self) -> str:
        """The name of the root stack."""
        return stack_name(self._identity)

    def preflight(self, project: Path) -> tuple[Finding, ...]:
        """What is missing on this machine and in the account, and whether a sandbox is about to use what is live."""
        session = self._session
        deployer = Deployer(session.profile, session.region, not session.local and uses_sso(session.profile))
        reading = Reading(session)
        found = [*machine_findings(self._gen2)]
        if self.name is TargetName.SANDBOX:
            found += sandbox_findings(project)
        found += account_findings(reading, deployer, self._identity, project)
        if self.name is TargetName.BRANCH and not any(one.rule in ("AWS010", "AWS011") for one in found):
            found += branch_findings(reading, self._identity, deployer)
        if any("Allow `" in one.hint for one in found):
            hint = f"`migrate deploy --target {self.name} --permissions` prints a policy to paste."
            found.append(aws_finding("AWS016", "The credentials lack permissions that a deployment needs.", hint=hint))
        return tuple(found)

    @contextmanager
    def opened(self, progress: Progress) -> Iterator[None]:
        """Nothing has to be started."""
        yield

    @property
    def reachable(self) -> bool:
        """Whether AWS answers with the credentials there are."""
        if not self._session.region:
            return False
        try:
            Reading(self._session).ask("sts", "GetCallerIdentity")
        except AwsError:
            return False  # preflight says why
        return True

    def known(self) -> bool:
        """Only AWS knows what is deployed; what was noted is asked when it cannot be reached."""
        return True

    def use(self, toolchain: Toolchain) -> None:
        """`ampx` runs with the project's own packages."""

    def current(self) -> LiveStack | None:
        """What is deployed. Raises AwsError."""
        return read_stack(self._session, self.stack)

    def apply(self, slice_: Slice, assembly: Assembly, progress: Progress) -> StackOutcome:
        """Runs `ampx`, which synthesizes for itself. Raises DeployError when it ends before the stack is touched."""
        project = slice_.project
        _give_packages(project, self._gen2)
        return self._deployed(self._deploy_command(), project, progress)

    def outputs(self, slice_: Slice, assembly: Assembly) -> dict[str, Any]:
        """What `ampx` wrote beside the backend. Raises DeployError when it wrote nothing."""
        file = slice_.project / OUTPUTS
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as problem:
            command = f"npx ampx generate outputs --stack {self.stack}"
            raise DeployError(f"{file} cannot be read: {problem}", hint=f"`{command}` writes it again") from None
        return content if isinstance(content, dict) else {}

    def undo(self, before: tuple[Slice, Assembly] | None, progress: Progress) -> StackOutcome:
        """Deploys the slice before again; without one, deletes the sandbox (never the backend of a branch)."""
        if before is not None:
            return self.apply(*before, progress)
        return self.destroy(progress)

    def destroy(self, progress: Progress) -> StackOutcome:
        """Deletes the sandbox with everything that is not retained. Raises DeployError for a branch."""
        if self.name is TargetName.BRANCH:
            raise DeployError(
                f"the backend of the branch {self._identity.name} is not deleted from here",
                hint="delete the branch in the Amplify console, after you have read what it holds",
            )
        if stack_status(self._session, self.stack) is None:
            return StackOutcome(StackResult.UNCHANGED, self.stack)
        return self._deployed(self._command("sandbox", "delete", "--yes", *self._sandbox()), self._gen2, progress)

    def save(self, label: str) -> None:
        """AWS keeps it."""

    def _deploy_command(self) -> tuple[str, ...]:
        if self.name is TargetName.SANDBOX:
            return self._command("sandbox", "--once", *self._sandbox())
        return self._command("pipeline-deploy", "--branch", self._identity.name, "--app-id", self._identity.namespace)

    def _sandbox(self) -> tuple[str, ...]:
        profile = ("--profile", self._session.profile) if self._session.profile else ()
        return ("--identifier", self._identity.name, *profile)

    def _command(self, *words: str) -> tuple[str, ...]:
        return (str(self._gen2.resolve() / "node_modules" / ".bin" / "ampx"), *words)

    def _environment(self, folder: Path) -> dict[str, str]:
        branch = self._identity.name if self.name is TargetName.BRANCH else ""
        app_id = self._identity.namespace if branch else ""
        chosen = self._session.environment()
        found = environment_for(os.environ, chosen, local=self._session.local, branch=branch, app_id=app_id)
        agent = next((agent for lock, agent in _AGENTS.items() if (self._gen2 / lock).exists()), "npm/10.0.0")
        return {**found, "npm_config_user_agent": f"{agent} node/v20.0.0 {os.name}"}  # ampx asks who called it

    def _deployed(self, command: tuple[str, ...], folder: Path, progress: Progress) -> StackOutcome:
        start = time.monotonic()
        follow = Following(progress)
        before = settle(self._session, self.stack, follow=follow.tell)
        follow.events = StackEvents(self._session, self.stack, fresh=before is None)
        if before is None:
            follow.events.new()  # those of a stack of the same name that is gone
            follow.events.seen.clear()
        ended = run_ampx(
            command, folder, self._environment(folder), progress, meanwhile=lambda: follow.look(quietly=True)
        )
        follow.look(quietly=ended.code != 0)
        after = stack_status(self._session, self.stack)
        result = result_of(ended.code, before, after, follow.seen, deleting="delete" in command)
        if ended.code != 0 and not follow.failed and after == before:
            raise self._stopped(ended)
        good = result not in (StackResult.FAILED, StackResult.ROLLED_BACK)
        failures = () if good else first_failures(follow.events.seen)
        seconds = time.monotonic() - start
        return StackOutcome(result, self.stack, after or "", failures, seconds, notes=tuple(_notes(ended)))

    def _stopped(self, ended: Ended) -> DeployError:
        """It ended before CloudFormation changed anything."""
        if ended.code is None:
            return DeployError(
                f"ampx did not end within {ended.seconds / 60:.0f} minutes and was stopped",
                hint=f"CloudFormation may go on: look at the stack {self.stack}, then run the command with --resume",
            )
        said = "; ".join(ended.errors) or "it printed nothing"
        dangerous = any(_DELETES_USERS.search(line) for line in ended.lines)
        denied = next((found[1] for line in ended.lines if (found := _DENIED.search(line))), "")
        allow = f"Allow `{denied}`; `migrate deploy --target {self.name} --permissions` prints a policy to paste."
        advice = _NOT_THAT if dangerous else allow if denied else ended.advice or "Its lines above say more."
        return DeployError(f"ampx ended with code {ended.code}: {said}", hint=advice)


_NOT_THAT = (
    "Do not follow the advice to remove defineAuth: it deletes the pool with all its users. Take back the change of "
    "the user attributes instead."
)


def _notes(ended: Ended) -> Iterator[str]:
    if ended.code != 0:
        yield f"ampx ended with code {ended.code}: {'; '.join(ended.errors)}"
    if any(_DELETES_USERS.search(line) for line in ended.lines):
        yield _NOT_THAT


def _give_packages(project: Path, gen2: Path) -> None:
    """A working copy uses the packages of the project that it was made of, and outside of it also its lock file.

    `npx` looks for programs in the folder itself only, and downloads what it does not find there.
    """
    if project.resolve() == gen2.resolve():
        return
    inside = project.resolve().is_relative_to(gen2.resolve())
    for name in ("node_modules", *(() if inside else sorted(LOCK_FILES))):
        if (gen2 / name).exists() and not (project / name).exists():
            (project / name).symlink_to((gen2 / name).resolve())
