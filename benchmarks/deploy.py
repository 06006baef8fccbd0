"""Seconds that each feature takes to be deployed to the local AWS, without synth.

    python -m benchmarks.deploy [PROJECT...] [--env NAME] [--checks]

Each project is converted into a temporary folder and deployed onto an empty local AWS, feature after feature. What is
quoted: `deploy` publishes the assets and updates the stack, `outputs` makes `amplify_outputs.json`, `save` keeps the
state, `check` is what looks at it afterwards (functions are called with --checks only). Synth is told apart: it is
CDK's and esbuild's time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from migrator.commands.convert import Request as ConvertRequest
from migrator.commands.convert import convert
from migrator.commands.deploy import DeployReport, Request, deployment
from migrator.deploy.steps import Step

ROOT = Path(__file__).resolve().parent.parent
VERBS = ("deploy", "outputs", "check", "save")


def deployed(project: Path, env: str | None, checks: bool) -> DeployReport:
    """The report of one deployment from nothing."""
    with tempfile.TemporaryDirectory(prefix="migrate-benchmark-") as name:
        gen2 = Path(name).resolve() / "gen2"
        convert(ConvertRequest(project, gen2, env=env))
        request = Request(project, gen2, env=env, consent=checks, install=True)
        with deployment(request, lambda line: print(f"  {line}", file=sys.stderr)) as work:
            return work.carry_out(work.plan())


def by_feature(steps: Iterable[Step]) -> dict[str, dict[str, float]]:
    """Seconds by feature and verb."""
    found: dict[str, dict[str, float]] = {}
    for step in steps:
        verb, _, feature = step.name.partition(" ")
        if verb in VERBS:
            times = found.setdefault(feature, dict.fromkeys(VERBS, 0.0))
            times[verb] += step.seconds
    return found


def main() -> None:
    """Prints one line for each feature of each project."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="*", type=Path, default=[ROOT / "sample_projects" / "shop" / "gen1"])
    parser.add_argument("--env", default=None)
    parser.add_argument("--checks", action="store_true", help="call the functions, too")
    options = parser.parse_args()
    env = options.env or ("main" if len(options.projects) == 1 and "shop" in options.projects[0].parts else None)
    for project in options.projects:
        report = deployed(project, env, options.checks)
        print(f"{project}: {'all done' if report.succeeded else 'NOT FINISHED'}")
        synth = sum(step.seconds for step in report.steps if step.name.startswith("synth"))
        print(f"  {'feature':<12}" + "".join(f"{verb:>10}" for verb in VERBS))
        for feature, times in by_feature(report.steps).items():
            print(f"  {feature:<12}" + "".join(f"{times[verb]:>8.1f} s" for verb in VERBS))
        print(f"  synth: {synth:.1f} s altogether, two at a time")


if __name__ == "__main__":
    main()
