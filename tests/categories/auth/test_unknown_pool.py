"""A pool that no file describes (AUTH905), and the ways on that its rule names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from migrator.commands.convert import Conversion, Request, convert

IDS = {"UserPoolId": "eu-west-1_FakePool8", "AppClientIDWeb": "8fakeweb", "IdentityPoolId": "eu-west-1:0-0-0-0-8"}
TEMPLATE = {
    "Resources": {"UserPool": {"Type": "AWS::Cognito::UserPool", "Properties": {"UsernameAttributes": ["email"]}}}
}


def project(root: Path, **more: Any) -> Path:
    """A project whose index names a pool of which no folder is there."""
    files = {
        "amplify/.config/project-config.json": {"projectName": "kiosk"},
        "amplify/team-provider-info.json": {"main": {"awscloudformation": {"Region": "eu-west-1"}}},
        "amplify/backend/backend-config.json": {"auth": {"visitors": {"service": "Cognito"}}},
        **more,
    }
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(json.dumps(content))
    return root


def rules(done: Conversion) -> set[str]:
    return {found.rule for found in done.findings}


def test_a_pool_that_no_file_describes_blocks_the_deployment(tmp_path: Path) -> None:
    done = convert(Request(project(tmp_path / "gen1"), tmp_path / "gen2"))[0]
    assert done.blocked
    assert "AUTH905" in rules(done)


def test_what_was_pushed_of_the_pool_is_enough(tmp_path: Path) -> None:
    copy = "amplify/#current-cloud-backend"
    pushed = {
        f"{copy}/amplify-meta.json": {
            "auth": {"visitors": {"service": "Cognito", "output": IDS, "lastPushTimeStamp": 1}}
        },
        f"{copy}/auth/visitors/build/visitors-cloudformation-template.json": TEMPLATE,
    }
    done = convert(Request(project(tmp_path / "gen1", **pushed), tmp_path / "gen2"))[0]
    assert "AUTH905" not in rules(done)


def test_a_live_pool_that_is_kept_needs_no_description(tmp_path: Path) -> None:
    meta = {"auth": {"visitors": {"service": "Cognito", "output": IDS}}}
    gen1 = project(tmp_path / "gen1", **{"amplify/backend/amplify-meta.json": meta})
    done = convert(Request(gen1, tmp_path / "gen2", reuse=frozenset({"auth"})))[0]
    assert "AUTH905" not in rules(done)
    assert IDS["UserPoolId"] in (tmp_path / "gen2/amplify/references.ts").read_text(encoding="utf-8")
