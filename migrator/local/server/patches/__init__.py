"""What the emulator does differently from AWS, mended: one module for each defect.

A patch says in `DEFECT` what goes wrong without it, and in `REPLACES` which names of the emulator it replaces or calls,
each with its parameters: `module:name` → `a, b, c` (empty where it is no function). Before anything is replaced all of
them are looked up, so that another version of the emulator is refused instead of half patched.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from importlib import metadata
from typing import Any, Protocol

from ..settings import Refusal, Settings

EMULATOR = "ministack"
NAMES = (
    "nested_attributes",
    "nested_failure",
    "nested_failure_events",
    "nested_retained",
    "nested_parameters",
    "nested_exports",
    "identity_provider",
    "recorded_types",
    "string_numbers",
    "message_factor",
    "role_mappings",
    "group_roles",
    "table_status",
    "table_settings",
    "bucket_lifecycle",
    "contains_value",
    "appsync_functions",
    "appsync_locations",
    "appsync_schema",
    "appsync_address",
    "appsync_resolvers",
    "custom_resource_failure",
    "bucket_deployment",
    "template_metadata",
    "missing_stack",
    "policy_variables",
    "secure_transport",
    "unknown_services",
    "function_processes",
    "foreign_layers",
    "amplify_hosting",
    "restored_state",
)
"""All patches, in the order in which they are applied."""


class Patch(Protocol):
    """A module of this package."""

    DEFECT: str
    REPLACES: dict[str, str]

    def apply(self, settings: Settings) -> None:
        """Puts the patch in place."""


def load(name: str) -> Patch:
    """The patch of that name."""
    return importlib.import_module(f"{__name__}.{name}")


def apply(settings: Settings) -> tuple[str, ...]:
    """Checks the emulator, then applies all patches that are not left out; returns their names.

    Raises Refusal when the emulator is not the one that the patches are for.
    """
    unknown = set(settings.without) - set(NAMES)
    if unknown:
        raise Refusal(f"there is no patch {', '.join(sorted(unknown))}")
    check_version(settings.version)
    chosen = {name: load(name) for name in NAMES if name not in settings.without}
    wrong = [f"{place} ({name})" for name, patch in chosen.items() for place in mismatches(patch)]
    if wrong:
        message = f"{EMULATOR} {settings.version} is not as expected: {'; '.join(wrong)}"
        raise Refusal(message, "remove the folder local-* from the cache folder and install the local AWS again")
    for patch in chosen.values():
        patch.apply(settings)
    return tuple(chosen)


def check_version(wanted: str) -> None:
    """Raises Refusal when another version of the emulator is installed."""
    found = metadata.version(EMULATOR)
    if found != wanted:
        message = f"{EMULATOR} {found} is installed, and {wanted} is needed"
        raise Refusal(message, "remove the folder local-* from the cache folder and install the local AWS again")


def mismatches(patch: Patch) -> list[str]:
    """The names that the emulator does not have, or has with other parameters."""
    return [place for place, parameters in patch.REPLACES.items() if not _matches(place, parameters)]


def _matches(place: str, parameters: str) -> bool:
    module, _, name = place.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        return False
    if not parameters:
        return True
    return callable(found) and ", ".join(inspect.signature(found).parameters) == parameters


def services(settings: Settings) -> dict[str, Callable[..., tuple[int, dict[str, Any]]]]:
    """Whole services that the emulator lacks, by the name in the scope of a request's signature."""
    from . import amplify_hosting

    return {} if "amplify_hosting" in settings.without else {"amplify": amplify_hosting.answer}
