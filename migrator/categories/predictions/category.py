"""The predictions category, put together."""

from __future__ import annotations

from migrator.categories.predictions.builders import (
    client_outputs,
    is_callable,
    is_first,
    policy_is_known,
    prediction_policy,
)
from migrator.categories.predictions.model import FaceCollection, HiddenPolicy, Prediction, PredictionPolicy
from migrator.categories.predictions.observe import OBSERVER
from migrator.categories.predictions.read import read
from migrator.engine.category import Category

CATEGORY = Category(
    name="predictions",
    nodes=(Prediction, PredictionPolicy, HiddenPolicy, FaceCollection),
    read=read,
    observe=OBSERVER,
    builders=(client_outputs, prediction_policy),
    checks=(is_callable, is_first, policy_is_known),
)
