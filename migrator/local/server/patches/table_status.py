"""Tables that CloudFormation made are described as DynamoDB describes them."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, handlers, replace

DEFECT = (
    "A table on demand that CloudFormation made reports 5 units of provisioned throughput, where DynamoDB reports 0; "
    "its indexes have no status, and Amplify's table manager waits for them for ever."
)
REPLACES = {HANDLERS: "", "ministack.services.dynamodb:_tables": ""}
_ON_DEMAND = "PAY_PER_REQUEST"
_NOTHING = {"ReadCapacityUnits": 0, "WriteCapacityUnits": 0}


def apply(settings: Settings) -> None:
    """Sets the throughput that is asked for, and the status of the indexes."""
    from ministack.services import dynamodb

    create = handlers("AWS::DynamoDB::Table")["create"]

    def create_described(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        made = create(logical_id, _on_demand(properties), stack_name)
        for index in (dynamodb._tables.get(made[0]) or {}).get("GlobalSecondaryIndexes") or []:
            index.setdefault("IndexStatus", "ACTIVE")
        return made

    replace("AWS::DynamoDB::Table", create=create_described)


def _on_demand(properties: dict[str, Any]) -> dict[str, Any]:
    if properties.get("BillingMode") != _ON_DEMAND:
        return properties
    indexes = properties.get("GlobalSecondaryIndexes")
    changed = {**properties, "ProvisionedThroughput": _NOTHING}
    if indexes:
        changed["GlobalSecondaryIndexes"] = [{**index, "ProvisionedThroughput": _NOTHING} for index in indexes]
    return changed
