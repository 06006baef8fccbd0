"""What the checks after a deployment are given and what they answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from migrator.core.errors import MigratorError
from migrator.core.features import FEATURES
from migrator.engine.access import Access
from migrator.verify.subject import DeployedSubject

if TYPE_CHECKING:
    from migrator.aws.session import Session
    from migrator.engine.context import Context
    from migrator.local.process import LocalAws
    from migrator.verify.assembly import Assembly


class Status(StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class Outcome(Struct, frozen=True, omit_defaults=True):
    """What one check found of one thing."""

    check: str
    """Which check: `settings`, `sign-in`, `requests`."""
    subject: str
    """Of what: `user pool`, `function resize`, `model Todo as owner`."""
    status: Status
    reason: str = ""
    """Why it failed or was skipped; of a passed one what was seen, where that is a figure."""
    hint: str = ""


class Deployed(Struct, frozen=True):
    """A stack with a feature more in it, as it was just deployed."""

    session: Session
    stack: str
    """The name of the root stack."""
    feature: str
    """The feature that was deployed last."""
    context: Context | None
    """The Gen 1 app and the choices made for it; None when there is none to compare with."""
    assembly: Assembly
    gen2: Path
    """The Gen 2 project's folder, with `amplify_outputs.json` in it."""
    local: LocalAws | None = None
    """The local AWS it was deployed to; None for a real account, where nothing is written and no code is run."""
    consent: bool = False
    """Whether the project's functions may run on this machine."""
    subject: DeployedSubject = DeployedSubject()
    """What Gen 1 deployed and how differences are judged: `commands.deployed_subject` of the Gen 2 project that holds
    the slices so far, with `features` naming the last one. Without it, what is deployed is compared with its templates
    only."""
    together: tuple[str, ...] = ()
    """All features that the last deployment brought."""
    access: Access = Access()
    """Whom Gen 1 lets do what, as the categories say it: `commands.deployed_access`. Without it, requests and files
    are skipped."""


FeatureCheck: TypeAlias = Callable[[Deployed], Iterable[Outcome]]


def checks_for(feature: str, local: bool) -> tuple[FeatureCheck, ...]:
    """The checks of a feature, in the order they run; with `local` also those that sign in, write, and run code.

    Call each through `run`, which turns what stops it into an outcome.
    """
    from migrator.deploy.checks.registry import ALWAYS, BEHAVIOUR, FACTS, RUN

    if feature not in FEATURES:
        return ()  # nothing tells which stacks are its own
    return (*FACTS.get(feature, ALWAYS), *(BEHAVIOUR.get(feature, RUN) if local else ()))


class CannotTry(MigratorError):
    """Something cannot be tried, which is no failure: the outcome is skipped, with this as its reason."""


def run(check: FeatureCheck, deployed: Deployed) -> Iterator[Outcome]:
    """The outcomes of one check; what keeps it from running is an outcome, never an exception."""
    try:
        yield from check(deployed)
    except CannotTry as reason:
        yield Outcome(check.__name__.replace("_", "-"), deployed.stack, Status.SKIPPED, str(reason), reason.hint)
    except MigratorError as problem:
        yield Outcome(check.__name__.replace("_", "-"), deployed.stack, Status.FAILED, str(problem), problem.hint)
