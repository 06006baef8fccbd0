"""What becomes of a folder of Gen 1 apps: each is converted and verified, unedited, and told in one line.

    python -m benchmarks.apps FOLDER [APP...] [--env APP=NAME...] [--workers N] [--output FILE] [--acknowledge ID...]

An environment that is not named is the only one, the one that is checked out, or the first of team-provider-info.json.
"gaps" are findings of that severity for which a rule has no recipe, "recipes" those with one. A check is `+` passed,
`-` failed, `.` skipped; "unexplained" are differences that neither a rule nor a gap explains, without those that
--acknowledge names (their check is failed all the same).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from msgspec import Struct, structs, to_builtins

from migrator.commands.assessment import Assessment
from migrator.commands.convert import Request, convert
from migrator.commands.verify import verify
from migrator.core.errors import MigratorError
from migrator.engine.rule import Outcome
from migrator.gen1.project import discover
from migrator.verify.results import Check, Status

SIGNS = {Status.PASSED: "+", Status.FAILED: "-", Status.SKIPPED: "."}
NEEDED = (Check.TYPES, Check.SYNTH, Check.CYCLES, Check.BUNDLES)
"""What an app needs so that it counts as converted."""


class Row(Struct, frozen=True):
    """What became of one app."""

    app: str
    env: str = ""
    resources: int = 0
    gaps: int = 0
    recipes: int = 0
    checks: Mapping[str, str] = {}
    compared: int = 0
    unexplained: Mapping[str, int] = {}
    seconds: float = 0.0
    refused: str = ""

    @property
    def converted(self) -> bool:
        """Whether it type-checks, synthesizes without cycles and exports its handlers."""
        return not self.refused and all(self.checks.get(check) != Status.FAILED for check in NEEDED)


def environment(folder: Path) -> str | None:
    """The first environment that the project lists, if it lists several and none is checked out."""
    try:
        discover(folder)
        return None
    except MigratorError:
        names = sorted(folder.rglob("team-provider-info.json"))
        return next(iter(json.loads(names[0].read_text(encoding="utf-8"))), None) if names else None


def row(folder: Path, env: str | None, acknowledge: Sequence[str]) -> Row:
    """The line of one app. What refuses it is told in the line; it never ends the run."""
    begun = time.perf_counter()
    try:
        return structs.replace(told(folder, env, acknowledge), seconds=round(time.perf_counter() - begun, 1))
    except MigratorError as error:
        return Row(folder.name, env or "", refused=error.message)


def told(folder: Path, env: str | None, acknowledge: Sequence[str]) -> Row:
    """The line of one app. Raises MigratorError when it cannot be read, written or checked."""
    env = env or environment(folder)
    one = Assessment(discover(folder, env).apps[0])
    left = [account.counts for account in one.accounts]
    with tempfile.TemporaryDirectory(prefix="migrate-apps-") as name:
        gen2 = Path(name).resolve() / "gen2"
        convert(Request(folder, gen2, env=env))
        report = verify(folder, gen2, env=env, install=True)
    unexplained: dict[str, int] = {}
    for difference in report.differences:
        if difference.verdict == "unexplained" and difference.rule not in acknowledge:
            unexplained[difference.resource] = unexplained.get(difference.resource, 0) + 1
    return Row(
        folder.name,
        env or one.app.env or "",
        resources=len(one.accounts),
        gaps=sum(counts.get(Outcome.GAP, 0) for counts in left),
        recipes=sum(counts.get(Outcome.MANUAL, 0) for counts in left),
        checks={str(check.name): check.status for check in report.checks},
        compared=report.summary.compared,
        unexplained=unexplained,
    )


def line(one: Row) -> str:
    """The row as text."""
    name = f"{one.app[:44]:<45}"
    if one.refused:
        return f"{name} refused: {one.refused}"
    signs = "".join(SIGNS[Status(one.checks[check])] if check in one.checks else " " for check in Check)
    return (
        f"{name}{one.resources:>4}{one.gaps:>6}{one.recipes:>8}  {signs}  {one.compared:>6}"
        f"{sum(one.unexplained.values()):>6}{one.seconds:>7.0f} s"
    )


def main() -> None:
    """Prints a line for each app as it is done, and how many hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("apps", nargs="*")
    parser.add_argument("--env", action="append", default=[], metavar="APP=NAME")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--output", type=Path)
    parser.add_argument("--acknowledge", action="append", default=[])
    options = parser.parse_args()
    envs = dict(pair.split("=", 1) for pair in options.env)
    folders = [one for one in sorted(options.folder.iterdir()) if not options.apps or one.name in options.apps]
    print(f"{'app':<45}{'res':>4}{'gaps':>6}{'recipes':>8}  checks        compared unexplained")
    rows: list[Row] = []
    with ProcessPoolExecutor(options.workers) as pool:
        waiting = [pool.submit(row, one, envs.get(one.name), options.acknowledge) for one in folders]
        for done in as_completed(waiting):
            rows.append(done.result())
            print(line(rows[-1]), flush=True)
            if options.output:
                options.output.write_text(json.dumps(to_builtins(rows), indent=1), encoding="utf-8")
    held, clean = sum(one.converted for one in rows), sum(one.converted and not one.gaps for one in rows)
    print(f"{held} of {len(rows)} convert, type-check, synthesize without cycles and export their handlers")
    print(f"{clean} of them have no setting without a recipe")


if __name__ == "__main__":
    main()
