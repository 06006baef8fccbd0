"""Layers of other accounts in other regions than the emulator's: a function that uses one is deployed without it."""

from __future__ import annotations

from typing import Any

from ..settings import Settings

DEFECT = (
    "A layer of another account is taken without its files, but only in the region of the emulator, which is the same "
    "for every project: a function with a layer of its project's own region is refused."
)
REPLACES = {
    "ministack.services.lambda_svc:_resolve_cross_account_layer": "layer_arn, spec, name_and_version",
    "ministack.services.lambda_svc:get_region": "",
}


def apply(settings: Settings) -> None:
    """Takes such a layer wherever it is, as the emulator takes one of its own region."""
    from ministack.services import lambda_svc

    resolve = lambda_svc._resolve_cross_account_layer

    def resolved(layer_arn: str, spec: Any, name_and_version: tuple[str, int]) -> Any:
        if spec.region == lambda_svc.get_region():
            return resolve(layer_arn, spec, name_and_version)
        layer, version = layer_arn.rsplit(":", 1)[0], name_and_version[1]
        return {"LayerArn": layer, "LayerVersionArn": layer_arn, "Version": version, "Content": {"CodeSize": 0}}, None

    lambda_svc._resolve_cross_account_layer = resolved
