"""Prints how good the proof is.

    python -m tests.mutation                 # all: named faults, mutants, harmless edits; in TypeScript too
    python -m tests.mutation --no-sources    # without TypeScript
    python -m tests.mutation --each 1        # fewer mutants: one of every group of alike ones

The exit code is 0 when every fault is found by its check, every survivor explained, and every harmless edit accepted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.mutation import run, table
from tests.mutation.subjects import sample
from tests.projects import SAMPLES


def main() -> int:
    """Runs everything and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=2, help="mutants of every group of alike ones")
    parser.add_argument("--most", type=int, default=0, help="mutants of every sample (0: no limit)")
    parser.add_argument("--no-sources", action="store_true", help="leave out what is changed in TypeScript")
    parser.add_argument("--cache", type=Path, help="where assemblies are kept (a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="migrate-mutation-") as scratch:
        cache = options.cache or Path(scratch)
        names = [one.name for one in SAMPLES]
        for name in names:
            whole = sample(name, cache)
            print(f"{name}: {'proven' if run.is_clean(whole) else 'REFUSED as it is'}", flush=True)
        tried = run.all_faults(cache)
        accepted = run.all_harmless(cache)
        if not options.no_sources:
            more, also = run.in_sources()
            tried, accepted = (*tried, *more), (*accepted, *also)
        outcomes = run.all_mutants(names, cache, options.each, options.most)
    print(table.faults(tried), table.harmless(accepted), table.mutants(outcomes), sep="\n\n")
    return 0 if all(one.passed for one in (*tried, *accepted, *outcomes)) else 1


if __name__ == "__main__":
    sys.exit(main())
