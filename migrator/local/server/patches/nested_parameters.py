"""Booleans reach nested stacks as CloudFormation writes them."""

from __future__ import annotations

from typing import Any

from ..settings import Settings
from .handlers import HANDLERS, mapped_properties

DEFECT = (
    "A boolean that is given to a nested stack arrives as Python writes it ('False'), which is not among the allowed "
    "values of the parameter and equals no condition. CloudFormation passes 'false'."
)
REPLACES = {HANDLERS: ""}


def apply(settings: Settings) -> None:
    """Writes the booleans among the parameters as text."""
    mapped_properties("AWS::CloudFormation::Stack", _with_texts)


def _with_texts(properties: dict[str, Any]) -> dict[str, Any]:
    parameters = properties.get("Parameters")
    if not isinstance(parameters, dict):
        return properties
    texts = {name: str(v).lower() if isinstance(v, bool) else v for name, v in parameters.items()}
    return {**properties, "Parameters": texts}
