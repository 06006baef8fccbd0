"""What services say, in CloudFormation's words: the properties that a template would have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from migrator.aws.errors import asking
from migrator.core.errors import AwsError

Properties: TypeAlias = Mapping[str, Any]
"""Properties by CloudFormation's names. A name with None is one that the service was asked about and that is not set;
a name that is missing was not asked about."""


def optional(call: Callable[[], Any], what: str, *missing: str) -> Any:
    """The answer to a call; None where AWS answers with one of the `missing` codes. Raises AwsError for others."""
    try:
        with asking(what):
            return call()
    except AwsError as problem:
        if problem.code in missing:
            return None
        raise


def taken(said: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """These members, None for those that are not there; what is empty says nothing."""
    return {name: None if (value := said.get(name)) in ({}, [], "") else value for name in names}


def capitalized(value: Any) -> Any:
    """Members with a capital letter, at every depth: APIs that write `userPoolId` where templates say `UserPoolId`."""
    if isinstance(value, Mapping):
        return {key[:1].upper() + key[1:]: capitalized(item) for key, item in value.items()}
    return [capitalized(item) for item in value] if isinstance(value, list) else value


def pages(
    call: Callable[..., Any], member: str, *, token: str = "NextToken", sent: str = "", **arguments: Any
) -> Iterator[Any]:
    """The elements of all pages of a list. `token` is what the answer calls the next page, `sent` what the request
    does, where that is another word."""
    given = dict(arguments)
    while True:
        answer = call(**given)
        yield from answer.get(member, ())
        following = answer.get(token)
        if not following:
            return
        given[sent or token] = following
