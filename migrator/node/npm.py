"""npm: run with progress, and its errors in plain words."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from migrator.core.errors import VerifyError
from migrator.node.environment import installing_environment
from migrator.node.process import Processes
from migrator.node.runtime import Node

INSTALL_LIMIT = 1200.0
"""Seconds that one npm run may take."""
QUIET = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
"""No package's code runs during an installation."""

_OFFLINE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "EHOSTUNREACH",
            "ERR_SOCKET_TIMEOUT", "ENOTCACHED", "EIDLETIMEOUT")  # fmt: skip
_REASONS: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("ENOSPC",), "the disk is full", "free about 2 GB, or set MIGRATE_CACHE to a folder on another disk"),
    (("EACCES", "EPERM", "EROFS"), "a folder cannot be written", "set MIGRATE_CACHE to a folder you may write to"),
    (_OFFLINE, "the npm registry cannot be reached", "check the network, the proxy and `npm config get registry`"),
    (("E401", "E403"), "the npm registry refuses access", "check `npm config get registry` and the login in .npmrc"),
    (("EINTEGRITY",), "a downloaded package is not the pinned one", "run `npm cache verify` and try again"),
    (("ETARGET", "E404", "ENOVERSIONS"), "the npm registry does not have a package", "check `npm config get registry`"),
)


class NpmFailure(Struct, frozen=True):
    """Why npm failed: its error code such as 'E404', plain words, what to do, and the relevant lines it printed."""

    code: str
    reason: str
    hint: str
    text: str

    @property
    def permanent(self) -> bool:
        """Trying again with the same packages cannot help."""
        return self.code in ("E404", "ETARGET", "ENOVERSIONS")


def run_npm(
    node: Node,
    arguments: Sequence[str],
    folder: Path,
    *,
    progress: Callable[[str], None],
    limit: float = INSTALL_LIMIT,
) -> NpmFailure | None:
    """Runs npm in `folder`; None when it succeeded. Raises VerifyError when there is no npm."""
    if not node.npm:
        raise VerifyError("npm was not found on the PATH", hint="install npm; it comes with Node")
    start = time.monotonic()

    def tick(_: float) -> None:
        progress(f"npm: {time.monotonic() - start:.0f} s, {_count(folder / 'node_modules')} packages so far")

    with Processes() as processes:
        try:
            outcome = processes.run(
                (node.npm, *arguments), folder=folder, environment=installing_environment(), limit=limit, tick=tick
            )
        except OSError as problem:
            raise VerifyError(f"{node.npm} does not run: {problem}", hint="check the installation of npm") from problem
    if outcome.timed_out:
        return NpmFailure("", f"npm did not finish within {limit:.0f} s", "check the network and try again", "")
    return explain_failure(outcome.err + outcome.out) if outcome.code else None


def explain_failure(text: str) -> NpmFailure:
    """What npm's output says about its failure."""
    found = re.search(r"npm (?:error|ERR!) code (\w+)", text)
    code = found[1] if found else next((word for words, *_ in _REASONS for word in words if word in text), "")
    reason, hint = next(
        ((reason, hint) for words, reason, hint in _REASONS if code in words),
        ("npm failed", "run the same npm command by hand to see more"),
    )
    return NpmFailure(code, reason, hint, _relevant(text))


def _relevant(text: str) -> str:
    lines = [
        re.sub(r"^npm (?:error|ERR!) ?", "", line) for line in text.splitlines() if re.match(r"npm (error|ERR!)", line)
    ]
    said = [line for line in lines if line.strip() and "complete log of this run" not in line and "-debug-" not in line]
    return "\n".join(_without_credentials(line) for line in said[:6])


def _without_credentials(line: str) -> str:
    return re.sub(r"//[^/@\s]+@", "//", line)


def _count(modules: Path) -> int:
    try:
        names = [entry.name for entry in modules.iterdir()]
    except OSError:
        return 0
    return sum(1 for name in names if not name.startswith((".", "@")))
