"""What migrate makes of every app in a folder: settings, conversion, and the proof of the result.

    python -m benchmarks.corpus FOLDER [--verify] [--install] [--app NAME] [--keep DIR]

One line for each app: evidence, settings by outcome (they add up to the total), unread keys and unclaimed attributes,
the conversion's exit code, and with --verify each check. Nothing is asserted; the exit code is 1 when a scan or a
conversion ended with a traceback or could not run.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MIGRATE = str(Path(sys.executable).with_name("migrate"))
OUTCOMES = ("total", "native", "cdk", "default", "dropped", "manual", "gap")
CHECKS = ("types", "synth", "cycles", "bundles")
FOUR = ("auth", "data", "storage", "function")


def run(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, the JSON document and standard error of one command."""
    done = subprocess.run([MIGRATE, *arguments], capture_output=True, text=True, check=False)
    try:
        document: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        document = {}
    return done.returncode, document, done.stderr


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--verify", action="store_true", help="also type-check, synthesize and load the bundles")
    parser.add_argument("--install", action="store_true", help="let verify install npm packages")
    parser.add_argument("--app", action="append", default=[], help="only these apps")
    parser.add_argument("--keep", type=Path, help="keep the Gen 2 projects there")
    options = parser.parse_args()
    apps = sorted(p for p in options.folder.iterdir() if p.is_dir() and (not options.app or p.name in options.app))
    failed = []
    with tempfile.TemporaryDirectory() as scratch:
        home = options.keep or Path(scratch)
        print(
            " ".join(
                (
                    "app".ljust(44),
                    "evidence",
                    *(f"{o:>7}" for o in OUTCOMES),
                    " adds",
                    "unread",
                    "unclaimed",
                    "scan",
                    "conv",
                )
            )
        )
        for app in apps:
            fine = True
            for line in report(app, home / app.name, options.verify, options.install):
                if line.startswith("!"):
                    fine = False
                print(line, flush=True)
            if not fine:
                failed.append(app.name)
    print(
        f"{len(apps)} apps, {len(failed)} failed: {', '.join(failed)}" if failed else f"{len(apps)} apps, none failed"
    )
    sys.exit(1 if failed else 0)


def report(app: Path, out: Path, verify: bool, install: bool) -> Iterator[str]:
    """The lines of one app; one that begins with `!` is a failure."""
    env = environment(app)
    code, scan, said = run("scan", str(app), "--format", "json", *env)
    if "summary" not in scan:
        yield f"! {app.name}: scan ended with {code}: {said or scan}"
        return
    settings = scan["summary"]["settings"]
    adds = settings["total"] == sum(settings[o] for o in OUTCOMES[1:])
    unread = sum(len(r["unread"]) for r in scan["resources"])
    unclaimed = sum(1 for f in scan["findings"] if f["rule"] == "GEN002")
    converted, conversion, complaint = run("convert", str(app), "--out", str(out), "--format", "json", *env)
    numbers = " ".join(f"{settings[o]:>7}" for o in OUTCOMES)
    evidence = scan["project"]["evidence"]
    ends = f"{'yes' if adds else 'NO':>5} {unread:>6} {unclaimed:>9} {code:>4} {converted:>4}"
    yield f"{app.name[:44]:<44} {evidence:<8} {numbers} {ends}"
    if not adds or code > 1:
        yield f"! {app.name}: the ledger does not add up" if not adds else f"! {app.name}: scan ended with {code}"
    if "files" not in conversion:
        yield f"! {app.name}: convert ended with {converted}: {complaint or conversion}"
        return
    if verify and (out / "amplify" / "backend.ts").exists():
        yield from prove(out, install)


def environment(app: Path) -> tuple[str, ...]:
    """`--env` with the first environment, where convert asks for one."""
    code, document, _ = run("convert", str(app), "--dry-run", "--out", "never-written", "--format", "json")
    chosen = re.search(r"--env (\S+)", str(document.get("error", {}).get("hint", ""))) if code == 2 else None
    return ("--env", chosen[1]) if chosen else ()


def prove(out: Path, install: bool) -> Iterator[str]:
    """The checks of `migrate verify` on one line, and what failed below it."""
    start = time.monotonic()
    more = ("--install",) if install else ()
    code, proof, said = run("verify", "--gen2", str(out), "--only", ",".join(CHECKS), "--format", "json", "-q", *more)
    if "checks" not in proof:
        yield f"    verify could not run ({code}): {said or proof}"
        return
    states = " ".join(f"{c['name']}={c['status']}" for c in proof["checks"])
    yield f"    {states} ({time.monotonic() - start:.0f} s)"
    for check in proof["checks"]:
        if check["status"] == "failed":
            yield f"      {check['name']}: {check['reason'][:300]}"
            for detail in check["details"][:5]:
                yield f"        {detail.get('subject', '')} {detail.get('file', '')}: {detail['message'][:300]}"


if __name__ == "__main__":
    main()
