"""The packages of a Python function as lines of a requirements.txt: what its Pipfile, or the lock file, names.

https://pipenv.pypa.io/en/latest/pipfile.html, https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

PUBLIC_INDEX = "https://pypi.org/simple"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_WORD = re.compile(r"[^\s;#]+")
"""A version or an address: one word, so that no entry becomes an option or a second line."""
_MARKERS = re.compile(r"[^\n\r#]*")
_PATHS = ("path", "file")


class Requirements(Struct, frozen=True):
    """The packages that a function brings."""

    lines: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Names of entries that a line cannot say: folders of the project, odd versions."""
    index: str = ""
    """A package index other than the public one."""
    locked: bool = False
    """Whether a lock file names them, and so everything that they need as well."""


def read_requirements(folder: Path) -> Requirements:
    """The packages of the function in `folder`: of Pipfile.lock, else of Pipfile, else of requirements.txt.

    Gen 1 installed them with Pipenv, which takes them from there. The function's own folder, which the CLI lists as a
    package, is none.
    """
    pipfile = _toml(folder / "Pipfile")
    locked = _json(folder / "Pipfile.lock").get("default")
    packages = locked if isinstance(locked, dict) else pipfile.get("packages")
    if not isinstance(packages, dict):
        return Requirements(tuple(_plain(folder)))
    lines: list[str] = []
    left_out: list[str] = []
    for name, wanted in packages.items():
        if _is_own_source(wanted):
            continue
        line = _line(name, wanted)
        (lines if line else left_out).append(line or name)
    return Requirements(tuple(lines), tuple(left_out), _index(pipfile), isinstance(locked, dict))


def _plain(folder: Path) -> Iterator[str]:
    file = next((f for f in (folder / "requirements.txt", folder / "src" / "requirements.txt") if f.is_file()), None)
    try:
        text = file.read_text(encoding="utf-8-sig") if file else ""
    except (OSError, ValueError):
        return  # it cannot be read; copying it reports why
    yield from (line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


def _is_own_source(wanted: Any) -> bool:
    path = wanted.get("path") if isinstance(wanted, Mapping) else None
    return isinstance(path, str) and path.removeprefix("./").rstrip("/") in ("src", "", ".")


def _line(name: str, wanted: Any) -> str:
    """One line; empty when there is none for the entry."""
    said: Mapping[str, Any] = wanted if isinstance(wanted, Mapping) else {"version": wanted}
    if not _NAME.fullmatch(name) or any(key in said for key in _PATHS):
        return ""
    extras = [extra for extra in said.get("extras", ()) if isinstance(extra, str) and _NAME.fullmatch(extra)]
    head = f"{name}[{','.join(extras)}]" if extras else name
    version = said.get("version", "*")
    if (git := said.get("git")) is not None:
        version = f" @ git+{git}" + (f"@{said['ref']}" if said.get("ref") else "")
    if not isinstance(version, str) or not _WORD.fullmatch(version.replace(" @ ", "", 1).replace(", ", ",")):
        return ""
    markers = said.get("markers", "")
    tail = f" ; {markers}" if isinstance(markers, str) and markers and _MARKERS.fullmatch(markers) else ""
    return head + ("" if version == "*" else version.replace(", ", ",")) + tail


def _index(pipfile: Mapping[str, Any]) -> str:
    """The first index that is not the public one, without a name and a password that stand in it."""
    sources = pipfile.get("source")
    urls = [s.get("url") for s in sources if isinstance(s, dict)] if isinstance(sources, list) else []
    other = (
        url
        for url in urls
        if isinstance(url, str) and url.rstrip("/") not in (PUBLIC_INDEX, "https://pypi.python.org/simple")
    )
    return re.sub(r"//[^/@]*@", "//", next(other, ""))


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}  # there is none, or Pipenv says what is wrong with it


def _json(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}  # there is none, or Pipenv says what is wrong with it
    return found if isinstance(found, dict) else {}
