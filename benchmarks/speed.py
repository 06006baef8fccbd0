"""Time and memory of `scan` and `convert`, as ratios to a bare Python that only parses the same project's JSON files.

    python -m benchmarks.speed [PROJECT] [--runs N]

Both sides are measured in one run, in turn, as whole processes; the medians are quoted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

BARE = """
import json, os, sys
for folder, folders, names in os.walk(sys.argv[1]):
    folders[:] = [f for f in folders if f not in ('node_modules', '.git')]
    for name in names:
        if name.endswith('.json'):
            try:
                with open(os.path.join(folder, name), encoding='utf-8') as file:
                    json.load(file)
            except ValueError:
                pass
"""
DEFAULT = Path(__file__).resolve().parent.parent / "sample_projects" / "shop" / "gen1"


def run(command: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak megabytes of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> None:
    """Prints one line for each command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    project = str(options.project)
    python = [sys.executable]
    migrate = [str(Path(sys.executable).with_name("migrate"))]
    with tempfile.TemporaryDirectory() as scratch:
        out = str(Path(scratch) / "gen2")
        commands = {
            "bare": [*python, "-c", BARE, project],
            "scan": [*migrate, "scan", project],
            "scan --format json": [*migrate, "scan", project, "--format", "json"],
            "convert": [*migrate, "convert", project, "--out", out, "--no-proof"],
        }
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        memory: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(options.runs + 1):
            for name, command in commands.items():
                shutil.rmtree(out, ignore_errors=True)
                spent, peak = run(command)
                if turn:  # the first round only warms the caches
                    seconds[name].append(spent)
                    memory[name].append(peak)
    base = statistics.median(seconds["bare"])
    print(f"{'command':<20} {'median ms':>10} {'ratio':>7} {'peak MB':>9}")
    for name, spent_all in seconds.items():
        middle = statistics.median(spent_all)
        peak = statistics.median(memory[name])
        print(f"{name:<20} {middle * 1000:>10.0f} {middle / base:>7.1f} {peak:>9.0f}")


if __name__ == "__main__":
    main()
