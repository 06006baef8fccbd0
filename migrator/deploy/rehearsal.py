"""A rehearsal: people, rows and files in the Gen 1 backend, looked at again through the Gen 2 backend beside it.

`fill` puts them there through Gen 1, as apps would. `look_again` signs the same people in with the same passwords,
compares their rows and files, and sends the same requests to both APIs: the answers have to be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from migrator.aws import appsync, cognito, files, users
from migrator.aws.errors import asking
from migrator.aws.graphql import Answer, Caller, ask
from migrator.aws.session import Session
from migrator.aws.users import Account, Door
from migrator.core.errors import AwsError
from migrator.deploy.checks.interface import Outcome, Status
from migrator.deploy.checks.operations import ModelRequests, Types, model_requests
from migrator.deploy.checks.people import Person, account, enter, join
from migrator.deploy.gen1_stack import Gen1Stack
from migrator.deploy.sameness import normalized
from migrator.engine.access import Access, FileAccess, ModelAccess, Operation, Who
from migrator.local.process import LocalAws

NAMES = ("ada", "ben", "cleo")
_MANY = 1000
_OWN = ("protected", "private")
_ROWS = count(100)


class Backend(Struct, frozen=True):
    """One generation, as its apps see it."""

    door: Door
    api: str = ""
    """The API's id; empty for none."""
    url: str = ""
    bucket: str = ""


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
    api = Api(gen1.url, appsync.introspected(session, gen1.api))
    for model in access.models:
        requests = api.of(model)
        if Operation.CREATE not in requests.requests:
            continue
        for name, person in people.items():
            for caller in _callers(model, person):
                given = {"input": requests.sample(next(_ROWS), person.tokens.username)}
                answer, said = api.send(requests, Operation.CREATE, caller, given)
                if said is not None and not answer.errors:
                    yield Row(model.model, name, said)
                    break


def _callers(model: ModelAccess, person: Person) -> Iterator[Caller]:
    """The ways in which somebody can ask for rows of a model: with their token, or with the identity's credentials."""
    yield Caller(token=person.tokens.access)
    if person.keys and any(rule.who is Who.IDENTITY for rule in model.rules):
        yield Caller(keys=person.keys)


def _put(
    session: Session, gen1: Backend, folders: Iterable[FileAccess], people: Mapping[str, Person]
) -> Iterator[File]:
    for folder in (one.folder for one in folders if one.folder != "uploads"):
        for name, person in people.items():
            inside = f"{folder}/{person.identity}" if folder in _OWN else folder
            one = File(folder, f"{inside}/{name}.txt", name, f"{name} keeps this in {folder}".encode())
            files.put(person.keys or session, gen1.bucket, one.key, one.content)
            yield one


class Api(Struct, frozen=True):
    """An API with its types."""

    url: str
    types: Types

    def of(self, model: ModelAccess) -> ModelRequests:
        """The requests of a model; fields that have rules of their own are asked for as well."""
        return model_requests(self.types, model)

    def send(
        self, model: ModelRequests, operation: Operation, caller: Caller, given: Mapping[str, Any]
    ) -> tuple[Answer, Any]:
        """One request, and what it returned."""
        request = model.requests[operation]
        answer = ask(self.url, caller, request.text(tuple(given)), given)
        return answer, answer.data.get(request.field)


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
        yield from _same_answers(session, (gen1, gen2), access, people)


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
        yield _outcome("files", name, wrong, count_)


def _rows_again(
    session: Session, gen2: Backend, filled: Filled, access: Access, people: Mapping[str, Person]
) -> Iterator[Outcome]:
    """Everybody finds the rows that they made in Gen 1, as they were."""
    api = Api(gen2.url, appsync.introspected(session, gen2.api))
    for name, person in people.items():
        wrong: list[str] = []
        own = [row for row in filled.rows if row.maker == name]
        for row in own:
            model = next(one for one in access.models if one.model == row.model)
            requests = api.of(model)
            key = requests.key_of(row.content)
            for caller in _callers(model, person):
                answer, said = api.send(requests, Operation.GET, caller, key)
                if said is not None:
                    break
            if said is None:
                wrong.append(f"{row.model} is not found ({'; '.join(answer.errors) or 'nothing came back'})")
            elif dict(said) != dict(row.content):
                wrong.append(f"{row.model} is not as it was")
        yield _outcome("rows", name, wrong, f"{len(own)} rows")


