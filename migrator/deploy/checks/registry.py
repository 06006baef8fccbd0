"""Which checks belong to which feature."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.deploy.checks.interface import FeatureCheck

FACTS: Mapping[str, tuple[FeatureCheck, ...]] = {}
"""What only describes: on every target."""
BEHAVIOUR: Mapping[str, tuple[FeatureCheck, ...]] = {}
"""What signs in, writes rows and files, and runs functions: on the local AWS."""
