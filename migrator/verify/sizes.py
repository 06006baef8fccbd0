"""How large the functions of a project are: against what Lambda takes, and against what they are made of.

A bundle ought to hold the function's own sources and the packages that these name. A `require` of a name that is put
together takes in a whole folder, and with it whatever is named there, be it the CDK.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from migrator.verify.functions import Function
from migrator.verify.results import Detail
from migrator.verify.workspace import Mode, Workspace

LIMIT = 250 * 1024 * 1024
"""Bytes that a function and its layers may have unzipped.

https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
"""
LARGE_BYTES = 1_000_000
LARGE_FACTOR = 2
"""A bundle is remarkable when it is over a megabyte, and over twice of what it is made of."""
_MODULES = "node_modules"
_SOURCES = frozenset({".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx"})
_NAMED = re.compile(rb"""['"`]((?:@[\w-][\w.-]*/)?[\w-][\w.-]*)(?:/[^'"`\n]*)?['"`]""")
_LISTS = ("dependencies", "optionalDependencies", "peerDependencies")


def size_details(function: Function, workspace: Workspace) -> Iterator[Detail]:
    """An error for a function that Lambda does not take; a warning for one that holds far more than it needs."""
    if function.folder is None:
        return
    size = unzipped_size(function.folder)
    if size > LIMIT:
        text = f"it has {_megabytes(size)} unzipped, and Lambda takes at most {_megabytes(LIMIT)}, layers included"
        hint = "The deployment would fail. Look for a `require` or `import` of a name that is put together."
        yield Detail("error", text + _largest(function.packages), subject=function.name, hint=hint)
        return
    code = size - sum(path.stat().st_size for path in function.folder.rglob("*.map"))
    if code > LARGE_BYTES and function.sources:
        yield from _bloat(function, code, workspace)


def _bloat(function: Function, size: int, workspace: Workspace) -> Iterator[Detail]:
    """A warning where the code is far larger than what it is made of."""
    folder = function.sources[-1].parent
    sources = _folder_size(folder)
    modules = [place for place in _module_folders(workspace) if place.is_dir()]
    needed = _closure(_named(folder), modules)
    # Of a package that Lambda brings (the AWS SDK) the bundle holds nothing.
    packages = sum(count or _folder_size(needed[name]) for name, count in function.packages.items() if name in needed)
    if size <= LARGE_FACTOR * (sources + packages):
        return
    beyond = {name: count for name, count in function.packages.items() if name not in needed}
    text = (
        f"its bundle has {_megabytes(size)}, its own sources {sources / 1e6:.3f} MB, "
        f"and what it holds of packages that these name {_megabytes(packages)}"
    )
    hint = "A `require` or `import` of a name that is put together takes in a whole folder: name the modules."
    yield Detail("warning", text + _largest(beyond or function.packages), subject=function.name, hint=hint)


def unzipped_size(code: Path) -> int:
    """Bytes of a function's code as Lambda counts it: of a folder, or of what an archive holds."""
    if code.is_dir():
        return sum(path.stat().st_size for path in code.rglob("*") if path.is_file())
    try:
        with zipfile.ZipFile(code) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (OSError, zipfile.BadZipFile):
        return code.stat().st_size if code.is_file() else 0


def _module_folders(workspace: Workspace) -> Iterator[Path]:
    """Where the packages of functions are, and those of the tools."""
    yield workspace.app(Mode.BRANCH) / _MODULES
    yield workspace.folder / "project" / _MODULES


def _named(folder: Path) -> set[str]:
    """Whatever stands in quotes in the function's own sources and may be a package."""
    files = (path for path in _files(folder) if path.suffix in _SOURCES)
    return {found.group(1).decode() for path in files for found in _NAMED.finditer(path.read_bytes())}


def _closure(names: Collection[str], modules: Collection[Path]) -> Mapping[str, Path]:
    """The packages with these names, and all that they depend on, with their folders."""
    found: dict[str, Path] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        place = next((one / name for one in modules if (one / name / "package.json").is_file()), None)
        if name in found or place is None:
            continue
        found[name] = place
        waiting += _depends(place)
    return found


def _depends(package: Path) -> Iterable[str]:
    try:
        said: Any = msgspec.json.decode((package / "package.json").read_bytes())
    except (OSError, msgspec.DecodeError):
        return ()  # npm would not have installed it; its own size counts all the same
    listed = (said.get(key) for key in _LISTS) if isinstance(said, dict) else ()
    return [name for one in listed if isinstance(one, dict) for name in one]


def _folder_size(folder: Path) -> int:
    return sum(path.stat().st_size for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    """Its files without those of packages inside."""
    inside = (path for path in folder.rglob("*") if _MODULES not in path.relative_to(folder).parts)
    return (path for path in inside if path.is_file())


def _largest(packages: Mapping[str, int]) -> str:
    largest = sorted(packages.items(), key=lambda item: -item[1])[:3]
    told = ", ".join(f"{name} {_megabytes(count)}" for name, count in largest)
    return f"; the largest packages in it: {told}" if told else ""


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
