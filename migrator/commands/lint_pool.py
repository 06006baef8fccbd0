"""Many files at once, on all cores."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

from migrator.commands.lint_files import FileLinter, FileResult
from migrator.sources.walk import Skipped

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
    from concurrent.futures.process import BrokenProcessPool

    batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
    done = 0
    try:
        for results in _mapped(linter, batches, min(jobs, len(batches))):
            done += 1
            yield from results
    except BrokenProcessPool:  # a parser ended its process: the file is looked for
        for batch in batches[done:]:
            yield from _narrowed(linter, batch)
    except OSError:  # a machine that lets nobody start processes
        for batch in batches[done:]:
            yield from (linter.lint(path) for path in batch)


def _narrowed(linter: FileLinter, paths: Sequence[str]) -> Iterator[FileResult]:
    """The results of a batch in which a file may end the process that reads it: that file is noted."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield from next(_mapped(linter, [paths], 1))
    except BrokenProcessPool:
        if len(paths) == 1:
            yield FileResult(skipped=(Skipped(paths[0], "the parser gave up"),))
            return
        half = len(paths) // 2
        yield from _narrowed(linter, paths[:half])
        yield from _narrowed(linter, paths[half:])


def _mapped(linter: FileLinter, batches: Sequence[Sequence[str]], jobs: int) -> Iterator[list[FileResult]]:
    """The results of each batch, in their order."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context = get_context("fork" if sys.platform == "linux" else "spawn")
    with ProcessPoolExecutor(jobs, context, _start, (linter,)) as pool:
        yield from pool.map(_lint, batches)


def _start(linter: FileLinter) -> None:
    _linter[:] = [linter]


def _lint(paths: Sequence[str]) -> list[FileResult]:
    return [_linter[0].lint(path) for path in paths]


def _cores() -> int:
    """The cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
