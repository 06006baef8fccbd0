"""A user pool that sends codes by text message says so."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, checked, handlers, replace

DEFECT = (
    "A user pool that is deployed with SMS_MFA among its EnabledMfas keeps only the authenticator app: "
    "GetUserPoolMfaConfig says nothing of messages. The service gives the SmsMfaConfiguration of the pool."
)
REPLACES = {HANDLERS: "", "ministack.services.cognito:_set_user_pool_mfa_config": "data"}
_TYPE, _FACTOR = "AWS::Cognito::UserPool", "SMS_MFA"


def apply(settings: Settings) -> None:
    """Sets it after the pool was made or changed.

    https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SmsMfaConfigType.html
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


def _set(pool: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    from ministack.services import cognito

    before, after = (_FACTOR in (properties.get("EnabledMfas") or ()) for properties in (old, new))
    if not before and not after:
        return
    sms = {"SmsConfiguration": new["SmsConfiguration"]} if after and new.get("SmsConfiguration") else None
    checked(cognito._set_user_pool_mfa_config({"UserPoolId": pool, "SmsMfaConfiguration": sms}))
