"""Seconds that each feature takes to be deployed to the local AWS, without synth, and what came of it.

    python -m benchmarks.deploy [PROJECT...] [--env NAME] [--checks]

Each project is converted into a temporary folder and deployed onto an empty local AWS, feature after feature. What is
quoted: `deploy` publishes the assets and updates the stack, `outputs` makes `amplify_outputs.json`, `save` keeps the
state, `check` is what looks at it afterwards (functions are called with --checks only). Synth is told apart: it is
CDK's and esbuild's time. Of everything that holds data (pools, tables, buckets) and was there before a feature, the id
is compared after it. The exit code is 1 when a project was not finished.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from migrator.commands.convert import Request as ConvertRequest
from migrator.commands.convert import convert
from migrator.commands.deploy import deployment
from migrator.commands.deploy_report import DeployReport
from migrator.commands.deploy_request import Request
from migrator.deploy.checks.interface import Status
from migrator.deploy.record import read_record
from migrator.deploy.steps import Step

ROOT = Path(__file__).resolve().parent.parent
VERBS = ("deploy", "outputs", "check", "save")


class Identities:
    """The ids of everything that holds data, after each feature that was deployed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, str] = {}
        self.compared: dict[str, tuple[int, int]] = {}
        """By feature, how many were there before it, and how many of them have the same id after it."""

    def follow(self, line: str) -> None:
        """Takes the lines that tell the progress: outputs are written when a slice has been deployed."""
        print(f"  {line}", file=sys.stderr)
        if not line.startswith("outputs "):
            return
        now = read_record(self._folder).deployed.holders()
        kept = sum(now.get(key) == value for key, value in self._known.items())
        self.compared[line.split()[1]] = (len(self._known), kept)
        self._known |= now


def deployed(project: Path, env: str | None, checks: bool) -> tuple[DeployReport, Identities]:
    """The report of one deployment from nothing."""
    with tempfile.TemporaryDirectory(prefix="migrate-benchmark-") as name:
        gen2 = Path(name).resolve() / "gen2"
        convert(ConvertRequest(project, gen2, env=env))
        request = Request(project, gen2, env=env, consent=checks, install=True)
        identities = Identities(gen2 / ".migrate" / "deploy" / "local")
        with deployment(request, identities.follow) as work:
            return work.carry_out(work.plan()), identities


def outcomes(steps: Iterable[Step], feature: str) -> str:
    """How many checks of a feature passed, failed and were skipped."""
    found = Counter(one.status for step in steps if step.name == f"check {feature}" for one in step.outcomes)
    return f"{found[Status.PASSED]} passed, {found[Status.FAILED]} failed, {found[Status.SKIPPED]} skipped"


def print_table(project: Path, report: DeployReport, identities: Identities) -> None:
    """One line for each feature."""
    print(f"{project}: {'all done' if report.succeeded else 'NOT FINISHED'}")
    print(f"  {'feature':<12}" + "".join(f"{verb:>10}" for verb in VERBS) + "  ids kept  checks")
    for feature, times in by_feature(report.steps).items():
        before, kept = identities.compared.get(feature, (0, 0))
        seconds = "".join(f"{times[verb]:>8.1f} s" for verb in VERBS)
        print(f"  {feature:<12}{seconds}  {f'{kept} of {before}':<8}  {outcomes(report.steps, feature)}")
    synth = sum(step.seconds for step in report.steps if step.name.startswith("synth"))
    print(f"  synth: {synth:.1f} s altogether, two at a time", flush=True)


def by_feature(steps: Iterable[Step]) -> dict[str, dict[str, float]]:
    """Seconds by feature and verb."""
    found: dict[str, dict[str, float]] = {}
    for step in steps:
        verb, _, feature = step.name.partition(" ")
        if verb in VERBS:
            times = found.setdefault(feature, dict.fromkeys(VERBS, 0.0))
            times[verb] += step.seconds
    return found


def main() -> int:
    """Prints one line for each feature of each project; 1 when one of them was not finished."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", type=Path, default=[ROOT / "sample_projects" / "shop" / "gen1"])
    parser.add_argument("--env", default=None)
    parser.add_argument("--checks", action="store_true", help="call the functions, too")
    options = parser.parse_args()
    env = options.env or ("main" if len(options.projects) == 1 and "shop" in options.projects[0].parts else None)
    done = True
    for project in options.projects:
        report, identities = deployed(project, env, options.checks)
        print_table(project, report, identities)
        done &= report.succeeded
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
