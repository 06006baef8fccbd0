"""Many files at once, on all cores."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from migrator.commands.lint_files import FileLinter, FileResult

_BATCH = 64
"""Files that a process gets at once."""
_WORTH_IT = 400
"""Files below which starting processes takes longer than reading them here."""
_WORTH_IMPORTING = 2000
"""The same where a process has to import the program anew."""
_linter: list[FileLinter] = []
"""The linter of this process, when it is one of several."""


def lint_all(linter: FileLinter, paths: Sequence[str], jobs: int | None = None) -> Iterator[FileResult]:
    """The results of all files, in the order of the paths; `jobs` processes, by default one for each core."""
    wanted = jobs or _cores()
    enough = len(paths) >= (_WORTH_IT if sys.platform == "linux" else _WORTH_IMPORTING) or bool(jobs)
    if wanted < 2 or not enough:
        yield from (linter.lint(path) for path in paths)
        return
    yield from _in_processes(linter, paths, wanted)


def _in_processes(linter: FileLinter, paths: Sequence[str], jobs: int) -> Iterator[FileResult]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    done = 0
    try:
        with ProcessPoolExecutor(min(jobs, len(batches)), context, _start, (linter,)) as pool:
            for results in pool.map(_lint, batches):
                done += 1
                yield from results
    except (BrokenProcessPool, OSError):  # a machine without shared memory, or a process that was killed
        for batch in batches[done:]:
            yield from (linter.lint(path) for path in batch)


def _start(linter: FileLinter) -> None:
    _linter[:] = [linter]


def _lint(paths: Sequence[str]) -> list[FileResult]:
    return [_linter[0].lint(path) for path in paths]


def _cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
