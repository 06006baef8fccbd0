"""A nested stack of the backend tells by its name which feature it is of."""

from __future__ import annotations

import pytest

from migrator.core.features import FEATURES, feature_of_stack, rank


@pytest.mark.parametrize(("name", "feature"), [
    ("auth", "auth"),
    ("storage-points", "storage"),
    ("rest-api-orders", "rest-api"),
    ("layer-shared", "function"),
    ("functionLinks", "function"),
    ("custom-alarms", "custom"),
    ("billing", ""),
    ("restaurant", ""),
    ("", ""),
])  # fmt: skip
def test_the_feature_of_a_stack(name: str, feature: str) -> None:
    assert feature_of_stack(name) == feature


def test_unknown_features_come_after_all_others() -> None:
    assert sorted(("zebra", "custom", "apple", "auth"), key=rank) == ["auth", "custom", "apple", "zebra"]
    assert FEATURES[0] == "auth"
