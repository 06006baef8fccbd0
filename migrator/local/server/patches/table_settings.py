"""Tables keep what their template says of expiry and of backups."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, checked, handlers, replace

DEFECT = (
    "A table that CloudFormation made or changed has neither its TimeToLiveSpecification nor its "
    "PointInTimeRecoverySpecification, and one that has the name of a deleted table has those of that table."
)
REPLACES = {
    HANDLERS: "",
    "ministack.services.dynamodb:_update_ttl": "data",
    "ministack.services.dynamodb:_update_continuous_backups": "data",
    "ministack.services.dynamodb:_ttl_settings": "",
    "ministack.services.dynamodb:_pitr_settings": "",
}
_TYPE = "AWS::DynamoDB::Table"
_EXPIRY, _BACKUPS = "TimeToLiveSpecification", "PointInTimeRecoverySpecification"


def apply(settings: Settings) -> None:
    """Sets both after the table was made or changed.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
    """
    known = handlers(_TYPE)

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        made = known["create"](logical_id, properties, stack_name)
        _set(made[0], {_EXPIRY: {}, _BACKUPS: {}}, properties)
        return made

    def update(physical_id: str, old: dict[str, Any], new: dict[str, Any], *rest: Any) -> Any:
        made = known["update"](physical_id, old, new, *rest)
        _set(made[0], old, new)
        return made

    replace(_TYPE, create=create, update=update)


def _set(table: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    """What a template does not say any more is off; what it never said stays as it was set by other means."""
    from ministack.services import dynamodb

    expiry, backups = new.get(_EXPIRY) or {}, new.get(_BACKUPS) or {}
    if expiry.get("AttributeName"):
        wanted = {"AttributeName": expiry["AttributeName"], "Enabled": _is_on(expiry.get("Enabled"))}
        checked(dynamodb._update_ttl({"TableName": table, _EXPIRY: wanted}))
    elif _EXPIRY in old:
        dynamodb._ttl_settings.pop(table, None)
    if backups:
        kept = {"PointInTimeRecoveryEnabled": _is_on(backups.get("PointInTimeRecoveryEnabled"))}
        checked(dynamodb._update_continuous_backups({"TableName": table, _BACKUPS: kept}))
    elif _BACKUPS in old:
        dynamodb._pitr_settings.pop(table, None)


def _is_on(value: object) -> bool:
    """Values of parameters are texts."""
    return str(value).lower() == "true"
