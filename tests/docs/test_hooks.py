"""The pre-commit hook and the GitHub Action do what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from migrator.cli.lint import lint
from migrator.documents.source import language_of

ROOT = Path(__file__).resolve().parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
OPTIONS = {word for param in lint.params for word in param.opts}
SCRIPTS = {step["name"]: step["run"] for step in ACTION["runs"]["steps"] if "migrate lint" in step.get("run", "")}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_calls_lint_with_options_that_exist(hook: dict[str, Any]) -> None:
    program, command, *options = hook["entry"].split()
    assert (program, command, set(options) <= OPTIONS) == ("migrate", "lint", True)


READ = (
    "a.js a.tsx a.vue a.svelte a.py a.graphql a.yml a.sh a.md a.mdx a.swift a.kt a.java a.dart package.json "
    "amplify/cli.json Makefile app/Dockerfile"
)


@pytest.mark.parametrize("path", READ.split())
def test_hooks_get_the_files_that_lint_reads(path: str) -> None:
    assert language_of(path) is not None
    assert all(re.search(hook["files"], path) for hook in HOOKS)


@pytest.mark.parametrize("path", ["a.png", "a.css", "a.rs", "LICENSE"])
def test_hooks_do_not_get_other_files(path: str) -> None:
    assert not any(re.search(hook["files"], path) for hook in HOOKS)


def run(script: str, folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """A step of the action, as the runner starts it."""
    inputs = {"PATHS": ".", "SELECT": "", "IGNORE": "", "BASELINE": "", "FAIL_ON": "", "SARIF": "", **given}
    program = folder / "bin/migrate"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m migrator "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, **inputs, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_action_annotates_and_fails(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\n")
    done = run(SCRIPTS["Lint"], tmp_path, PATHS="a.sh")
    assert (done.returncode, done.stdout.startswith("::error file=a.sh,line=1")) == (1, True)


def test_the_action_hands_on_what_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\n")
    (tmp_path / "b.sh").write_text("amplify status\n")
    assert run(SCRIPTS["Lint"], tmp_path, PATHS="a.sh b.sh", IGNORE="CI010").returncode == 0
    assert run(SCRIPTS["Lint"], tmp_path, PATHS="b.sh", FAIL_ON="warning").returncode == 1
    assert run(SCRIPTS["Lint"], tmp_path, PATHS="b.sh", SELECT="$(touch harm)").returncode == 2
    assert not (tmp_path / "harm").exists()


def test_the_action_writes_sarif_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.sh").write_text("amplify push\n")
    assert run(SCRIPTS["Write SARIF"], tmp_path, PATHS="a.sh", SARIF="out.sarif").returncode == 0
    assert '"version": "2.1.0"' in (tmp_path / "out.sarif").read_text()


def test_every_input_of_the_action_is_described() -> None:
    text = (ROOT / "docs/lint.md").read_text(encoding="utf-8")
    assert [name for name in ACTION["inputs"] if f"`{name}`" not in text] == []
