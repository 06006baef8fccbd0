"""Tables as they are, read only.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrator.aws.properties import Properties, optional
from migrator.aws.session import Session

_UNITS = ("ReadCapacityUnits", "WriteCapacityUnits")
_INDEX = ("IndexName", "KeySchema", "Projection")
_ON_DEMAND = "PAY_PER_REQUEST"


def table(session: Session, name: str) -> Properties | None:
    """A table by its name; None when there is none. Raises AwsError."""
    client = session.client("dynamodb")
    found = optional(lambda: client.describe_table(TableName=name), f"the table {name}", "ResourceNotFoundException")
    if found is None:
        return None
    said: Mapping[str, Any] = found["Table"]
    mode = said.get("BillingModeSummary", {}).get("BillingMode", "PROVISIONED")
    stream = said.get("StreamSpecification", {})
    encryption = said.get("SSEDescription", {})
    encrypted = encryption.get("Status") in ("ENABLED", "ENABLING", "UPDATING")
    return {
        "TableName": name,
        "AttributeDefinitions": said.get("AttributeDefinitions"),
        "KeySchema": said.get("KeySchema"),
        "BillingMode": mode,
        "ProvisionedThroughput": None if mode == _ON_DEMAND else _capacity(said.get("ProvisionedThroughput", {})),
        "GlobalSecondaryIndexes": _indexes(said.get("GlobalSecondaryIndexes", ()), mode) or None,
        "LocalSecondaryIndexes": _indexes(said.get("LocalSecondaryIndexes", ()), _ON_DEMAND) or None,
        "StreamSpecification": {"StreamViewType": stream["StreamViewType"]} if stream.get("StreamEnabled") else None,
        "SSESpecification": {"SSEEnabled": encrypted} if encrypted else None,
        "DeletionProtectionEnabled": bool(said.get("DeletionProtectionEnabled", False)),
        "TimeToLiveSpecification": _expiry(session, name),
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": _recoverable(session, name)},
    }


def _capacity(said: Mapping[str, Any]) -> dict[str, Any]:
    return {unit: said.get(unit) for unit in _UNITS}


def _indexes(listed: Iterable[Mapping[str, Any]], mode: str) -> list[dict[str, Any]]:
    found = []
    for one in listed:
        index = {name: one[name] for name in _INDEX if name in one}
        if mode != _ON_DEMAND:
            index["ProvisionedThroughput"] = _capacity(one.get("ProvisionedThroughput", {}))
        found.append(index)
    return found


def _expiry(session: Session, name: str) -> dict[str, Any] | None:
    client = session.client("dynamodb")
    what = f"the time to live of the table {name}"
    found = optional(lambda: client.describe_time_to_live(TableName=name), what) or {}
    said = found.get("TimeToLiveDescription", {})
    on = said.get("TimeToLiveStatus") in ("ENABLED", "ENABLING")
    return {"AttributeName": said.get("AttributeName"), "Enabled": True} if on else None


def _recoverable(session: Session, name: str) -> bool:
    client = session.client("dynamodb")
    what = f"the backups of the table {name}"
    found = optional(lambda: client.describe_continuous_backups(TableName=name), what) or {}
    said = found.get("ContinuousBackupsDescription", {}).get("PointInTimeRecoveryDescription", {})
    return bool(said.get("PointInTimeRecoveryStatus") == "ENABLED")
