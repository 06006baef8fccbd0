"""Prints how good the proof is.

    python -m tests.mutation                 # all: named faults, mutants, harmless edits; in TypeScript too
    python -m tests.mutation --no-sources    # without TypeScript
    python -m tests.mutation --only-sites    # only the generic mutants of TypeScript
    python -m tests.mutation --each 1        # fewer mutants: one of every group of alike ones
    python -m tests.mutation --sites 0       # every mutant of TypeScript: an hour

The exit code is 0 when every fault is found by its check, every survivor explained, and every harmless edit accepted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.mutation import run, run_sites, table
from tests.mutation.subjects import sample


def main() -> int:
    """Runs everything and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=2, help="mutants of every group of alike ones")
    parser.add_argument("--most", type=int, default=0, help="mutants of every sample (0: no limit)")
    parser.add_argument("--no-sources", action="store_true", help="leave out what is changed in TypeScript")
    parser.add_argument("--only-sites", action="store_true", help="leave out all but the mutants of TypeScript")
    parser.add_argument(
        "--sites", type=int, default=1, help="mutants of every file and operator in TypeScript (0: all)"
    )
    parser.add_argument("--cache", type=Path, help="where assemblies are kept (a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="migrate-mutation-") as scratch:
        cache = options.cache or Path(scratch)
        parts = _sites(options, cache) if options.only_sites else _all(options, cache)
    print(*(text for text, _ in parts), sep="\n\n")
    return 0 if all(passed for _, passed in parts) else 1


_Part = tuple[str, bool]
"""A table, and whether nothing in it is wrong."""
_NAMES = ("club", "notes-legacy", "shop")
"""The samples that are spoilt: those whose unchanged project is proven without a word of its owner."""


def _all(options: argparse.Namespace, cache: Path) -> list[_Part]:
    for name in _NAMES:
        print(f"{name}: {'proven' if run.is_clean(sample(name, cache)) else 'REFUSED as it is'}", flush=True)
    tried, accepted = run.all_faults(cache), run.all_harmless(cache)
    if not options.no_sources:
        more, also = run.in_sources()
        tried, accepted = (*tried, *more), (*accepted, *also)
    outcomes = run.all_mutants(_NAMES, cache, options.each, options.most)
    return [
        (table.faults(tried), all(one.passed for one in tried)),
        (table.harmless(accepted), all(one.passed for one in accepted)),
        (table.mutants(outcomes), all(one.passed for one in outcomes)),
        *([] if options.no_sources else _sites(options, cache)),
    ]


def _sites(options: argparse.Namespace, cache: Path) -> list[_Part]:
    outcomes = run_sites.all_sites(_NAMES, cache, options.sites, options.most)
    return [(table.sites(outcomes), all(one.passed for one in outcomes))]


if __name__ == "__main__":
    sys.exit(main())
