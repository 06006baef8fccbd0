"""What a Gen 1 prediction is: how clients call an AI service, and who may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from migrator.engine.role_policies import RolePolicy
from migrator.gen1.graph import Node


class Prediction(Node, frozen=True):
    """A way to call an AI service (https://docs.amplify.aws/gen1/javascript/build-a-backend/more-features/predictions/)."""

    kind: str = ""
    """`translateText`, `speechGenerator`, `transcription`, `identifyText` and so on."""
    region: str = ""
    """Where the service is called, if not in the app's own region."""
    settings: Mapping[str, Any] = {}
    """What clients are told beside the region: `defaults` and others, in the layout of `aws-exports.js`."""


class PredictionPolicy(RolePolicy, frozen=True):
    """What users or guests may call."""


class HiddenPolicy(Node, frozen=True):
    """Rights of which no file says whether they are for users, or for users and guests."""

    left_out: ClassVar[bool] = True

    statements: tuple[Any, ...] = ()


class FaceCollection(Node, frozen=True):
    """A collection of faces that administrators fill through the app's bucket, with all rights of the prediction."""

    left_out: ClassVar[bool] = True

    statements: tuple[Any, ...] = ()
