"""Amplify's own transformer as the judge: what it makes of a schema, for Gen 1's flags and for Gen 2's.

The packages that `migrate verify` synthesizes with hold the transformer of both generations; only its flags differ
(https://docs.amplify.aws/gen1/react/tools/cli/reference/feature-flags/). Both use the same kind of tables here, so that
the tables can be compared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from migrator.node.environment import checking_environment
from migrator.node.process import Processes
from migrator.node.toolchain import Toolchain

_SCRIPT = Path(__file__).with_name("synthesize.mjs")
_LIMIT = 20.0
"""Seconds for each schema."""
_NAMES = {
    "usesubusernamefordefaultidentityclaim": "useSubUsernameForDefaultIdentityClaim",
    "populateownerfieldforstaticgroupauth": "populateOwnerFieldForStaticGroupAuth",
    "secondarykeyasgsi": "secondaryKeyAsGSI",
    "enableautoindexquerynames": "enableAutoIndexQueryNames",
    "respectprimarykeyattributesonconnectionfield": "respectPrimaryKeyAttributesOnConnectionField",
    "shoulddeepmergedirectiveconfigdefaults": "shouldDeepMergeDirectiveConfigDefaults",
    "subscriptionsinheritprimaryauth": "subscriptionsInheritPrimaryAuth",
}
"""Flags of `cli.json` by the names that the transformer has for them."""


class Job(Struct, frozen=True):
    """A schema, the flags of the transformer, and the authorization modes, the default one first.

    With `iam`, IAM is always enabled, as it is in Gen 2.
    """

    name: str
    sdl: str
    flags: Mapping[str, bool]
    modes: tuple[str, ...]
    iam: bool = True


class Index(Struct, frozen=True):
    """A global secondary index: `postId HASH` and so on, and what it projects, as JSON."""

    keys: tuple[str, ...]
    projection: str


class Table(Struct, frozen=True):
    """A table: its keys, the types of key attributes, its global indexes and the names of its local ones."""

    keys: tuple[str, ...]
    attributes: Mapping[str, str]
    indexes: Mapping[str, Index]
    local: tuple[str, ...]


class Step(Struct, frozen=True):
    """A function of a pipeline, with its data source and its templates."""

    name: str = ""
    source: str = ""
    request: str | None = None
    response: str | None = None
    reference: str = ""


class Resolver(Struct, frozen=True):
    """A resolver with the functions of its pipeline."""

    source: str
    request: str | None
    response: str | None
    functions: tuple[Step, ...]


class Synthesized(Struct, frozen=True):
    """What the transformer makes of a schema; with an `error`, why it refuses it."""

    name: str
    error: str = ""
    api: str = ""
    tables: Mapping[str, Table] = {}
    resolvers: Mapping[str, Resolver] = {}


def gen1_job(name: str, sdl: str, flags: Mapping[str, bool], modes: Sequence[str], iam: bool = True) -> Job:
    """A schema as Gen 1 takes it; `flags` have the names of `cli.json`."""
    said = {construct: flags[name] for name, construct in _NAMES.items() if name in flags}
    if "globalAuthRule" in sdl:
        said["sandboxModeEnabled"] = True
    return Job(name, sdl, said, tuple(modes), iam)


def gen2_job(name: str, sdl: str, modes: Sequence[str]) -> Job:
    """A schema as Gen 2 takes it: with the construct's own flags."""
    return Job(name, sdl, {}, tuple(modes))


def synthesized(jobs: Iterable[Job], toolchain: Toolchain) -> Iterator[Synthesized]:
    """What the transformer makes of each schema, in order; one that ends the process or takes too long has an error."""
    left = list(jobs)
    with tempfile.TemporaryDirectory(prefix="migrate-transformer-") as name, Processes() as processes:
        folder = Path(name).resolve()
        while left:
            found = _run(left, folder, toolchain, processes)
            yield from found
            left = left[len(found) :]


def _run(jobs: Sequence[Job], folder: Path, toolchain: Toolchain, processes: Processes) -> list[Synthesized]:
    request, results = folder / "request.json", folder / "results.jsonl"
    request.write_bytes(msgspec.json.encode({"modules": str(toolchain.modules), "jobs": jobs}))
    results.unlink(missing_ok=True)
    outcome = processes.run(
        (toolchain.node.program, "--max-old-space-size=3072", str(_SCRIPT), str(request), str(results)),
        folder=folder,
        environment={**checking_environment(folder), "TMPDIR": str(folder)},
        limit=60 + _LIMIT * len(jobs),
    )
    lines = results.read_bytes().splitlines() if results.exists() else []
    found = [msgspec.json.decode(line, type=Synthesized) for line in lines]
    if len(found) < len(jobs):
        reason = "it did not finish" if outcome.timed_out else f"the process ended: {outcome.err.strip()[-300:]}"
        found.append(Synthesized(jobs[len(found)].name, error=reason))
    return found
