"""The files below a project's root: listed once, links checked, names found whatever their case."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

from migrator.core.finding import Finding
from migrator.core.location import Location
from migrator.documents.document import Document
from migrator.documents.load import leads_inside, read_document, read_text
from migrator.gen1.findings import finding


class Kind(Enum):
    """What a name in a folder stands for."""

    FILE = "file"
    FOLDER = "folder"


class Tree:
    """Read access to one project. Paths are relative to the root, with forward slashes, `""` for the root itself."""

    def __init__(self, root: Path, findings: list[Finding]) -> None:
        self.root = root
        self.findings = findings
        self._listed: dict[str, dict[str, Kind]] = {}
        self._documents: dict[str, Document | None] = {}
        self._told: set[str] = set()

    def path(self, relative: str) -> Path:
        """The path on disk."""
        return self.root / relative if relative else self.root

    def names(self, folder: str) -> dict[str, Kind]:
        """What a folder holds, by name; nothing when it cannot be listed. Links that lead out are left out."""
        known = self._listed.get(folder)
        if known is None:
            known = self._listed[folder] = dict(sorted(self._list(folder)))
        return known

    def _list(self, folder: str) -> Iterator[tuple[str, Kind]]:
        try:
            with os.scandir(self.path(folder)) as entries:
                for entry in entries:
                    kind = self._kind(entry, join(folder, entry.name))
                    if kind:
                        yield entry.name, kind
        except OSError as error:
            message = f"The folder cannot be listed: {error.strerror or error}."
            self.tell(finding("GEN010", message, Location(folder or "."), hint="Give yourself the right to read it."))

    def _kind(self, entry: os.DirEntry[str], relative: str) -> Kind | None:
        if entry.is_symlink() and not leads_inside(Path(entry.path), self.root):
            message = "It is a link that leads out of the project, and is not followed."
            self.tell(finding("GEN018", message, Location(relative)))
            return None
        try:
            return Kind.FOLDER if entry.is_dir() else Kind.FILE
        except OSError:
            return None  # a link in a circle

    def tell(self, found: Finding) -> None:
        """Keeps a finding, once for each id and place."""
        key = f"{found.rule} {found.location}"
        if key not in self._told:
            self._told.add(key)
            self.findings.append(found)

    def find(self, folder: str, *names: str, kind: Kind | None = None) -> str | None:
        """The path of a name below a folder, step by step; the case of names may differ, which is a finding."""
        at = folder
        for name in names:
            listed = self.names(at) if at == folder or self._is_folder(at) else {}
            actual = name if name in listed else next((n for n in listed if n.lower() == name.lower()), None)
            if actual is None:
                return None
            at = join(at, actual)
            if actual != name:
                self.tell(finding("GEN021", f"{actual} stands where the Gen 1 CLI has {name}.", Location(at)))
        return at if kind is None or self.kind(at) is kind else None

    def kind(self, relative: str) -> Kind | None:
        """What stands at a path."""
        folder, _, name = relative.rpartition("/")
        return self.names(folder).get(name) if relative else Kind.FOLDER

    def _is_folder(self, relative: str) -> bool:
        return self.kind(relative) is Kind.FOLDER

    def document(self, relative: str | None, findings: list[Finding] | None = None) -> Document | None:
        """A JSON or YAML file, read once; None when there is none or it cannot be read, which is a finding."""
        if relative is None:
            return None
        if relative not in self._documents:
            notes = self.findings if findings is None else findings
            self._documents[relative] = read_document(self.path(relative), relative, notes, self.root)
        return self._documents[relative]

    def text(self, relative: str, findings: list[Finding] | None = None) -> str | None:
        """A text file."""
        return read_text(self.path(relative), relative, self.findings if findings is None else findings, self.root)

    def files(self, folder: str, skip: frozenset[str] = frozenset()) -> Iterator[str]:
        """Paths of all files below a folder, relative to it, without going into folders of the names in `skip`."""
        pending = [""]
        while pending:
            at = pending.pop(0)
            for name, kind in self.names(join(folder, at)).items():
                if kind is Kind.FILE:
                    yield join(at, name)
                elif name not in skip and at.count("/") < _DEEPEST and not self._circular(join(folder, at), name):
                    pending.append(join(at, name))

    def _circular(self, folder: str, name: str) -> bool:
        """Whether a folder is a link to one that encloses it."""
        path = self.path(join(folder, name))
        return path.is_symlink() and leads_inside(self.path(folder), path)


_DEEPEST = 24


def join(folder: str, name: str) -> str:
    """A path below a folder; either may be empty."""
    return f"{folder}/{name}" if folder and name else folder or name
