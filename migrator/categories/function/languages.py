"""The source of a function in another language than JavaScript: where its handler is, and what builds it.

What Gen 1 did is in the runtime providers of its CLI: https://github.com/aws-amplify/amplify-cli/tree/dev/packages
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from migrator.categories.function.model import Form, Obstacle, Shape, Toolchain
from migrator.categories.function.requirements import read_requirements
from migrator.categories.function.sources import Source, files_below

_FAMILY = re.compile(r"(python|java|go|dotnetcore|dotnet|ruby|provided)(?=[\d.]|$)[\w.]*")
NEWEST_PYTHON = "python3.13"
"""What an old Python becomes."""
_OLDEST_PYTHON = 9
_SUCCESSORS = (
    (re.compile(r"python2\.7"), NEWEST_PYTHON),
    (re.compile(r"java8"), "java8.al2"),
    (re.compile(r"go1\.x"), "provided.al2023"),
    (re.compile(r"provided"), "provided.al2023"),
    (re.compile(r"dotnet(core[\d.]+|5\.0|6|7)"), "dotnet8"),
    (re.compile(r"ruby2\.\d+"), "ruby3.3"),
)
"""Runtimes that Lambda takes for no new function, and what they become: the same language, still supported.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html#runtimes-deprecated
"""
BUILD_SCRIPT = "build.sh"
"""The file below the function's folder that holds a build script of the project's own."""
BOOTSTRAP = "bootstrap"
"""What Lambda starts in a runtime of one's own."""
GRADLE_FILES = ("build.gradle", "build.gradle.kts")
_JVM = (".java", ".kt", ".scala", ".groovy")
_PROJECTS = (".csproj", ".fsproj", ".vbproj")


def family(runtime: str) -> str:
    """The language of a runtime: python, java, go, dotnet, ruby or provided; empty for Node.js and others."""
    found = _FAMILY.fullmatch(runtime)
    return found[1].removesuffix("core") if found else ""


def successor(runtime: str) -> str:
    """The runtime itself, or what takes the place of one that Lambda takes for no new function."""
    if (found := re.fullmatch(r"python3\.(\d+)", runtime)) and int(found[1]) < _OLDEST_PYTHON:
        return NEWEST_PYTHON
    return next((newer for old, newer in _SUCCESSORS if old.fullmatch(runtime)), runtime)


def handler_of(runtime: str, handler: str) -> str:
    """The handler in Gen 2: the program of a Go function has the name that its new runtime starts."""
    return BOOTSTRAP if family(runtime) == "go" else handler


def read_other(folder: Path, runtime: str, handler: str, script: str) -> Source | Obstacle:
    """The source below `folder` (which holds `src`), or why it cannot be converted.

    `script` is the shell script that the Gen 1 CLI was told to build the function with.
    """
    files = tuple(files_below(folder / "src"))
    language = family(runtime)
    entry = _entry(language, handler, files)
    if script:
        return _source(entry or "src", handler, Toolchain.SCRIPT, script=script) if files else Obstacle.SOURCE
    if language in ("python", "ruby"):
        return _interpreted(folder, language, entry, handler)
    if any(name.endswith(".go") for name in files):
        return _source(entry, handler, Toolchain.GO)
    if language == "java" and entry:
        built = any((folder / name).is_file() for name in GRADLE_FILES)
        return _source(entry, handler, Toolchain.GRADLE) if built else Obstacle.BUILD
    if language == "dotnet" and entry:
        return _source(entry, handler, Toolchain.DOTNET)
    if language == "provided" and BOOTSTRAP in files:
        return _source(f"src/{BOOTSTRAP}", handler, Toolchain.NONE)
    has_code = any(Path(name).suffix not in ("", ".json") for name in files)
    return Obstacle.BUILD if language == "provided" and has_code else Obstacle.SOURCE


def _interpreted(folder: Path, language: str, entry: str, handler: str) -> Source | Obstacle:
    if not entry:
        return Obstacle.SOURCE
    if language == "ruby":
        return _source(entry, handler, Toolchain.NONE)
    found = read_requirements(folder)
    toolchain = Toolchain.PIP if found.lines else Toolchain.NONE
    made = _source(entry, handler, toolchain)
    return replace(made, requirements=found.lines, not_required=found.left_out, index=found.index, locked=found.locked)


def _source(entry: str, handler: str, toolchain: Toolchain, script: str = "") -> Source:
    export = handler.rpartition("::")[2] if "::" in handler else handler.rpartition(".")[2]
    return Source(entry, export, Shape.NAMED, Form.BUILT, toolchain=toolchain, script=script)


def _entry(language: str, handler: str, files: tuple[str, ...]) -> str:
    """The file that holds the handler, as far as its name tells; empty when there is none."""
    return next((f"src/{name}" for name in _candidates(language, handler, files) if name in files), "")


def _candidates(language: str, handler: str, files: tuple[str, ...]) -> Iterator[str]:
    match language:
        case "python":
            module = handler.rpartition(".")[0].replace(".", "/")
            yield from (f"{module}.py", f"{module}/__init__.py")
        case "ruby":
            yield f"{handler.rpartition('.')[0].partition('.')[0]}.rb"
        case "java":
            name = handler.partition("::")[0].rpartition(".")[2]
            yield from (file for file in files if file.endswith(tuple(f"/{name}{suffix}" for suffix in _JVM)))
        case "dotnet":
            yield from (file for file in files if file.endswith(_PROJECTS))
        case _:
            yield from (file for file in files if file.endswith(".go") and "/" not in file)
