"""The source folder of a function: where its handler is, what it loads, and whether a bundle of it can work."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, normpath
from typing import Any

from msgspec import Struct

from migrator.categories.function.model import Form, Shape, Toolchain
from migrator.categories.function.modules import export_shape, imports, package_of
from migrator.categories.function.scanner import Script
from migrator.categories.function.sloppy import undeclared_assignment

SUFFIXES = (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")
_TOOL_FILES = frozenset(("package.json", "package-lock.json", "yarn.lock", "event.json", "tsconfig.json", ".gitignore"))
_COMMONJS = re.compile(r"(?<![\w.$])(?:module\s*\.\s*exports\b|exports\s*[.\[]|require\s*\()")
_LARGEST = 2_000_000
"""Bytes; a larger file is a bundle that some tool made, and is not looked into."""
_UNKNOWN = (".html", ".txt", ".md", ".css", ".svg", ".graphql", ".pem", ".xml", ".csv", ".yml", ".yaml", ".ejs")
"""Suffixes that esbuild has no loader for (https://esbuild.github.io/content-types/)."""
_READS = re.compile(r"\b(?:readFile|readFileSync|createReadStream|readdir|readdirSync|sendFile)\s*\(")
_HERE = re.compile(r"\b__dirname\b|\bLAMBDA_TASK_ROOT\b|\bprocess\s*\.\s*cwd\s*\(|\bimport\s*\.\s*meta\b")
_PARAMETERS = re.compile(r"\bGetParameters?(?:ByPath)?(?:Command)?\b|\bgetParameters?\s*\(")


class Source(Struct, frozen=True):
    """What was found in a source folder; the fields are those of `model.Code`."""

    entry: str
    export: str
    shape: Shape
    form: Form = Form.BUNDLED
    obstacle: str = ""
    assets: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    manifest: str = ""
    mislabelled: bool = False
    packages: Mapping[str, str] = {}
    undeclared: Mapping[str, str] = {}
    opt: bool = False
    parameter_reads: str = ""
    unexported: bool = False
    """Whether no export of the handler was found."""
    toolchain: Toolchain = Toolchain.NONE
    requirements: tuple[str, ...] = ()
    not_required: tuple[str, ...] = ()
    index: str = ""
    locked: bool = False
    script: str = ""


def read_source(folder: Path, handler: str, modules: tuple[str, ...]) -> Source | None:
    """The source below `folder` (which holds `src`), or None when the handler's file is not there.

    `handler` is Lambda's (`index.handler`), `modules` what the variable MODULES names.
    """
    stem, _, export = _split(handler)
    entry = _file(folder, f"src/{stem}")
    if entry is None:
        return None
    main = _script(folder, entry)
    shape, export, unexported = Shape.NAMED, export or "handler", False
    if main is not None:
        found, onward = export_shape(main, export)
        if onward.startswith(".") and (target := _file(folder, normpath(f"{dirname(entry)}/{onward}"))):
            script = _script(folder, target)
            found = export_shape(script, export)[0] if script else found
        shape, unexported = found or Shape.NAMED, found is None
    content = _manifest(folder)
    if main is not None and modules and _is_loader(main):
        files = tuple(_file(folder, f"src/{name}") or "" for name in modules)
        if all(files):
            scripts = tuple(s for name in files for s in _reached(folder, name))
            return _source(folder, entry, export, Shape.NAMED, scripts, content, unexported, Form.LOADER, files)
    scripts = tuple(_reached(folder, entry))
    return _source(folder, entry, export, shape, scripts, content, unexported)


def _source(
    folder: Path,
    entry: str,
    export: str,
    shape: Shape,
    scripts: tuple[Script, ...],
    content: Mapping[str, Any] | None,
    unexported: bool,
    form: Form = Form.BUNDLED,
    modules: tuple[str, ...] = (),
) -> Source:
    obstacles = [found for script in scripts if (found := _obstacle(script))]
    worst = max(obstacles, key=lambda found: found[0] is Form.VERBATIM, default=(form, ""))
    packages = package_ranges(content)
    mislabelled = content is not None and content.get("type") == "module" and _is_commonjs(scripts)
    used = {package: place for script in reversed(scripts) for package, place in _used(script)}
    return Source(
        entry,
        export,
        shape,
        *worst,
        tuple(_assets(folder / "src")) if worst[0] is Form.PACKED else (),
        modules,
        _printed({"type": "commonjs"} if content is None else {**content, "type": "commonjs"} if mislabelled else {}),
        mislabelled,
        packages,
        {name: place for name, place in sorted(used.items()) if name not in packages},
        any(found.name.startswith("/opt/") for script in scripts for found in imports(script)),
        next((s.place(m.start()) for s in scripts if (m := _PARAMETERS.search(s.code))), ""),
        unexported,
    )


def _split(handler: str) -> tuple[str, str, str]:
    """`app/entry.main` is the file `app/entry` and the export `main`."""
    path, slash, last = handler.rpartition("/")
    stem, dot, export = last.partition(".")
    return f"{path}{slash}{stem}", dot, export


def _file(folder: Path, stem: str) -> str | None:
    """The file that a module name without a suffix stands for."""
    candidates = (stem, *(f"{stem}{suffix}" for suffix in SUFFIXES), *(f"{stem}/index{suffix}" for suffix in SUFFIXES))
    return next((name for name in candidates if name.endswith(SUFFIXES) and (folder / name).is_file()), None)


def _script(folder: Path, path: str) -> Script | None:
    file = folder / path
    try:
        if file.stat().st_size > _LARGEST or file.is_symlink():
            return None
        return Script(path, file.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:
        return None  # it cannot be looked into; copying it reports why


def _reached(folder: Path, entry: str) -> Iterator[Script]:
    """The file and every file of the folder that it loads, directly or not."""
    waiting, seen = [entry], {entry}
    while waiting:
        script = _script(folder, waiting.pop(0))
        if script is None:
            continue
        yield script
        for found in imports(script):
            if found.name.startswith("."):
                target = _file(folder, normpath(f"{dirname(script.path)}/{found.name}"))
                if target and target not in seen:
                    seen.add(target)
                    waiting.append(target)


def _obstacle(script: Script) -> tuple[Form, str] | None:
    """Why an ES module bundle cannot work, and what can."""
    for found in imports(script):
        if not found.name:
            return Form.VERBATIM, f"{script.place(found.offset)} loads a module whose name is only known at run time"
        suffix = os.path.splitext(found.name)[1]
        if found.name.startswith(".") and suffix in _UNKNOWN:
            return Form.VERBATIM, f"{script.place(found.offset)} loads {found.name}, which no bundler understands"
    reads = _READS.search(script.code)
    if reads and (here := _HERE.search(script.code)):
        at_the_top = dirname(script.path) == "src" or "__dirname" not in here.group()
        return (
            Form.PACKED if at_the_top else Form.VERBATIM,
            f"{script.place(here.start())} reads files beside the source",
        )
    undeclared = undeclared_assignment(script)
    if undeclared is not None:
        return Form.PACKED, f"{script.place(undeclared)} is only possible in sloppy mode, and ES modules are strict"
    return None


def _assets(source: Path) -> Iterator[str]:
    """Files at the top of the source, and folders, that hold something else than code."""
    for path in sorted(source.iterdir()):
        inside = files_below(path) if path.is_dir() else iter((path.name,))
        if path.name != "node_modules" and any(_is_asset(name) for name in inside):
            yield path.name


def _is_asset(name: str) -> bool:
    last = name.rpartition("/")[2]
    return not last.endswith((*SUFFIXES, ".map")) and last not in _TOOL_FILES


def _is_loader(script: Script) -> bool:
    """Whether the file loads what MODULES names: the entry of the Gen 1 CLI's triggers."""
    return "MODULES" in script.code and any(not found.name for found in imports(script))


def _used(script: Script) -> Iterator[tuple[str, str]]:
    for found in imports(script):
        if package := package_of(found.name):
            yield package, script.place(found.offset)


def _manifest(folder: Path) -> dict[str, Any] | None:
    """The function's package.json; None when it has none."""
    try:
        content = json.loads((folder / "src" / "package.json").read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        return {}  # copied as it is; npm names what is wrong with it
    return content if isinstance(content, dict) else {}


def _printed(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n" if content else ""


def _is_commonjs(scripts: tuple[Script, ...]) -> bool:
    """Whether `.js` files use CommonJS, and none of them ES module syntax: Node.js could not load them as modules."""
    plain = [script for script in scripts if script.path.endswith(".js")]
    uses = any(_COMMONJS.search(script.code) for script in plain)
    return uses and not any(script.is_module for script in plain)


def files_below(folder: Path) -> Iterator[str]:
    """The files of a source folder, without installed packages and what an interpreter left behind."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in ("node_modules", "__pycache__"))
        yield from (Path(base, name).relative_to(folder).as_posix() for name in sorted(names))


def package_ranges(content: object) -> dict[str, str]:
    """`dependencies` and `optionalDependencies` of a package.json."""
    ranges: dict[str, str] = {}
    for section in ("optionalDependencies", "dependencies"):
        found = content.get(section) if isinstance(content, dict) else None
        listed = found if isinstance(found, dict) else {}
        ranges |= {name: wanted for name, wanted in listed.items() if isinstance(wanted, str)}
    return dict(sorted(ranges.items()))
