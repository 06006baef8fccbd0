"""Role mappings of identity pools are kept by provider."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, mapped_properties

DEFECT = (
    "A template names role mappings as it likes and says the provider inside. They are stored under those names, "
    "where the service keeps them by provider: nobody finds the mapping of a provider."
)
REPLACES = {HANDLERS: ""}


def apply(settings: Settings) -> None:
    """Gives each mapping the name of its provider.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cognito-identitypoolroleattachment-rolemapping.html
    """
    mapped_properties("AWS::Cognito::IdentityPoolRoleAttachment", _by_provider)


def _by_provider(properties: dict[str, Any]) -> dict[str, Any]:
    mappings = properties.get("RoleMappings")
    if not isinstance(mappings, dict):
        return properties
    named = {
        str(mapping.get("IdentityProvider") or name): {
            key: value for key, value in mapping.items() if key != "IdentityProvider"
        }
        for name, mapping in mappings.items()
    }
    return {**properties, "RoleMappings": named}
