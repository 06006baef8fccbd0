"""Users who try a deployed backend: made for the checks, as the pool wants them, and removed afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from migrator.aws import cognito, users
from migrator.aws.inventory import stack_outputs
from migrator.aws.properties import Properties
from migrator.aws.session import Session
from migrator.aws.users import Account, Door, Tokens
from migrator.core.errors import AwsError
from migrator.deploy.checks.interface import CannotTry, Deployed

_DOMAIN = "example.com"
_LONGEST = 99
_PASSWORD = "Correct-Horse-9"
_VALUES: Mapping[str, str] = {
    "phone_number": "+12025550123",
    "birthdate": "1990-01-31",
    "updated_at": "1700000000",
    "zoneinfo": "Europe/Paris",
    "locale": "en-GB",
    "website": "https://example.com",
    "picture": "https://example.com/picture.png",
    "profile": "https://example.com/profile",
    "gender": "unknown",
    "address": "1 Example Street",
}
"""Of standard attributes with a form of their own."""


class Person(Struct, frozen=True):
    """A user who is signed in. `identity` and `keys` are those of the identity pool, where there is one."""

    name: str
    account: Account
    tokens: Tokens
    identity: str = ""
    keys: Session | None = None


def door(deployed: Deployed) -> Door:
    """Where users come in, from the stack's outputs. Raises CannotTry when the backend has no user pool."""
    outputs = stack_outputs(deployed.session, deployed.stack)
    if not outputs.get("userPoolId") or not outputs.get("webClientId"):
        raise CannotTry("the backend has no user pool")
    return Door(outputs["userPoolId"], outputs["webClientId"], outputs.get("identityPoolId", ""))


def pool_of(deployed: Deployed, at: Door) -> Properties:
    """The user pool. Raises CannotTry when it would run functions that may not run, AwsError when it is gone."""
    pool = cognito.user_pool(deployed.session, at.pool)
    if pool is None:
        raise AwsError(f"the user pool {at.pool} is not there")
    called = sorted(pool.get("LambdaConfig") or {})
    if called and not deployed.consent:
        raise CannotTry(
            f"signing in calls functions of the project ({', '.join(called)}), which may not run here yet",
            hint="say that functions may run on this machine",
        )
    return pool


def account(name: str, pool: Properties) -> Account:
    """A user whom the pool takes: sign-in name, required attributes, a password that the policy allows."""
    signs_in_with = tuple(pool.get("UsernameAttributes") or ())
    attributes = {"email": f"{name}@{_DOMAIN}"}
    phone = f"+1202555{sum(name.encode()) % 10000:04}"
    for one in pool.get("Schema") or ():
        if one.get("Required"):
            attributes[one["Name"]] = attributes.get(one["Name"]) or _value(one, name)
    if "phone_number" in attributes or "phone_number" in signs_in_with:
        attributes["phone_number"] = phone
    by_phone = signs_in_with == ("phone_number",)
    user = phone if by_phone else attributes["email"] if signs_in_with else name
    return Account(user, password(pool), attributes)


def _value(attribute: Mapping[str, Any], name: str) -> str:
    """A value of a required attribute, within its constraints."""
    known = _VALUES.get(attribute["Name"])
    if known:
        return known
    limits = attribute.get("StringAttributeConstraints") or {}
    least, most = int(limits.get("MinLength") or 0), int(limits.get("MaxLength") or _LONGEST)
    return name.ljust(least, "x")[:most]


def password(pool: Properties) -> str:
    """A password of all kinds of characters, long enough for the policy."""
    policy = (pool.get("Policies") or {}).get("PasswordPolicy") or {}
    return _PASSWORD.ljust(int(policy.get("MinimumLength") or 0), "0")


@contextmanager
def people(
    deployed: Deployed, names: Iterable[str], groups: Mapping[str, Iterable[str]] = {}
) -> Iterator[dict[str, Person]]:
    """Users of these names, signed in; by name, the `groups` they are in. They are removed at the end.

    Raises CannotTry when the pool lets nobody in without more (a second factor, a function that refuses), AwsError
    when signing up or in fails.
    """
    at = door(deployed)
    pool = pool_of(deployed, at)
    made: list[str] = []
    try:
        found: dict[str, Person] = {}
        for name in names:
            one = account(name, pool)
            users.delete_user(deployed.session, at.pool, one.name)  # one that a killed run left behind
            join(deployed.session, at, pool, one)
            made.append(one.name)
            for group in groups.get(name, ()):
                users.add_to_group(deployed.session, at.pool, one.name, group)
            found[name] = enter(deployed.session, at, name, one)
        yield found
    finally:
        for user in made:
            users.delete_user(deployed.session, at.pool, user)


def join(session: Session, at: Door, pool: Properties, one: Account) -> None:
    """Signs a user up; where only administrators make users, as one of them. Raises CannotTry, AwsError."""
    closed = (pool.get("AdminCreateUserConfig") or {}).get("AllowAdminCreateUserOnly")
    try:
        (users.create_user if closed else users.sign_up)(session, at, one)
    except AwsError as problem:
        if problem.code == "UserLambdaValidationException":
            raise CannotTry(f"a function of the pool refuses the user that is tried: {problem.message}") from problem
        raise


def enter(session: Session, at: Door, name: str, one: Account) -> Person:
    """Signs a user in, also to the identity pool. Raises CannotTry for a second factor, AwsError."""
    try:
        tokens = users.sign_in(session, at, one)
    except users.Challenge as challenge:
        raise CannotTry(f"the pool asks for a second factor ({challenge.code})") from challenge
    if not at.identity_pool:
        return Person(name, one, tokens)
    identity, keys = users.identity(session, at, tokens)
    return Person(name, one, tokens, identity, keys)
