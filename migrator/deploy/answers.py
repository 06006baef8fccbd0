"""The same requests to the APIs of both generations: the answers have to be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from migrator.aws import appsync
from migrator.aws.graphql import Caller
from migrator.aws.session import Session
from migrator.deploy.backends import ROWS, Api, Backend, told
from migrator.deploy.checks.interface import Outcome
from migrator.deploy.checks.operations import ModelRequests
from migrator.deploy.checks.people import Person
from migrator.deploy.sameness import normalized
from migrator.engine.access import Access, Operation, Who

MANY = 1000
"""Rows that are listed at once."""


class Both(Struct, frozen=True):
    """Somebody who asks both APIs; by API, how. `owner` is what stands for them in a row."""

    callers: tuple[Caller, Caller]
    owner: str = ""

    @classmethod
    def of(cls, caller: Caller, person: Person) -> Both:
        """Somebody who asks both in the same way."""
        return cls((caller, caller), person.tokens.username)


def same_answers(
    session: Session, both: tuple[Backend, Backend], access: Access, people: Mapping[str, Person]
) -> Iterator[Outcome]:
    """Every operation of every model as everybody, sent to both APIs. Raises AwsError."""
    apis = (Api.at(session, both[0]), Api.at(session, both[1]))
    keys = tuple(appsync.api_keys(session, one.api) for one in both)
    callers = {name: Both.of(Caller(token=one.tokens.access), one) for name, one in people.items()}
    first = next(iter(people.values()), None)
    if first and first.keys and any(rule.who is Who.IDENTITY for model in access.models for rule in model.rules):
        callers[f"{first.name} with credentials"] = Both.of(Caller(keys=first.keys), first)
    if all(keys):
        callers["the API key"] = Both((Caller(key=keys[0][0]), Caller(key=keys[1][0])))
    for model in access.models:
        pair = (apis[0].of(model), apis[1].of(model))
        for who, caller in callers.items():
            wrong = list(_compared(apis, pair, caller, callers))
            tried = f"{len(pair[0].requests)} operations"
            yield told("answers", f"{model.model} as {who}", wrong, tried)


def _compared(
    apis: tuple[Api, Api],
    pair: tuple[ModelRequests, ModelRequests],
    caller: Both,
    callers: Mapping[str, Both],
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
    caller: Both,
    makers: tuple[Both, ...],
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


def _given(api: Api, model: ModelRequests, operation: Operation, side: int, makers: tuple[Both, ...]) -> dict[str, Any]:
    """What a request is given: a new row to create, or the key of one that somebody made for it; empty without one."""
    if operation is Operation.LIST:
        return {"limit": MANY}
    if operation is Operation.CREATE:
        return {"input": model.sample(next(ROWS), makers[0].owner)}
    for maker in makers if Operation.CREATE in model.requests else ():
        given = {"input": model.sample(next(ROWS), maker.owner)}
        _, said = api.send(model, Operation.CREATE, maker.callers[side], given)
        if said is not None:
            key = model.key_of(said)
            return key if operation is Operation.GET else {"input": key}
    return {}
