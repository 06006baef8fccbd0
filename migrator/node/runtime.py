"""Finds Node and npm on this machine."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import VerifyError
from migrator.node.environment import checking_environment

MINIMUM_NODE = 20
"""The oldest Node that the pinned packages run on."""
_HINT = f"install Node {MINIMUM_NODE} or newer from https://nodejs.org, or put it on the PATH"


class Node(Struct, frozen=True):
    """An installed Node: program, version such as '20.20.2', and npm (empty when there is none)."""

    program: str
    version: str
    npm: str = ""

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def find_node(path: str | None = None) -> Node:
    """Node on the search path (`path`: another one than PATH).

    Raises VerifyError when Node is missing, does not run, or is older than `MINIMUM_NODE`.
    """
    program = shutil.which("node", path=path)
    if program is None:
        raise VerifyError("Node was not found on the PATH", hint=_HINT)
    node = Node(program, _version(program), shutil.which("npm", path=path) or "")
    if node.major < MINIMUM_NODE:
        raise VerifyError(f"Node {node.version} at {program} is too old", hint=_HINT)
    return node


def _version(program: str) -> str:
    try:
        with tempfile.TemporaryDirectory() as home:
            answer = subprocess.run(
                [program, "--version"],
                capture_output=True,
                text=True,
                timeout=30,
                check=False,
                env=checking_environment(Path(home)),
            )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise VerifyError(f"{program} does not run: {problem}", hint=_HINT) from problem
    match = re.match(r"v(\d+\.\d+\.\d+)", answer.stdout)
    if answer.returncode or not match:
        raise VerifyError(f"{program} --version does not answer as Node does", hint=_HINT)
    return match[1]
