"""The rows of one model while everybody tries what may be done with them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from secrets import randbelow
from typing import Any

from msgspec import Struct

from migrator.aws.graphql import Answer, Caller, ask
from migrator.core.errors import AwsError
from migrator.deploy.checks.expectations import Asker, may
from migrator.deploy.checks.interface import Outcome, Status
from migrator.deploy.checks.operations import ModelRequests, Types, written
from migrator.engine.access import AccessRule, ModelAccess, Operation

CHECK = "requests"
_AS_THEY_COME = (Operation.GET, Operation.LIST, Operation.UPDATE, Operation.DELETE)
_LIMIT = 1000
_ROWS = count(randbelow(10**9))
"""Numbers of rows. They begin anywhere: rows that nobody may remove stay, and the next run must not meet them."""
_WORDS = {True: "allowed", False: "refused"}
_HINT = "`migrate verify --only resolvers` compares the templates that decide"


class Voice(Struct, frozen=True):
    """Somebody who asks, and how."""

    asker: Asker
    caller: Caller
    owner: str = ""
    """What stands for them in a row."""

    @property
    def groups(self) -> str:
        """A group that they are in; empty when they are in none."""
        return min(self.asker.groups, default="")


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


class Trial:
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
            return Outcome(CHECK, subject, Status.FAILED, "; ".join(wrong), _HINT)
        allowed = [operation.value for operation in tried if may(self._access, one.asker, operation)]
        return Outcome(CHECK, subject, Status.PASSED, f"may {', '.join(allowed) or 'nothing'}, as the rules say")

    def named(self, rule: AccessRule, one: Voice) -> Outcome:
        """What somebody got of rows that name them: as an owner beside who made it, or by their group."""
        field, value = (rule.owner_field, one.owner) if rule.owner_field else (rule.group_field, one.groups)
        subject = f"model {self._access.model} as somebody named in {field}"
        listed = self._listed(field)
        if listed is None or not value:
            reason = "nobody is in a group" if not value else "the API does not take that field for a new row"
            return Outcome(CHECK, subject, Status.SKIPPED, reason)
        named = {field: [value] if listed else value}
        tried = [operation for operation in _AS_THEY_COME if operation in self._model.requests]
        wrong: list[str] = []
        for operation in tried:
            answer, got = self._got(operation, one, self._made(named))
            expected = operation in rule.operations or may(self._access, one.asker, operation)
            if got != expected:
                wrong.append(_told(operation, got, answer))
        if wrong:
            return Outcome(CHECK, subject, Status.FAILED, "; ".join(wrong), _HINT)
        allowed = ", ".join(operation for operation in tried if operation in rule.operations)
        return Outcome(CHECK, subject, Status.PASSED, f"may {allowed or 'nothing'}, as the rules say")

    def _listed(self, field: str) -> bool | None:
        """Whether a field of a new row is a list; None when it is no such field."""
        takes = self._model.requests[Operation.CREATE].arguments["input"].strip("[]!")
        fields = self._model.types[takes].get("inputFields") or ()
        found = next((written(one["type"]) for one in fields if one["name"] == field), None)
        return None if found is None else found.startswith("[")

    def _tried(self, operation: Operation, one: Voice) -> str:
        """What is wrong with what somebody got; empty when it is right."""
        expected = may(self._access, one.asker, operation)
        if operation is Operation.CREATE:
            answer, row = self._create(one)
            got = row is not None and not answer.errors
        else:
            taken = operation is Operation.DELETE and expected
            row = self._made() if taken and not self._model.single else self._shared()
            answer, got = self._got(operation, one, row)
            if got and operation is Operation.DELETE and row is self._row:
                self._row = None
        return "" if got == expected else _told(operation, got, answer)

    def _got(self, operation: Operation, one: Voice, row: Mapping[str, Any]) -> tuple[Answer, bool]:
        """What somebody was told of a row, and whether they got what they asked for."""
        answer, said = self._api.send(self._model, operation, one.caller, self._given(operation, row))
        if operation is Operation.LIST:
            return answer, self._there(row, said)
        return answer, said is not None and not answer.errors

    def _create(self, one: Voice, also: Mapping[str, Any] = {}) -> tuple[Answer, Mapping[str, Any] | None]:
        given = {"input": self._model.sample(next(_ROWS), one.owner) | dict(also)}
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

    def _made(self, also: Mapping[str, Any] = {}) -> Mapping[str, Any]:
        """A new row of the maker. Raises AwsError when it cannot be made."""
        answer, row = self._create(self._maker, also)
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


def _told(operation: Operation, got: bool, answer: Answer) -> str:
    reason = f" ({answer.errors[0]})" if answer.errors else ""
    return f"{operation} is {_WORDS[got]}, and should be {_WORDS[not got]}{reason}"
