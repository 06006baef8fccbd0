"""A copy of the Gen 1 project that says what runs on the local AWS: its ids in the place of the live ones.

Converted with `--reuse`, it gives a Gen 2 project that refers to the local resources.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from migrator.core.errors import DeployError
from migrator.deploy.gen1_stack import Gen1Stack
from migrator.gen1.app import App

_META = ("#current-cloud-backend/amplify-meta.json", "backend/amplify-meta.json")
_TEAM = "team-provider-info.json"
_NEVER = ("node_modules", ".temp", ".git")


def copied(app: App, target: Path, stack: Gen1Stack, account: str, region: str) -> Path:
    """Writes the copy to `target`, which is made anew, and returns it. The project itself is not touched.

    Raises DeployError when it cannot be written.
    """
    folder = app.folder
    if folder is None:
        raise DeployError("the project has no amplify folder")
    try:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder, target / "amplify", ignore=shutil.ignore_patterns(*_NEVER))
        if (app.root / "package.json").is_file():
            shutil.copyfile(app.root / "package.json", target / "package.json")
        for name in _META:
            _rewrite(target / "amplify" / name, lambda said: _meta(said, app, stack, account, region))
        _rewrite(target / "amplify" / _TEAM, lambda said: _team(said, app, stack, account, region))
    except OSError as problem:
        raise DeployError(f"{target} cannot be written: {problem.strerror or problem}") from problem
    return target


def _rewrite(path: Path, change: Any) -> None:
    if not path.is_file():
        return
    try:
        said = msgspec.json.decode(path.read_bytes())
    except msgspec.DecodeError:
        return  # what cannot be read was told when it was scanned
    path.write_bytes(msgspec.json.format(msgspec.json.encode(change(said)), indent=2) + b"\n")


def _meta(said: Any, app: App, stack: Gen1Stack, account: str, region: str) -> Any:
    said = _moved(said, app, account, region)
    said.setdefault("providers", {}).setdefault("awscloudformation", {}).update(stack.roles)
    for ref, outputs in stack.outputs.items():
        resource = said.get(ref.category, {}).get(ref.name)
        if isinstance(resource, dict):
            resource["output"] = {**resource.get("output", {}), **outputs}
    return said


def _team(said: Any, app: App, stack: Gen1Stack, account: str, region: str) -> Any:
    said = _moved(said, app, account, region)
    provider = said.get(app.env, {}).get("awscloudformation")
    if isinstance(provider, dict):
        provider.update(stack.roles)
    return said


def _moved(said: Any, app: App, account: str, region: str) -> Any:
    """Everything with the local account and region in the place of the live ones."""
    before = (app.account, app.region.value)
    if isinstance(said, Mapping):
        return {key: _moved(value, app, account, region) for key, value in said.items()}
    if isinstance(said, list):
        return [_moved(value, app, account, region) for value in said]
    if not isinstance(said, str):
        return said
    if said == before[1]:
        return region
    if not all(before):
        return said
    live = rf":{re.escape(before[1])}:{re.escape(before[0])}:|::{re.escape(before[0])}:"
    return re.sub(live, _here(account, region), said)


def _here(account: str, region: str) -> Any:
    return lambda found: f"::{account}:" if found.group().startswith("::") else f":{region}:{account}:"
