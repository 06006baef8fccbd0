"""The two backends of a rehearsal, as their apps see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from msgspec import Struct

from migrator.aws import appsync
from migrator.aws.graphql import Answer, Caller, ask
from migrator.aws.session import Session
from migrator.aws.users import Door
from migrator.deploy.checks.interface import Outcome, Status
from migrator.deploy.checks.operations import ModelRequests, Types, model_requests
from migrator.deploy.checks.people import Person
from migrator.engine.access import ModelAccess, Operation, Who

ROWS = count(100)
"""Numbers of rows, each used once."""


class Backend(Struct, frozen=True):
    """One generation, as its apps see it."""

    door: Door
    api: str = ""
    """The API's id; empty for none."""
    url: str = ""
    bucket: str = ""


class Api(Struct, frozen=True):
    """An API with its types."""

    url: str
    types: Types

    @classmethod
    def at(cls, session: Session, backend: Backend) -> Api:
        """The API of a backend. Raises AwsError."""
        return cls(backend.url, appsync.introspected(session, backend.api))

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


def callers(model: ModelAccess, person: Person) -> Iterator[Caller]:
    """The ways in which somebody can ask for rows of a model: with their token, or with the identity's credentials."""
    yield Caller(token=person.tokens.access)
    if person.keys and any(rule.who is Who.IDENTITY for rule in model.rules):
        yield Caller(keys=person.keys)


def told(check: str, subject: str, wrong: list[str], seen: str) -> Outcome:
    """What was wrong; what was seen, where nothing was."""
    if wrong:
        return Outcome(check, subject, Status.FAILED, "; ".join(wrong))
    return Outcome(check, subject, Status.PASSED, seen)
