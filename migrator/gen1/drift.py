"""Where live resources are otherwise than what was pushed: changed in the console, by a script, or by a failed push.

Only what decides whether Gen 2 can take a resource over, or what a new one has to be like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from migrator.documents.document import Json
from migrator.gen1.live import Live, LiveResource
from migrator.gen1.template import Template

if TYPE_CHECKING:
    from migrator.gen1.app import App

_TABLE, _POOL, _BUCKET = "AWS::DynamoDB::Table", "AWS::Cognito::UserPool", "AWS::S3::Bucket"


class Drift(Struct, frozen=True):
    """One setting of a live resource."""

    id: str
    setting: str
    pushed: str
    """What the template says that was pushed."""
    live: str


def drift(app: App, live: Live) -> tuple[Drift, ...]:
    """Every such setting of the resources that the deployed copy has a template for."""
    return tuple(_all(app, live))


def _all(app: App, live: Live) -> Iterator[Drift]:
    for one in live.resources:
        settings = _SETTINGS.get(one.type)
        template = _template(app, one) if settings and one.properties else None
        declared = template.resource(one.logical_id) if template else None
        if settings is None or declared is None:
            continue
        said = declared.properties.whole().value
        pushed: Mapping[str, Any] = said if isinstance(said, dict) else {}
        for name, (before, now) in settings.items():
            expected, found = before(pushed), now(one.properties)
            if expected is not None and found is not None and expected != found:
                yield Drift(one.id, name, expected or "none", found or "none")


def _template(app: App, one: LiveResource) -> Template | None:
    """The template of the nested stack that made a resource: the first is of the resource, the second of a model."""
    outer, _, inner = one.stack.partition("/")
    entry = next((e for e in app.entries if f"{e.ref.category}{e.ref.name}" == outer), None)
    if entry is None or "/" in inner:
        return None
    return entry.template(f"build/stacks/{inner}.json") if inner else entry.template()


Reads = Callable[[Mapping[str, Any]], str | None]
"""A setting as one word or a sorted list; None where it is not said."""


def _billing(pushed: Mapping[str, Any]) -> str | None:
    return str(pushed.get("BillingMode") or "PROVISIONED")


def _live_billing(properties: Mapping[str, Any]) -> str | None:
    said = properties.get("BillingModeSummary")
    return str(said.get("BillingMode", "PROVISIONED")) if isinstance(said, dict) else "PROVISIONED"


def _names(key: str, name: str) -> Reads:
    return lambda properties: ", ".join(sorted(str(row.get(name)) for row in _rows(properties.get(key))))


def _keys(properties: Mapping[str, Any]) -> str | None:
    rows = _rows(properties.get("KeySchema"))
    return ", ".join(f"{row.get('AttributeName')} ({row.get('KeyType')})" for row in rows)


def _stream(properties: Mapping[str, Any]) -> str | None:
    said = properties.get("StreamSpecification")
    return str(said.get("StreamViewType") or "") if isinstance(said, dict) else ""


def _custom(properties: Mapping[str, Any]) -> str | None:
    return ", ".join(sorted(str(row.get("Name")) for row in _rows(properties.get("Schema")) if not _standard(row)))


def _live_custom(properties: Mapping[str, Any]) -> str | None:
    names = (str(row.get("Name")) for row in _rows(properties.get("SchemaAttributes")))
    return ", ".join(sorted(name.removeprefix("custom:") for name in names if name.startswith("custom:")))


def _required(key: str) -> Reads:
    def read(properties: Mapping[str, Any]) -> str | None:
        rows = _rows(properties.get(key))
        return ", ".join(sorted(str(row.get("Name")) for row in rows if _true(row.get("Required")) and _standard(row)))

    return read


def _mfa(pushed: Mapping[str, Any]) -> str | None:
    return str(pushed.get("MfaConfiguration") or "OFF")


def _live_mfa(properties: Mapping[str, Any]) -> str | None:
    said = properties.get("MfaConfiguration")
    return str(said) if said else None


def _versions(pushed: Mapping[str, Any]) -> str | None:
    said = pushed.get("VersioningConfiguration")
    return str(said.get("Status") or "") if isinstance(said, dict) else ""


def _rows(value: Json | Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _true(value: object) -> bool:
    return value is True or str(value).lower() == "true"


_STANDARD = frozenset(
    ("address", "birthdate", "email", "family_name", "gender", "given_name", "locale", "middle_name", "name")
).union(("nickname", "phone_number", "picture", "preferred_username", "profile", "updated_at", "website", "zoneinfo"))
"""https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html"""


def _standard(row: Mapping[str, Any]) -> bool:
    return row.get("Name") in _STANDARD


_SETTINGS: Mapping[str, Mapping[str, tuple[Reads, Reads]]] = {
    _TABLE: {
        "billing mode": (_billing, _live_billing),
        "keys": (_keys, _keys),
        "indexes": (_names("GlobalSecondaryIndexes", "IndexName"), _names("GlobalSecondaryIndexes", "IndexName")),
        "stream": (_stream, _stream),
    },
    _POOL: {
        "custom attributes": (_custom, _live_custom),
        "required attributes": (_required("Schema"), _required("SchemaAttributes")),
        "multi-factor authentication": (_mfa, _live_mfa),
    },
    _BUCKET: {"versions": (_versions, lambda properties: str(properties.get("Versioning") or ""))},
}
