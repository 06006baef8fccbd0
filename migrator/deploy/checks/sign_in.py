"""The check `sign-in`: a user signs up as the pool wants it, is confirmed, signs in, and gets credentials."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from migrator.aws import cognito, users
from migrator.aws.properties import Properties
from migrator.core.errors import AwsError
from migrator.deploy.checks.interface import Deployed, Outcome, Status
from migrator.deploy.checks.people import account, door, enter, join, pool_of

CHECK = "sign-in"
_NAME = "check-ada"
_REFUSALS = ("NotAuthorizedException", "InvalidPasswordException", "InvalidParameterException")
_SRP = "ALLOW_USER_SRP_AUTH"


def sign_in(deployed: Deployed) -> Iterator[Outcome]:
    """Sign-up, sign-in with SRP, a wrong password, a password that the policy forbids, an identity."""
    at = door(deployed)
    pool = pool_of(deployed, at)
    client = cognito.user_pool_client(deployed.session, at.pool, at.client) or {}
    flows = client.get("ExplicitAuthFlows")
    if flows and _SRP not in flows and "USER_SRP_AUTH" not in flows:
        yield Outcome(CHECK, "web client", Status.SKIPPED, f"it does not allow SRP, only {', '.join(flows)}")
        return
    one = account(_NAME, pool)
    session = deployed.session
    users.delete_user(session, at.pool, one.name)
    try:
        weak = _weak(pool)
        if weak:
            yield _refused("a password that is too weak", lambda: join(session, at, pool, replace(one, password=weak)))
            users.delete_user(session, at.pool, one.name)
        join(session, at, pool, one)
        yield Outcome(CHECK, "sign-up", Status.PASSED, f"with {', '.join(sorted(one.attributes))}")
        wrong = replace(one, password=f"{one.password}-wrong")
        yield _refused("a wrong password", lambda: users.sign_in(session, at, wrong))
        person = enter(session, at, _NAME, one)
        yield Outcome(CHECK, "sign-in", Status.PASSED, "SRP")
        if at.identity_pool:
            yield Outcome(CHECK, "credentials", Status.PASSED, f"identity in {person.identity.partition(':')[0]}")
        yield from _guest(deployed)
    finally:
        users.delete_user(session, at.pool, one.name)


def _weak(pool: Properties) -> str:
    """A password one character too short; empty when there is no policy."""
    policy = (pool.get("Policies") or {}).get("PasswordPolicy") or {}
    least = int(policy.get("MinimumLength") or 0)
    return "Aa1!Aa1!"[: least - 1].ljust(least - 1, "0") if least > 1 else ""


def _refused(subject: str, attempt: Callable[[], object]) -> Outcome:
    """Something that has to be refused."""
    try:
        attempt()
    except AwsError as problem:
        if problem.code in _REFUSALS:
            return Outcome(CHECK, subject, Status.PASSED, "refused")
        return Outcome(CHECK, subject, Status.FAILED, problem.message, problem.hint)
    return Outcome(CHECK, subject, Status.FAILED, "it is accepted", "compare the pool's policy with Gen 1's")


def _guest(deployed: Deployed) -> Iterator[Outcome]:
    """Guests get credentials where the identity pool lets them in, and nowhere else."""
    at = door(deployed)
    said = cognito.identity_pool(deployed.session, at.identity_pool) if at.identity_pool else None
    if said is None:
        return
    welcome = bool(said.get("AllowUnauthenticatedIdentities"))
    try:
        users.identity(deployed.session, at, None)
    except AwsError as problem:
        status = Status.FAILED if welcome else Status.PASSED
        yield Outcome(CHECK, "guest", status, problem.message if welcome else "refused, as the identity pool says")
    else:
        if not welcome and deployed.local:
            reason = "the local AWS gives guests credentials whatever the identity pool says, so this says nothing"
            yield Outcome(CHECK, "guest", Status.SKIPPED, reason)
            return
        status = Status.PASSED if welcome else Status.FAILED
        yield Outcome(CHECK, "guest", status, "" if welcome else "gets credentials, though the identity pool refuses")
