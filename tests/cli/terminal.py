"""Runs the command as a user does: a process of its own, its two streams and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
UNKNOWN = "kms"
"""A category of a plugin: no rules but those for unknown categories will ever match it."""


def migrate(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`migrate` with these arguments; the environment's variables over ours."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    return subprocess.run(
        [sys.executable, "-m", "migrator", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        cwd=ROOT,
        env={**kept, "COLUMNS": "100", **environment},
    )


def gen1_project(folder: Path, resources: dict[str, Any] | None = None) -> Path:
    """A Gen 1 project with one environment and one resource of a plugin, from its built template."""
    backend = folder / "amplify/backend"
    place = backend / UNKNOWN / "vault"
    place.mkdir(parents=True)
    config = resources or {UNKNOWN: {"vault": {"service": "Vault", "providerPlugin": "awscloudformation"}}}
    (backend / "backend-config.json").write_text(json.dumps(config))
    (folder / "amplify/team-provider-info.json").write_text(
        json.dumps({"dev": {"awscloudformation": {"Region": "eu-west-1", "StackName": "amplify-shop-dev-1"}}})
    )
    key = {"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": True}}
    (place / "vault-cloudformation-template.json").write_text(json.dumps({"Resources": {"Key": key}}))
    return folder
