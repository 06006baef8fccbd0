"""Kills `migrate deploy` with SIGKILL at many points, goes on with `--resume`, and compares with an undisturbed run.

    python -m benchmarks.kills [PROJECT] [--env NAME] [--points N] [--only LINES:SECONDS...] [--run-functions]

The project is converted once; each point deploys a copy of it to a local AWS of its own. A point is a number of lines
of the journal and seconds after the last of them; where the journal has not begun yet, the command is run again without
`--resume`. Compared is everything that a deployment leaves, without ids: the resources of all stacks with their types
and statuses, what exists beside the stacks, the record, the journal, the outputs and what the checks said. The exit
code is 1 when one point ends in another state.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from migrator.aws.cloudformation import read_stack
from migrator.aws.session import Session
from migrator.commands.convert import Request, convert
from migrator.deploy.journal import JOURNAL, Journal
from migrator.deploy.record import read_record
from migrator.local.process import LocalAws

ROOT = Path(__file__).resolve().parent.parent
DELAYS = (0.0, 0.1, 0.4, 1.5)
"""Seconds after a line: a step has hardly begun, or is in full swing."""
_LIMIT = 900.0


class Deployment(Struct, frozen=True):
    """A project that is deployed by the command."""

    gen1: Path
    gen2: Path
    words: tuple[str, ...]

    @property
    def folder(self) -> Path:
        return self.gen2 / ".migrate" / "deploy" / "local"

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """The real command."""
        command: tuple[str, ...] = (
            sys.executable,
            "-m",
            "migrator",
            "deploy",
            str(self.gen1),
            "--gen2",
            str(self.gen2),
        )
        command += ("--target", "local", "--yes", "--format", "json", *self.words, *words)
        errors = (self.gen2.parent / f"{self.gen2.name}.err").open("ab")
        with errors:
            return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors)

    def lines(self) -> int:
        journal = self.folder / JOURNAL
        return journal.read_bytes().count(b"\n") if journal.exists() else 0


class Ended(Struct, frozen=True):
    """How a command ended, and what it left."""

    code: int
    report: dict[str, Any]
    state: dict[str, Any]


def finished(deployment: Deployment, *words: str) -> Ended:
    """Runs the command to its end."""
    process = deployment.start(*words)
    said, _ = process.communicate(timeout=_LIMIT)
    try:
        report = msgspec.json.decode(said, type=dict[str, Any])
    except msgspec.DecodeError:
        report = {}
    return Ended(process.returncode, report, state(deployment, str(report.get("stack", ""))))


def state(deployment: Deployment, stack: str) -> dict[str, Any]:
    """What is there after a deployment, without ids."""
    run = Journal(deployment.folder).last()
    record = read_record(deployment.folder).deployed
    found: dict[str, Any] = {
        "finished": run is not None and run.finished,
        "checked": sorted(name for name in (run.done if run else ()) if name.startswith("check")),
        "features": record.features,
        "recorded": sorted(record.physical),
        "outputs": sorted(_shape(deployment.folder / "amplify_outputs.json")),
    }
    with LocalAws.start(deployment.gen2 / ".migrate" / "local") as local:
        live = read_stack(local.session, stack) if stack else None
        if live is not None:
            walked = [(path, one) for path, nested in live.walk() for one in nested.resources]
            found["stacks"] = sorted(f"{path} {nested.status.split('_')[-1]}" for path, nested in live.walk())
            found["resources"] = sorted(f"{p}#{r.logical_id} {r.type} {r.status.split('_')[-1]}" for p, r in walked)
        found |= dict(beside(local.session))
    return found


def _shape(file: Path) -> set[str]:
    """The places in a JSON file that have a value."""

    def walk(value: Any, place: str) -> Iterator[str]:
        if isinstance(value, dict):
            for key, below in value.items():
                yield from walk(below, f"{place}/{key}")
        else:
            yield place

    return set(walk(msgspec.json.decode(file.read_bytes()), "")) if file.exists() else set()


def beside(session: Session) -> Iterator[tuple[str, Any]]:
    """Everything that exists, by kind, whether a stack holds it or not."""
    pools = session.client("cognito-idp").list_user_pools(MaxResults=60)["UserPools"]
    users = session.client("cognito-idp").list_users
    buckets = [one["Name"] for one in session.client("s3").list_buckets()["Buckets"]]
    tables = session.client("dynamodb").list_tables()["TableNames"]
    yield "users by pool", sorted(len(users(UserPoolId=pool["Id"])["Users"]) for pool in pools)
    yield "buckets", len(buckets)
    yield "tables", len(tables)
    yield "functions", len(session.client("lambda").list_functions(MaxItems=1000)["Functions"])
    yield "roles", len(session.client("iam").list_roles(MaxItems=1000)["Roles"])
    yield "parameters", len(session.client("ssm").describe_parameters()["Parameters"])
    yield "apis", len(session.client("appsync").list_graphql_apis()["graphqlApis"])


def differences(one: Ended, other: Ended) -> list[str]:
    """In what the second is not as the first; checks that were done before the kill are not in the report."""
    found = [] if one.code == other.code else [f"exit {other.code}, not {one.code}"]
    for key in one.state.keys() | other.state.keys():
        a, b = one.state.get(key), other.state.get(key)
        if a != b:
            found.append(f"{key}: {_first(a, b)}")
    expected = {step["name"]: _outcomes(step) for step in one.report.get("steps", ())}
    for step in other.report.get("steps", ()):
        if not step["name"].startswith("check") or step["status"] == "skipped":
            continue
        got, wanted = _outcomes(step), expected.get(step["name"], Counter())
        if got != wanted:
            found.append(f"{step['name']}: {sorted((got - wanted) | (wanted - got))[:3]}")
    return found


def _outcomes(step: dict[str, Any]) -> Counter[tuple[str, str, str]]:
    return Counter((one["check"], one["subject"], one["status"]) for one in step.get("checks", ()))


def _first(a: Any, b: Any) -> str:
    if isinstance(a, list) and isinstance(b, list):
        return f"missing {[x for x in a if x not in b][:3]}, more {[x for x in b if x not in a][:3]}"
    return f"{b}, not {a}"


def killed(deployment: Deployment, lines: int, delay: float) -> str:
    """Runs the command, kills it at a point, and tells what it was doing."""
    process = deployment.start()
    end = time.monotonic() + _LIMIT
    while deployment.lines() < lines and process.poll() is None and time.monotonic() < end:
        time.sleep(0.002)
    time.sleep(delay)
    process.kill()
    process.communicate()
    run = Journal(deployment.folder).last() if deployment.lines() else None
    if run is None:
        return "nothing begun"
    last = run.entries[-1]
    return f"{last.event} {last.operation}".strip()


def points(lines: int, count: int) -> list[tuple[int, float]]:
    """Spread over a journal of that many lines."""
    return [(1 + round(i * (lines - 2) / max(1, count - 1)), DELAYS[i % len(DELAYS)]) for i in range(count)]


def tried(base: Path, deployment: Deployment, whole: Ended, chosen: Sequence[tuple[int, float]]) -> int:
    """Prints one line for each point; the number of those that ended differently."""
    wrong = 0
    for lines, delay in chosen:
        copy = msgspec.structs.replace(deployment, gen2=base.parent / f"at-{lines}-{delay}")
        shutil.copytree(base, copy.gen2)
        doing = killed(copy, lines, delay)
        start = time.monotonic()
        found = finished(copy, *(("--resume",) if copy.lines() else ()))
        # A run that was killed after its end has nothing to go on with, and says so.
        different = differences(whole, found) if found.report else differences(whole, _as(whole, copy, found.code))
        wrong += bool(different)
        told = f"DIFFERENT: {'; '.join(different)[:400]}" if different else "equal"
        print(f"{lines:>4} + {delay:<4} {doing:<26} {time.monotonic() - start:>5.0f} s  {told}", flush=True)
        if not different:
            shutil.rmtree(copy.gen2)
    return wrong


def _as(whole: Ended, deployment: Deployment, code: int) -> Ended:
    return Ended(code, {}, state(deployment, str(whole.report["stack"])))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", nargs="?", type=Path, default=ROOT / "sample_projects" / "shop" / "gen1")
    parser.add_argument("--env", default=None)
    parser.add_argument("--points", type=int, default=20)
    parser.add_argument("--only", nargs="*", metavar="LINES:SECONDS", help="these points and no others")
    parser.add_argument("--run-functions", action="store_true", help="let the project's functions run")
    parser.add_argument("--keep", type=Path, help="the folder for the copies (default: one that is removed)")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="migrate-kills-"))
    gen1, base = options.project.resolve(), folder.resolve() / "gen2"
    convert(Request(gen1, base, env=options.env))
    words = ("--run-functions" if options.run_functions else "--no-run-functions", "--install")
    words += ("--env", options.env) if options.env else ()
    deployment = Deployment(gen1, base.parent / "undisturbed", words)
    shutil.copytree(base, deployment.gen2)
    whole = finished(deployment)
    held = len(whole.state.get("resources", ()))
    print(f"undisturbed: exit {whole.code}, {held} resources, {deployment.lines()} lines in the journal", flush=True)
    if not whole.state["finished"]:
        return 1
    given = [one.partition(":") for one in options.only or ()]
    chosen = [(int(lines), float(delay or 0)) for lines, _, delay in given] or points(
        deployment.lines(), options.points
    )
    wrong = tried(base, deployment, whole, chosen)
    print(f"{len(chosen) - wrong} of {len(chosen)} ended as the undisturbed run")
    if not wrong and options.keep is None:
        shutil.rmtree(folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
