"""Asks Node what many Gen 2 projects hand to `defineData`: one process, no CDK, no network.

Each `amplify/data/resource.ts` is bundled and loaded with stand-ins for the packages of Amplify; only the builder of
schemas (`@aws-amplify/data-schema`) is the real one. Functions are not loaded: they are references by their file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from migrator.core.errors import VerifyError
from migrator.engine.proof import Reached
from migrator.node.environment import checking_environment
from migrator.node.process import Outcome, Processes
from migrator.node.toolchain import Toolchain
from migrator.verify.synth import SCRIPTS

PACKAGES = ("@aws-amplify/backend", "esbuild")
"""What has to be installed; the schema builder comes with the first."""
RESOURCE = "amplify/data/resource.ts"
LIMIT = 10.0
"""Seconds that one schema may take."""
_START_LIMIT = 60.0
"""Seconds for starting Node and bundling, whatever the number of schemas."""


class SchemaSource(Struct, frozen=True):
    """A Gen 2 project's folder, the file that calls `defineData`, and the branch it is for (empty: a sandbox)."""

    folder: Path
    file: str = RESOURCE
    branch: str = ""


def read_schemas(
    sources: Sequence[SchemaSource], toolchain: Toolchain, processes: Processes, limit: float = LIMIT
) -> tuple[Reached, ...]:
    """What each project hands to `defineData`, in the order of `sources`; what fails has an `error`.

    `limit` is in seconds for each. Raises VerifyError when Node does not start.
    """
    with tempfile.TemporaryDirectory(prefix="migrate-schemas-", ignore_cleanup_errors=True) as name:
        batch = _Batch(Path(name).resolve(), toolchain, processes, limit)
        found: list[Reached] = []
        while len(found) < len(sources):
            # One that ends the process, or never ends, is left out; the others go on in a new process.
            found += batch.run(sources[len(found) :])
    return tuple(found)


class _Batch:
    """One process after the other, with a folder for what they exchange."""

    def __init__(self, folder: Path, toolchain: Toolchain, processes: Processes, limit: float) -> None:
        self._folder = folder
        self._toolchain = toolchain
        self._processes = processes
        self._limit = limit

    def run(self, sources: Sequence[SchemaSource]) -> Iterator[Reached]:
        """The answers of one process, at least one."""
        request, results = self._folder / "request.json", self._folder / "results.jsonl"
        request.write_bytes(msgspec.json.encode(self._request(sources)))
        results.unlink(missing_ok=True)
        outcome = self._start(request, results, len(sources))
        lines = results.read_bytes().splitlines() if results.exists() else []
        answers = tuple(_answer(line) for line in lines[: len(sources)])
        yield from answers
        if not answers and outcome.code and outcome.err:
            raise VerifyError(f"the schemas could not be read: {_last(outcome)}", hint="see `migrate doctor`")
        if len(answers) < len(sources):
            yield Reached(error=_ended(outcome, self._limit))

    def _start(self, request: Path, results: Path, count: int) -> Outcome:
        node, script = self._toolchain.node.program, str(SCRIPTS / "read_schemas.mjs")
        return self._processes.run(
            (node, "--max-old-space-size=2048", script, str(request), str(results)),
            folder=self._folder,
            environment=checking_environment(self._folder),
            limit=_START_LIMIT + self._limit * count,
        )

    def _request(self, sources: Sequence[SchemaSource]) -> dict[str, Any]:
        return {
            "modules": str(self._toolchain.modules),
            "limit": round(self._limit * 1000),
            "projects": [
                {"folder": str(source.folder.resolve()), "file": source.file, "branch": source.branch}
                for source in sources
            ],
        }


def _answer(line: bytes) -> Reached:
    try:
        return msgspec.json.decode(line, type=Reached)
    except msgspec.DecodeError as problem:
        return Reached(error=f"what it hands to defineData is no schema: {problem}")


def _ended(outcome: Outcome, limit: float) -> str:
    if outcome.timed_out:
        return f"it did not finish within {limit:g} s"
    return f"it ended the process with code {outcome.code}"


def _last(outcome: Outcome) -> str:
    lines = [line for line in outcome.err.strip().splitlines() if line.strip()]
    return next((line for line in lines if "Error" in line), lines[-1])
