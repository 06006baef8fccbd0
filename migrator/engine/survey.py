"""Everything that one generation deploys, observed by the categories; what none of them observes is listed too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer
from migrator.engine.observing import observed

_STACK = "AWS::CloudFormation::Stack"
ELSEWHERE: tuple[tuple[str, Aspect | None, str], ...] = (
    ("AWS::CDK::Metadata", None, "What CDK counts its users by; it deploys nothing."),
    (_STACK, None, "How resources are spread over stacks; the resources are compared."),
    ("AWS::IAM::", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::S3::BucketPolicy", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::SQS::QueuePolicy", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::SNS::TopicPolicy", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::SecretsManager::ResourcePolicy", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::Kinesis::ResourcePolicy", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::Logs::ResourcePolicy", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::Lambda::Permission", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::Lambda::LayerVersionPermission", Aspect.GRANTS, "Rights are compared as what each principal may do."),
    ("AWS::AppSync::", Aspect.API, "The API is compared by its schema, its resolvers and its data sources."),
)
"""Types (or the start of them) that settings leave to another check, and why."""
_LISTED = frozenset({Aspect.API})
"""The checks that observe every resource of their types, so that one more is something that Gen 1 has not: a second
API, one for events, a cache."""


class Watch(Struct, frozen=True):
    """The observer of a category, and the feature that it belongs to."""

    feature: str
    observer: Observer


class Survey(Struct, frozen=True):
    """What was observed, each with its feature."""

    found: tuple[tuple[str, Observed], ...]

    def of(self, aspect: Aspect) -> tuple[tuple[str, Observed], ...]:
        """What one check compares."""
        return tuple((feature, one) for feature, one in self.found if one.aspect is aspect)


def survey(generation: Generation, watches: Iterable[Watch], *, outputs: bool = False) -> Survey:
    """What the observers see, and every resource that none of them does: nothing is overlooked.

    With `outputs` also what clients find.
    """
    listed = tuple(watches)
    found = [(watch.feature, one) for watch in listed for one in watch.observer.observe(generation)]
    if outputs:
        told = ((watch.feature, one) for watch in listed for one in watch.observer.tells(generation))
        found += [(feature, _retold(one, generation, listed)) for feature, one in told]
    seen = {declared.id for _, one in found for declared in one.of}
    read = {one.aspect for _, one in found} & _LISTED
    return Survey((*found, *(("", one) for one in _unobserved(generation, seen, read))))


def _retold(one: Observed, generation: Generation, watches: Iterable[Watch]) -> Observed:
    """What clients find after the project's own code has changed it."""
    for watch in watches:
        one = watch.observer.retold(one, generation)
    return one


def _unobserved(generation: Generation, seen: set[str], read: set[Aspect]) -> Iterator[Observed]:
    """What nobody observes, under the check that its type is left to where that check has something to compare."""
    for one in generation.resources:
        if one.id in seen:
            continue
        if not left_to_others(one) or one.type == _STACK:  # of a stack without a template nobody sees what is in it
            yield observed(one.name, one, generation)
        elif (aspect := _left_to(one)) in read:
            yield observed(one.name, one, generation, aspect=aspect or Aspect.SETTINGS)


def _left_to(declared: Declared) -> Aspect | None:
    """The check that compares resources of this type, where it is not settings."""
    return next((aspect for start, aspect, _ in ELSEWHERE if _starts(declared, start)), None)


def paired(gen1: Iterable[Observed], gen2: Iterable[Observed]) -> tuple[Observed, ...]:
    """Those of Gen 2, with the key of the one in Gen 1 that was carried over under its logical id.

    Only for what no category names: resources that were added to Gen 1's templates by hand.
    """
    known = {(one.kind, one.of[0].logical_id): one.key for one in gen1 if one.of and not one.of[0].path}
    return tuple(_renamed(one, known) for one in gen2)


def _renamed(one: Observed, known: Mapping[tuple[str, str], str]) -> Observed:
    place = one.of[0].path if one.of else ""
    key = known.get((one.kind, place.rpartition("/")[2]), "") if one.key == place else ""
    return replace(one, key=key) if key else one


def left_to_others(declared: Declared) -> bool:
    """Whether another check than settings compares resources of this type."""
    return any(_starts(declared, start) for start, _, _ in ELSEWHERE)


def _starts(declared: Declared, start: str) -> bool:
    """A service is meant with all its types, a type with itself alone: a stack set is no stack."""
    return declared.type.startswith(start) if start.endswith("::") else declared.type == start
