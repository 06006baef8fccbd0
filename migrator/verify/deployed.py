"""The checks that compare what Gen 1 deployed with what the Gen 2 project synthesizes."""

from __future__ import annotations

import time
from collections.abc import Iterator

from msgspec.structs import replace

from migrator.engine.observed import Aspect
from migrator.verify.assembly import Assembly
from migrator.verify.client_outputs import ClientOutputs, ReadClient
from migrator.verify.gen1_api import BuildApi, complete
from migrator.verify.judgement import Judgement
from migrator.verify.notes import notes
from migrator.verify.results import Check, CheckResult, Detail, Status
from migrator.verify.sides import Sides
from migrator.verify.subject import DeployedSubject

ASPECTS = {
    Check.SETTINGS: Aspect.SETTINGS,
    Check.API: Aspect.API,
    Check.RESOLVERS: Aspect.RESOLVERS,
    Check.TABLES: Aspect.TABLES,
    Check.GRANTS: Aspect.GRANTS,
    Check.ENVIRONMENT: Aspect.ENVIRONMENT,
    Check.OUTPUTS: Aspect.OUTPUTS,
}
"""The checks that compare, and what."""


class Deployed:
    """One project, compared aspect by aspect."""

    def __init__(self, sides: Sides, build: BuildApi | None = None) -> None:
        self.sides = sides
        self._context = sides.context
        self._watches = sides.subject.watches
        self._judgement = Judgement(sides.subject, sides.context, sides.extent)
        self._built = tuple(complete(sides.context, self._watches, build)) if build else ()  # before Gen 1 is read

    def check(self, check: Check) -> CheckResult:
        """One of the checks that compare."""
        start = time.monotonic()
        aspect = ASPECTS[check]
        client = self.sides.client if aspect is Aspect.OUTPUTS else ClientOutputs()
        if client.error:
            reason = f"Amplify cannot make `amplify_outputs.json`: {client.error}"
            return CheckResult(check, Status.FAILED, reason, seconds=time.monotonic() - start)
        left, right = self.sides.of(aspect)
        built = [one for one in self._built if aspect in one.aspects]
        lacking = (*self._lacking(aspect), *self.sides.undecided(aspect))
        said = notes(aspect, self._context.app, self.sides.extent, client)
        details = (*said, *(one.detail for one in built), *lacking)
        if not any(one.of for _, one in left):
            failed = (one.detail.message for one in built if one.lacking)
            return CheckResult(check, Status.SKIPPED, next(failed, _nothing(aspect)), details)
        if aspect is Aspect.GRANTS:  # whose sides hold only what is compared
            result = self._judgement.of_all(check, [one for _, one in left], [one for _, one in right])
        else:
            result = self._judgement.of_sides(check, left, right)
        if lacking and result.status is Status.PASSED:  # what was compared is the same, but it was not everything
            result = replace(result, status=Status.SKIPPED, reason=lacking[0].message)
        return replace(result, details=details, seconds=time.monotonic() - start)

    def _lacking(self, aspect: Aspect) -> Iterator[Detail]:
        """What the categories cannot compare."""
        lacked = (one for watch in self._watches for one in watch.observer.lacks(self._context))
        return (Detail("warning", said) for of, said in lacked if of is aspect)


def _nothing(aspect: Aspect) -> str:
    """Why there is nothing of Gen 1 to compare with."""
    if aspect is Aspect.OUTPUTS:
        return "the Gen 1 project has nothing that clients are told of"
    return "no template of the Gen 1 project says what it deploys (`amplify pull` brings them)"


def deployed(
    subject: DeployedSubject,
    assembly: Assembly,
    branch: str,
    read_client: ReadClient | None = None,
    build: BuildApi | None = None,
) -> Deployed | None:
    """What the checks compare; None, and the subject's reason says why, when there is nothing.

    `read_client` is only needed for the check `outputs`, `build` for those that compare the API.
    """
    if subject.context is None:
        return None
    return Deployed(Sides(subject, subject.context, assembly, branch, read_client), build)


def skipped(check: Check, subject: DeployedSubject) -> CheckResult:
    """The result of a check that has nothing to compare with."""
    return CheckResult(check, Status.SKIPPED, subject.reason)
