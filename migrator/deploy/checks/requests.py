"""The check `requests`: who may do what with the rows of each model, tried by sending requests.

The owner, another user, a member of a group, somebody with the API key and a guest try every operation on the same
row; what they get has to be what Gen 1's rules say. Rows are removed at the end, where whoever made them may do that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import count
from random import randrange
from typing import Any

from msgspec import Struct

from migrator.aws import appsync, users
from migrator.aws.graphql import Answer, Caller, ask
from migrator.aws.inventory import stack_outputs
from migrator.core.errors import AwsError
from migrator.deploy.checks.expectations import Asker, Role, may, untried
from migrator.deploy.checks.interface import CannotTry, Deployed, Outcome, Status
from migrator.deploy.checks.operations import ModelRequests, Types, model_requests
from migrator.deploy.checks.people import door, people
from migrator.engine.access import ModelAccess, Operation, Who

CHECK = "requests"
_AS_THEY_COME = (Operation.GET, Operation.LIST, Operation.UPDATE, Operation.DELETE)
_LIMIT = 1000
_NAMES = {Role.OWNER: "check-ada", Role.OTHER: "check-ben", Role.MEMBER: "check-cleo"}
_ROWS = count(randrange(1, 10**9))
"""Numbers for rows. Rows that nobody may delete stay, so a later run begins elsewhere."""
_WORDS = {True: "allowed", False: "refused"}


class Voice(Struct, frozen=True):
    """Somebody who asks, and how."""

    asker: Asker
    caller: Caller
    owner: str = ""
    """What stands for them in a row."""


class Api(Struct, frozen=True):
    """The API that is asked, with its types."""

    url: str
    types: Types

    def send(
        self, model: ModelRequests, operation: Operation, caller: Caller, given: Mapping[str, Any]
    ) -> tuple[Answer, Any]:
        """One request, and what it returned of the model."""
        request = model.requests[operation]
        answer = ask(self.url, caller, request.text(tuple(given)), given)
        return answer, answer.data.get(request.field)


def requests(deployed: Deployed) -> Iterator[Outcome]:
    """Every model as everybody. Models of which nothing is known are skipped, and rules that nobody can try."""
    for reason in deployed.access.unknown:
        yield Outcome(CHECK, "rules", Status.SKIPPED, reason)
    models = deployed.access.models
    if not models:
        return
    outputs = stack_outputs(deployed.session, deployed.stack)
    api = outputs.get("awsAppsyncApiId")
    if not api:
        raise CannotTry("the backend has no API")
    target = Api(outputs["awsAppsyncApiEndpoint"], appsync.introspected(deployed.session, api))
    with ExitStack() as leaving:
        voices = tuple(_voices(deployed, api, models, leaving))
        for access in models:
            yield from _model(deployed, target, access, voices)


def _voices(deployed: Deployed, api: str, models: tuple[ModelAccess, ...], leaving: ExitStack) -> Iterator[Voice]:
    """Who can be asked: users where there is a pool, the key where there is one, a guest where a rule is for guests."""
    rules = [rule for model in models for rules in (model.rules, *model.fields.values()) for rule in rules]
    groups = sorted({group for rule in rules for group in rule.groups})
    roles = [Role.OWNER, Role.OTHER, *([Role.MEMBER] if groups else [])]
    asked = {Who.OWNER, Who.SIGNED_IN, Who.GROUP, Who.IDENTITY} & {rule.who for rule in rules}
    if asked:
        names = [_NAMES[role] for role in roles]
        found = leaving.enter_context(people(deployed, names, {_NAMES[Role.MEMBER]: groups}))
        for role in roles:
            member = frozenset(groups) if role is Role.MEMBER else frozenset()
            person = found[_NAMES[role]]
            yield Voice(Asker(role, member), Caller(token=person.tokens.access), person.tokens.username)
        if Who.IDENTITY in asked and found[_NAMES[Role.OWNER]].keys:
            yield Voice(Asker(Role.IDENTITY), Caller(keys=found[_NAMES[Role.OWNER]].keys))
    keys = appsync.api_keys(deployed.session, api)
    if keys:
        yield Voice(Asker(Role.KEY), Caller(key=keys[0]))
    if any(rule.who is Who.GUEST for rule in rules):
        _, guest = users.identity(deployed.session, door(deployed), None)
        yield Voice(Asker(Role.GUEST), Caller(keys=guest))


def _model(deployed: Deployed, api: Api, access: ModelAccess, voices: tuple[Voice, ...]) -> Iterator[Outcome]:
    model = model_requests(api.types, access, frozenset(access.fields))
    subject = f"model {access.model}"
    maker = next((one for one in voices if may(access, one.asker, Operation.CREATE)), None)
    if Operation.CREATE not in model.requests or maker is None:
        reason = "nobody who can be tried may create rows" if maker is None else "the API makes no rows of it"
        yield Outcome(CHECK, subject, Status.SKIPPED, reason)
        return
    for reason in untried(access):
        yield Outcome(CHECK, subject, Status.SKIPPED, f"rules for {reason} are not tried")
    tried = _Trial(api, access, model, maker)
    try:
        for one in voices:
            yield tried.outcome(one)
    finally:
        tried.clear()


class _Trial:
    """The rows of one model while they are tried."""

    def __init__(self, api: Api, access: ModelAccess, model: ModelRequests, maker: Voice) -> None:
        self._api = api
        self._access = access
        self._model = model
        self._maker = maker
        self._rows: list[tuple[Caller, Mapping[str, Any]]] = []
        self._row: Mapping[str, Any] | None = None

    def outcome(self, one: Voice) -> Outcome:
        """What somebody got, against what they should get."""
        subject = f"model {self._access.model} as {one.asker.role}"
        tried = [operation for operation in (Operation.CREATE, *_AS_THEY_COME) if operation in self._model.requests]
        wrong = [said for operation in tried if (said := self._tried(operation, one))]
        if wrong:
            hint = "`migrate verify --only resolvers` compares the templates that decide"
            return Outcome(CHECK, subject, Status.FAILED, "; ".join(wrong), hint)
        allowed = [operation.value for operation in tried if may(self._access, one.asker, operation)]
        return Outcome(CHECK, subject, Status.PASSED, f"may {', '.join(allowed) or 'nothing'}, as the rules say")

    def _tried(self, operation: Operation, one: Voice) -> str:
        """What is wrong with what somebody got; empty when it is right."""
        expected = may(self._access, one.asker, operation)
        if operation is Operation.CREATE:
            answer, row = self._create(one)
            got = row is not None and not answer.errors
        else:
            taken = operation is Operation.DELETE and expected
            row = self._made() if taken and not self._model.single else self._shared()
            answer, said = self._api.send(self._model, operation, one.caller, self._given(operation, row))
            got = self._there(row, said) if operation is Operation.LIST else said is not None and not answer.errors
            if got and operation is Operation.DELETE and row is self._row:
                self._row = None
        if got == expected:
            return ""
        told = f" ({answer.errors[0]})" if answer.errors else ""
        return f"{operation} is {_WORDS[got]}, and should be {_WORDS[expected]}{told}"

    def _create(self, one: Voice) -> tuple[Answer, Mapping[str, Any] | None]:
        given = {"input": self._model.sample(next(_ROWS), one.owner)}
        answer, row = self._api.send(self._model, Operation.CREATE, one.caller, given)
        if row is not None:
            self._rows.append((one.caller, row))
            if self._model.single and one is self._maker:
                self._row = row  # they cannot make another one
        return answer, row

    def _shared(self) -> Mapping[str, Any]:
        """The row that everybody looks at."""
        if self._row is None:
            self._row = self._made()
        return self._row

    def _made(self) -> Mapping[str, Any]:
        """A new row of the maker. Raises AwsError when it cannot be made."""
        answer, row = self._create(self._maker)
        if row is None:
            said = answer.errors[0] if answer.errors else "nothing came back"
            raise AwsError(f"no row of {self._access.model} can be made as {self._maker.asker.role}: {said}")
        return row

    def _given(self, operation: Operation, row: Mapping[str, Any]) -> dict[str, Any]:
        key = self._model.key_of(row)
        if operation is Operation.LIST:
            return {"limit": _LIMIT}
        return key if operation is Operation.GET else {"input": key}

    def _there(self, row: Mapping[str, Any], said: Any) -> bool:
        key = self._model.key_of(row)
        listed = said.get("items") or () if isinstance(said, Mapping) else ()
        return any(one is not None and self._model.key_of(one) == key for one in listed)

    def clear(self) -> None:
        """Removes every row that whoever made it may remove."""
        if Operation.DELETE in self._model.requests:
            for caller, row in self._rows:
                self._api.send(self._model, Operation.DELETE, caller, self._given(Operation.DELETE, row))
