"""Lifecycle rules of buckets in CloudFormation's words.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

_ENDS = {"Days": "ExpirationInDays", "Date": "ExpirationDate", "ExpiredObjectDeleteMarker": "ExpiredObjectDeleteMarker"}
_MOVES = {"Days": "TransitionInDays", "Date": "TransitionDate", "NoncurrentDays": "TransitionInDays"}
_SAME = ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload")
_SIZES = ("ObjectSizeGreaterThan", "ObjectSizeLessThan")


def rule(said: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as the property `LifecycleConfiguration` of a bucket says it, none of the words that are deprecated."""
    return dict(_members(said))


def _members(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if said.get("ID"):
        yield "Id", said["ID"]
    yield "Status", said.get("Status")
    yield from _conditions(said)
    for name, value in said.get("Expiration", {}).items():
        if name in _ENDS and value is not False:  # S3 says `false` where only days or a date are set
            yield _ENDS[name], _time(value)
    for name in _SAME:
        if said.get(name):
            yield name, said[name]
    for name in ("Transitions", "NoncurrentVersionTransitions"):
        if said.get(name):
            yield name, [{_MOVES.get(key, key): _time(value) for key, value in one.items()} for one in said[name]]


def _conditions(said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What of the bucket a rule is for; S3 joins several conditions by `And`."""
    given: Mapping[str, Any] = said.get("Filter", {})
    joined: Mapping[str, Any] = given.get("And", given)
    prefix = joined.get("Prefix") or said.get("Prefix")
    if prefix:
        yield "Prefix", prefix
    tags = joined.get("Tags") or [one for one in (joined.get("Tag"),) if one]
    if tags:
        yield "TagFilters", tags
    for name in _SIZES:
        if joined.get(name):
            yield name, joined[name]


def _time(value: object) -> object:
    """https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html: always midnight."""
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value


def in_words_of(declared: Any, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rules of a bucket as its template would say them: some words have an older form, and S3 makes up ids."""
    listed = declared.get("Rules") if isinstance(declared, Mapping) else None
    wanted = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    named = {one["Id"]: one for one in wanted if isinstance(one.get("Id"), str)}
    by_place = wanted if len(wanted) == len(found) else [{} for _ in found]
    return [_worded(one, named.get(one.get("Id", ""), place)) for one, place in zip(found, by_place, strict=True)]


def _worded(said: dict[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    changed = dict(said)
    if declared and "Id" not in declared:
        changed.pop("Id", None)
    ends = said.get("NoncurrentVersionExpiration", {})
    if "NoncurrentVersionExpirationInDays" in declared and list(ends) == ["NoncurrentDays"]:
        changed["NoncurrentVersionExpirationInDays"] = changed.pop("NoncurrentVersionExpiration")["NoncurrentDays"]
    for name in ("Transition", "NoncurrentVersionTransition"):
        if name in declared and len(said.get(f"{name}s", ())) == 1:
            changed[name] = changed.pop(f"{name}s")[0]
    return changed
