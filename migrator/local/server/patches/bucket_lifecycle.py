"""Buckets keep the lifecycle rules of their template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, handlers, replace

DEFECT = "A bucket that CloudFormation made or changed has no lifecycle rules, whatever its template says."
REPLACES = {HANDLERS: "", "ministack.services.s3:_bucket_lifecycle": ""}
_TYPE, _PROPERTY = "AWS::S3::Bucket", "LifecycleConfiguration"
_DATES = {"TransitionInDays": "Days", "TransitionDate": "Date", "StorageClass": "StorageClass"}
_OLD_DATES = {
    "TransitionInDays": "NoncurrentDays",
    "NewerNoncurrentVersions": "NewerNoncurrentVersions",
    "StorageClass": "StorageClass",
}
_ENDS = {
    "ExpirationInDays": "Days",
    "ExpirationDate": "Date",
    "ExpiredObjectDeleteMarker": "ExpiredObjectDeleteMarker",
}
_OLD_ENDS = {"NoncurrentDays": "NoncurrentDays", "NewerNoncurrentVersions": "NewerNoncurrentVersions"}
_SIZES = ("ObjectSizeGreaterThan", "ObjectSizeLessThan")


def apply(settings: Settings) -> None:
    """Keeps them in S3's own words, as PutBucketLifecycleConfiguration does.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-rule.html
    https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html
    """
    known = handlers(_TYPE)

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        made = known["create"](logical_id, properties, stack_name)
        _set(made[0], {}, properties)
        return made

    def update(physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any) -> Any:
        made = known["update"](physical_id, old, new, *rest)
        _set(made[0], old, new)
        return made

    replace(_TYPE, create=create, update=update)


def _set(bucket: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    from ministack.services import s3

    rules = (new.get(_PROPERTY) or {}).get("Rules") or []
    if rules:
        s3._bucket_lifecycle[bucket] = [dict(_rule(rule)) for rule in rules]
    elif _PROPERTY in old:
        s3._bucket_lifecycle.pop(bucket, None)


def _rule(said: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "Status", said.get("Status", "Enabled")
    yield "Filter", _filter(said)
    if said.get("Id"):
        yield "ID", said["Id"]
    ends = _renamed(said, _ENDS)
    if ends:
        yield "Expiration", ends
    old = _renamed(said.get("NoncurrentVersionExpiration") or {}, _OLD_ENDS)
    if said.get("NoncurrentVersionExpirationInDays"):
        old = {"NoncurrentDays": _value(said["NoncurrentVersionExpirationInDays"])}
    if old:
        yield "NoncurrentVersionExpiration", old
    for name, words in (("Transition", _DATES), ("NoncurrentVersionTransition", _OLD_DATES)):
        listed = said.get(f"{name}s") or [one for one in (said.get(name),) if one]
        if listed:
            yield f"{name}s", [_renamed(one, words) for one in listed]
    if said.get("AbortIncompleteMultipartUpload"):
        days = said["AbortIncompleteMultipartUpload"].get("DaysAfterInitiation", 7)
        yield "AbortIncompleteMultipartUpload", {"DaysAfterInitiation": _value(days)}


def _filter(said: dict[str, Any]) -> dict[str, Any]:
    """One condition stands alone, several are joined."""
    prefix = {"Prefix": said["Prefix"]} if said.get("Prefix") else {}
    tags = list(said.get("TagFilters") or [])
    sizes = {name: _value(said[name]) for name in _SIZES if name in said}
    if len(prefix) + len(tags) + len(sizes) > 1:
        return {"And": {**prefix, **({"Tags": tags} if tags else {}), **sizes}}
    return {**(prefix or ({} if tags or sizes else {"Prefix": ""})), **({"Tag": tags[0]} if tags else {}), **sizes}


def _renamed(said: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    return {words[name]: _value(value) for name, value in said.items() if name in words}


def _value(value: Any) -> Any:
    """Values of parameters are texts."""
    if isinstance(value, str):
        return int(value) if value.isdigit() else {"true": True, "false": False}.get(value.lower(), value)
    return value
