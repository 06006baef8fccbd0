"""The features of a backend, in the words of the command line."""

from __future__ import annotations

FEATURES = (
    "auth",
    "data",
    "storage",
    "function",
    "rest-api",
    "analytics",
    "geo",
    "interactions",
    "predictions",
    "notifications",
    "hosting",
    "custom",
)
"""All of them, in the order in which those that do not need each other are deployed."""
_HEADS = {"layer": "function", "functionLinks": "function"}
"""Stacks of features by names that do not say the feature: up to the first hyphen, or whole."""


def rank(feature: str) -> tuple[int, str]:
    """Sorts features; those that are not known come last, by name."""
    return (FEATURES.index(feature) if feature in FEATURES else len(FEATURES), feature)


def feature_of_stack(name: str) -> str:
    """The feature whose resources are in the backend's nested stack of that name (`storage`, `storage-points`,
    `rest-api-orders`); empty for a stack of the project's own."""
    for feature in sorted(FEATURES, key=len, reverse=True):
        if name == feature or name.startswith(f"{feature}-"):
            return feature
    return _HEADS.get(name) or _HEADS.get(name.partition("-")[0], "")
