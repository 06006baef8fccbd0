"""What the check `bundles` says of functions in other languages than JavaScript. Nothing of them is run.

A source in Python is parsed, and the handler that Lambda calls has to be among the names it defines. Of others, the
file that holds the handler has to be there.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from migrator.verify.functions import Function
from migrator.verify.results import Detail

_CALLS_FAIL = "Every call of the function would fail: users would get errors where Gen 1 answers."
_JVM = (".java", ".kt", ".scala", ".groovy", ".class")
_PROJECTS = (".csproj", ".fsproj", ".vbproj", ".dll")
_PROGRAMS = ("bootstrap", "*.go", "build.sh", "bootstrap.*")
_EVERYTHING = "*"
"""Stands for the names that `from … import *` may bring."""


def check_source(function: Function) -> Detail:
    """Whether the asset of a function that is not in JavaScript holds its handler, as far as reading it tells."""
    folder, runtime = function.folder, function.runtime
    if folder is None or not folder.is_dir():
        return Detail(
            "info", f"not read: its runtime is {runtime or 'unknown'}, and its code is an archive", function.name
        )
    if runtime.startswith("python"):
        return _python(function, folder)
    wanted, found = _wanted(function, folder)
    if not wanted:
        return Detail("info", f"not read: its runtime is {runtime or 'unknown'}", subject=function.name)
    if not found:
        return _missing(function, f"its code holds no {wanted} for the handler {function.handler}")
    place = found.relative_to(folder).as_posix()
    return Detail("info", f"its code holds {place}; {runtime} is neither built nor run here", subject=function.name)


def _missing(function: Function, text: str) -> Detail:
    if function.layers:
        return Detail("info", f"{text}; its layers may bring it", subject=function.name)
    return Detail("error", text, subject=function.name, hint=_CALLS_FAIL)


def _wanted(function: Function, folder: Path) -> tuple[str, Path | None]:
    """What has to be there, and the file that is it."""
    runtime, handler = function.runtime, function.handler
    if runtime.startswith("java"):
        name = handler.partition("::")[0].rpartition(".")[2]
        return f"class {name}", _first(folder, (f"{name}{suffix}" for suffix in _JVM))
    if runtime.startswith("dotnet"):
        return "project or assembly", _first(folder, (f"*{suffix}" for suffix in _PROJECTS))
    if runtime.startswith("ruby"):
        file = folder / f"{handler.partition('.')[0]}.rb"
        return f"file {file.name}", file if file.is_file() else None
    if runtime.startswith(("provided", "go")):
        return "program", _first(folder, _PROGRAMS)
    return "", None


def _first(folder: Path, patterns: Iterator[str] | tuple[str, ...]) -> Path | None:
    return next((path for pattern in patterns for path in sorted(folder.rglob(pattern)) if path.is_file()), None)


def _python(function: Function, folder: Path) -> Detail:
    module, _, name = function.handler.rpartition(".")
    file = _module(folder, module)
    if file is None:
        return _missing(function, f"its code holds no file for the handler {function.handler}")
    return _defined(function, folder, file, name)


def _module(folder: Path, module: str) -> Path | None:
    stem = module.replace(".", "/")
    return next((f for f in (folder / f"{stem}.py", folder / stem / "__init__.py") if stem and f.is_file()), None)


def _defined(function: Function, folder: Path, file: Path, name: str, seen: tuple[Path, ...] = ()) -> Detail:
    """Follows names that are imported from other files of the function."""
    place = file.relative_to(folder).as_posix()
    try:
        tree = ast.parse(file.read_bytes(), filename=place)
    except (SyntaxError, ValueError) as problem:
        return _unparsed(function, place, problem)
    names = dict(_names(tree.body))
    if name not in names and _EVERYTHING not in names:
        known = ", ".join(sorted(one for one in names if one)) or "nothing"
        text = f"{place} defines no {name} (it defines {known})"
        return Detail("error", text, subject=function.name, hint=_CALLS_FAIL)
    origin, original = names.get(name, ("", ""))
    onward = _module(folder, origin) if origin else None
    if onward in seen:
        return Detail("error", f"{place} and another file import {name} of each other", subject=function.name)
    if onward is not None and onward != file:
        return _defined(function, folder, onward, original, (*seen, file))
    return Detail("info", f"{place} defines {name}; {function.runtime} is not run here", subject=function.name)


def _unparsed(function: Function, place: str, problem: SyntaxError | ValueError) -> Detail:
    """A newer Python may take what this one does not."""
    version = function.runtime.removeprefix("python3.")
    line = (problem.lineno or 0) if isinstance(problem, SyntaxError) else 0
    said = f"{place}:{line} is no Python: {problem.args[0]}"
    if version.isdigit() and int(version) > sys.version_info.minor:
        text = f"not read: {said}, says Python 3.{sys.version_info.minor}; {function.runtime} may take it"
        return Detail("info", text, subject=function.name)
    return Detail("error", said, subject=function.name, hint=_CALLS_FAIL)


def _names(body: list[ast.stmt]) -> Iterator[tuple[str, tuple[str, str]]]:
    """The names that statements define, each with the module and the name there that it is imported as."""
    for one in body:
        match one:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield one.name, ("", "")
            case ast.Assign(targets=targets):
                yield from ((n.id, ("", "")) for t in targets for n in ast.walk(t) if isinstance(n, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name, ("", "")
            case ast.Import(names=aliases):
                yield from ((a.asname or a.name.partition(".")[0], ("", "")) for a in aliases)
            case ast.ImportFrom(module=module, names=aliases):
                yield from ((a.asname or a.name, (module or "", a.name)) for a in aliases)
            case ast.If() | ast.Try() | ast.With() | ast.For() | ast.While():
                yield from _names(list(_within(one)))


def _within(statement: ast.stmt) -> Iterator[ast.stmt]:
    for part in ("body", "orelse", "finalbody"):
        yield from getattr(statement, part, ())
    for handler in getattr(statement, "handlers", ()):
        yield from handler.body
