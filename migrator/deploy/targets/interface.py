"""What every target can do. The steps of a deployment know no more of it than this."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from msgspec import Struct

from migrator.aws.session import Session
from migrator.aws.stacks import LiveStack, StackOutcome
from migrator.core.finding import Finding
from migrator.verify.workspace import Mode

if TYPE_CHECKING:
    from migrator.local.process import LocalAws
    from migrator.verify.assembly import Assembly

Progress: TypeAlias = Callable[[str], None]
"""Takes one line to show."""


class TargetName(StrEnum):
    """The words of `--target`."""

    LOCAL = "local"
    SANDBOX = "sandbox"
    BRANCH = "branch"


class BackendIdentity(Struct, frozen=True):
    """What Amplify names a backend by; the root stack's name comes from it.

    https://docs.amplify.aws/react/reference/amplify_outputs/ does not say it, `@aws-amplify/platform-core` does.
    """

    mode: Mode
    namespace: str
    """The app id of a branch; the name in package.json for a sandbox."""
    name: str
    """The branch; for a sandbox its identifier."""


class Slice(Struct, frozen=True):
    """The backend with one feature more than the slice before."""

    adds: tuple[str, ...]
    """The feature (features, where they cannot be cut apart) that this slice adds, such as `data`."""
    features: tuple[str, ...]
    """All features that it holds, in the order in which they are deployed."""
    project: Path
    """A folder with the Gen 2 project that holds exactly these features: a working copy, or the user's own."""

    removes: tuple[str, ...] = ()
    """Features that were deployed and are no longer in it."""

    @property
    def feature(self) -> str:
        """What it does, in a word."""
        if self.removes:
            return f"without-{'+'.join(self.removes)}"
        return "+".join(self.adds) or "update"


class Target(Protocol):
    """A place to deploy to. Used inside `opened`, except for what says that it works without."""

    @property
    def name(self) -> TargetName: ...

    @property
    def identity(self) -> BackendIdentity:
        """Works without being opened."""
        ...

    @property
    def session(self) -> Session:
        """How its AWS is reached."""
        ...

    @property
    def local(self) -> LocalAws | None:
        """The local AWS, where this is one."""
        ...

    def preflight(self, project: Path) -> tuple[Finding, ...]:
        """What keeps a deployment of the project from beginning (blockers) and what to know first.

        Works without being opened, and without credentials: missing ones are a finding.
        """
        ...

    def opened(self, progress: Progress) -> AbstractContextManager[None]:
        """Starts what the target needs, and ends it. Raises MigratorError."""
        ...

    def current(self) -> LiveStack | None:
        """What is deployed; None when nothing is. Raises AwsError."""
        ...

    def apply(self, slice_: Slice, assembly: Assembly, progress: Progress) -> StackOutcome:
        """Deploys the slice onto the stack. A stack in a failed state is brought to one that can be updated first.

        `assembly` is its synth for `identity`; a target that synthesizes for itself may leave it aside. A resource
        that fails is an outcome; MigratorError is raised for what keeps CloudFormation from being asked at all.
        """
        ...

    def outputs(self, slice_: Slice, assembly: Assembly) -> dict[str, Any]:
        """The content of `amplify_outputs.json`."""
        ...

    def undo(self, before: tuple[Slice, Assembly] | None, progress: Progress) -> StackOutcome:
        """Brings the stack back to the slice before; None stands for no stack at all. Never removes retained data."""
        ...

    def save(self, label: str) -> None:
        """Keeps the state as it is now under a name, where the target is not kept by AWS."""
        ...