# ---- the same requests to both


class _Both(Struct, frozen=True):
    """Somebody who asks both APIs; by API, how. `owner` is what stands for them in a row."""

    callers: tuple[Caller, Caller]
    owner: str = ""

    @classmethod
    def of(cls, caller: Caller, person: Person) -> _Both:
        """Somebody who asks both in the same way."""
        return cls((caller, caller), person.tokens.username)


def _same_answers(
    session: Session, both: tuple[Backend, Backend], access: Access, people: Mapping[str, Person]
) -> Iterator[Outcome]:
    apis = tuple(Api(one.url, appsync.introspected(session, one.api)) for one in both)
    keys = tuple(appsync.api_keys(session, one.api) for one in both)
    callers = {name: _Both.of(Caller(token=one.tokens.access), one) for name, one in people.items()}
    first = next(iter(people.values()), None)
    if first and first.keys and any(rule.who is Who.IDENTITY for model in access.models for rule in model.rules):
        callers[f"{first.name} with credentials"] = _Both.of(Caller(keys=first.keys), first)
    if all(keys):
        callers["the API key"] = _Both((Caller(key=keys[0][0]), Caller(key=keys[1][0])))
    for model in access.models:
        pair = (apis[0].of(model), apis[1].of(model))
        for who, caller in callers.items():
            wrong = list(_compared((apis[0], apis[1]), pair, caller, callers))
            tried = f"{len(pair[0].requests)} operations"
            yield _outcome("answers", f"{model.model} as {who}", wrong, tried)


def _compared(
    apis: tuple[Api, Api],
    pair: tuple[ModelRequests, ModelRequests],
    caller: _Both,
    callers: Mapping[str, _Both],
) -> Iterator[str]:
    """Where the two answer differently."""
    if pair[0].requests.keys() != pair[1].requests.keys():
        yield f"the operations differ: {sorted(pair[0].requests)} and {sorted(pair[1].requests)}"
        return
    others = tuple(one for one in callers.values() if one is not caller)
    for operation in pair[0].requests:
        if operation in (Operation.CREATE, Operation.LIST):
            yield from _tried(apis, pair, operation, caller, (), "")
        else:
            yield from _tried(apis, pair, operation, caller, (caller,), " of an own row")
            yield from _tried(apis, pair, operation, caller, others, " of another's row")


def _tried(
    apis: tuple[Api, Api],
    pair: tuple[ModelRequests, ModelRequests],
    operation: Operation,
    caller: _Both,
    makers: tuple[_Both, ...],
    whose: str,
) -> Iterator[str]:
    """One request to both, with a row that the first of `makers` who may has made for it; nothing without a row."""
    given = [_given(apis[side], pair[side], operation, side, makers or (caller,)) for side in (0, 1)]
    if operation in (Operation.GET, Operation.LIST):
        given[1] = given[0]  # both APIs look at the same rows
    if not all(given):
        return
    said = []
    for api, model, one, values in zip(apis, pair, caller.callers, given, strict=True):
        answer, _ = api.send(model, operation, one, values)
        said.append(normalized(answer, model.keys, operation))
    if said[0] != said[1]:
        yield f"{operation}{whose}: Gen 1 {said[0]}, Gen 2 {said[1]}"


def _given(
    api: Api, model: ModelRequests, operation: Operation, side: int, makers: tuple[_Both, ...]
) -> dict[str, Any]:
    """What a request is given: a new row to create, or the key of one that somebody made for it; empty without one."""
    if operation is Operation.LIST:
        return {"limit": _MANY}
    if operation is Operation.CREATE:
        return {"input": model.sample(next(_ROWS), makers[0].owner)}
    for maker in makers if Operation.CREATE in model.requests else ():
        given = {"input": model.sample(next(_ROWS), maker.owner)}
        _, said = api.send(model, Operation.CREATE, maker.callers[side], given)
        if said is not None:
            key = model.key_of(said)
            return key if operation is Operation.GET else {"input": key}
    return {}


def _outcome(check: str, subject: str, wrong: list[str], seen: str) -> Outcome:
    if wrong:
        return Outcome(check, subject, Status.FAILED, "; ".join(wrong))
    return Outcome(check, subject, Status.PASSED, seen)
