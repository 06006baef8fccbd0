"""Sign-in with other providers can be deployed."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, checked, replace

DEFECT = "The type AWS::Cognito::UserPoolIdentityProvider is unknown, although the service has its API calls."
_COGNITO = "ministack.services.cognito"
REPLACES = {
    HANDLERS: "",
    f"{_COGNITO}:_create_identity_provider": "data",
    f"{_COGNITO}:_update_identity_provider": "data",
    f"{_COGNITO}:_delete_identity_provider": "data",
}
_MEMBERS = ("UserPoolId", "ProviderName", "ProviderType", "ProviderDetails", "AttributeMapping", "IdpIdentifiers")


def apply(settings: Settings) -> None:
    """Makes, changes and removes providers through the service.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolidentityprovider.html
    """
    from ministack.services import cognito

    def create(logical_id: str, properties: dict[str, Any], stack_name: str) -> Any:
        checked(cognito._create_identity_provider(_request(properties)))
        return properties["ProviderName"], {}

    def update(physical_id: str, old: dict[str, Any], new: dict[str, Any], stack_name: str) -> Any:
        kept = ("UserPoolId", "ProviderName", "ProviderType")
        if any(old.get(name) != new.get(name) for name in kept):
            made = create("", new, stack_name)
            delete(physical_id, old)
            return made
        checked(cognito._update_identity_provider(_request(new)))
        return physical_id, {}

    def delete(physical_id: str, properties: dict[str, Any]) -> None:
        cognito._delete_identity_provider({"UserPoolId": properties.get("UserPoolId"), "ProviderName": physical_id})

    replace("AWS::Cognito::UserPoolIdentityProvider", create=create, update=update, delete=delete)


def _request(properties: dict[str, Any]) -> dict[str, Any]:
    given = {name: properties[name] for name in _MEMBERS if name in properties}
    given["ProviderDetails"] = {name: str(value) for name, value in (given.get("ProviderDetails") or {}).items()}
    return given
