"""A rehearsal: people, rows and files in the Gen 1 backend, looked at again through the Gen 2 backend beside it.

`fill` puts them there through Gen 1, as apps would. `look_again` signs the same people in with the same passwords,
compares their rows and files, and sends the same requests to both APIs: the answers have to be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.aws import appsync, cognito, files, users
from migrator.aws.errors import asking
from migrator.aws.session import Session
from migrator.aws.users import Account, Door
from migrator.core.errors import AwsError
from migrator.deploy.answers import same_answers
from migrator.deploy.backends import ROWS, Api, Backend, callers, told
from migrator.deploy.checks.interface import Outcome, Status
from migrator.deploy.checks.people import Person, account, enter, join
from migrator.deploy.gen1_stack import Gen1Stack
from migrator.engine.access import Access, FileAccess, Operation
from migrator.local.process import LocalAws

NAMES = ("ada", "ben", "cleo")
_OWN = ("protected", "private")


class Row(Struct, frozen=True):
    """A row that somebody made, as Gen 1 answered."""

    model: str
    maker: str
    content: Mapping[str, Any]


class File(Struct, frozen=True):
    """A file that somebody put."""

    folder: str
    key: str
    maker: str
    content: bytes


class Filled(Struct, frozen=True):
    """What is in the Gen 1 backend. Passwords are those of made-up people on the local AWS."""

    accounts: Mapping[str, Account]
    identities: Mapping[str, str]
    rows: tuple[Row, ...]
    files: tuple[File, ...]


def gen1_backend(stack: Gen1Stack) -> Backend:
    """How apps reach the Gen 1 backend."""
    door = Door(stack.of("auth", "UserPoolId"), stack.of("auth", "AppClientIDWeb"), stack.of("auth", "IdentityPoolId"))
    return Backend(
        door,
        stack.of("api", "GraphQLAPIIdOutput"),
        stack.of("api", "GraphQLAPIEndpointOutput"),
        stack.of("storage", "BucketName"),
    )


def fill(session: Session, gen1: Backend, access: Access) -> Filled:
    """Three users with passwords of their own, a row of each model and files of each of them. Raises AwsError."""
    pool = cognito.user_pool(session, gen1.door.pool) or {}
    accounts: dict[str, Account] = {}
    people: dict[str, Person] = {}
    for name in NAMES:
        one = account(name, pool)
        accounts[name] = replace(one, password=f"{one.password}-{name}")
        users.delete_user(session, gen1.door.pool, one.name)
        join(session, gen1.door, pool, accounts[name])
        people[name] = enter(session, gen1.door, name, accounts[name])
    rows = tuple(_rows(session, gen1, access, people)) if gen1.api else ()
    put = tuple(_put(session, gen1, access.files, people)) if gen1.bucket else ()
    return Filled(accounts, {name: one.identity for name, one in people.items()}, rows, put)


def _rows(session: Session, gen1: Backend, access: Access, people: Mapping[str, Person]) -> Iterator[Row]:
    api = Api.at(session, gen1)
    for model in access.models:
        requests = api.of(model)
        if Operation.CREATE not in requests.requests:
            continue
        for name, person in people.items():
            for caller in callers(model, person):
                given = {"input": requests.sample(next(ROWS), person.tokens.username)}
                answer, said = api.send(requests, Operation.CREATE, caller, given)
                if said is not None and not answer.errors:
                    yield Row(model.model, name, said)
                    break


def _put(
    session: Session, gen1: Backend, folders: Iterable[FileAccess], people: Mapping[str, Person]
) -> Iterator[File]:
    for folder in (one.folder for one in folders if one.folder != "uploads"):
        for name, person in people.items():
            inside = f"{folder}/{person.identity}" if folder in _OWN else folder
            one = File(folder, f"{inside}/{name}.txt", name, f"{name} keeps this in {folder}".encode())
            files.put(person.keys or session, gen1.bucket, one.key, one.content)
            yield one


def protect_tables(session: Session, gen1: Backend) -> tuple[str, ...]:
    """Switches deletion protection of the model tables on, as it has to be before Gen 2 takes them over; their names.

    Raises AwsError.
    """
    found = []
    for one in appsync.data_sources(session, gen1.api) if gen1.api else ():
        name = (one.get("DynamodbConfig") or {}).get("TableName")
        if name:
            with asking(f"the protection of the table {name}"):
                session.client("dynamodb").update_table(TableName=name, DeletionProtectionEnabled=True)
            found.append(str(name))
    return tuple(found)


def renew_key(session: Session, gen1: Backend) -> None:
    """A key for an API that has one: how long it holds was counted from the day on which the template was built.

    Raises AwsError.
    """
    if gen1.api and appsync.api_keys(session, gen1.api):
        appsync.add_key(session, gen1.api)


# ---- looking again


def look_again(local: LocalAws, gen1: Backend, gen2: Backend, filled: Filled, access: Access) -> Iterator[Outcome]:
    """The same people, rows, files and requests through Gen 2. Raises AwsError."""
    session = local.session
    people: dict[str, Person] = {}
    for name, one in filled.accounts.items():
        try:
            people[name] = enter(session, gen2.door, name, one)
        except AwsError as problem:
            yield Outcome("users", name, Status.FAILED, f"cannot sign in with the old password: {problem.message}")
            continue
        same = people[name].identity == filled.identities[name]
        said = "signs in with the old password" + (", and has the same identity" if same else "")
        hint = "" if same else "private files belong to the identity: keep the identity pool with --reuse auth"
        yield Outcome("users", name, Status.PASSED if same else Status.FAILED, said, hint)
    if gen2.bucket and filled.files:
        with _enforced(local):
            yield from _files_again(gen2, filled, access, people)
    if gen1.api and gen2.api:
        yield from _rows_again(session, gen2, filled, access, people)
        yield from same_answers(session, (gen1, gen2), access, people)


@contextmanager
def _enforced(local: LocalAws) -> Iterator[None]:
    """While policies decide."""
    local.restart(enforce_iam=True)
    try:
        yield
    finally:
        local.restart(enforce_iam=False)


def _files_again(gen2: Backend, filled: Filled, access: Access, people: Mapping[str, Person]) -> Iterator[Outcome]:
    """Everybody reads exactly the files that are theirs, or that everybody may read."""
    rights = {one.folder: one for one in access.files}
    for name, person in people.items():
        wrong: list[str] = []
        for one in filled.files:
            right = rights[one.folder]
            may = "get" in (right.own if one.maker == name else right.others)
            got = files.get(person.keys, gen2.bucket, one.key) if person.keys else None
            if may and got != one.content:
                wrong.append(f"{one.key} cannot be read" if got is None else f"{one.key} is another file")
            elif not may and got is not None:
                wrong.append(f"{one.key} of {one.maker} can be read")
        count_ = f"{sum(one.maker == name for one in filled.files)} own files, {len(filled.files)} tried"
        yield told("files", name, wrong, count_)


def _rows_again(
    session: Session, gen2: Backend, filled: Filled, access: Access, people: Mapping[str, Person]
) -> Iterator[Outcome]:
    """Everybody finds the rows that they made in Gen 1, as they were."""
    api = Api.at(session, gen2)
    for name, person in people.items():
        wrong: list[str] = []
        own = [row for row in filled.rows if row.maker == name]
        for row in own:
            model = next(one for one in access.models if one.model == row.model)
            requests = api.of(model)
            key = requests.key_of(row.content)
            for caller in callers(model, person):
                answer, said = api.send(requests, Operation.GET, caller, key)
                if said is not None:
                    break
            if said is None:
                wrong.append(f"{row.model} is not found ({'; '.join(answer.errors) or 'nothing came back'})")
            elif dict(said) != dict(row.content):
                wrong.append(f"{row.model} is not as it was")
        yield told("rows", name, wrong, f"{len(own)} rows")
