"""Files as documents. Whatever is wrong with one becomes a finding that names the file, the place and the next step."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import msgspec

from migrator.core.errors import ArtifactError
from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.documents.document import MAX_DEPTH, Document, Json, format_pointer

LARGEST = 50_000_000
"""Bytes. Larger files are refused unread; the largest settings files of real projects have some hundred kilobytes."""

RESTORE = "Restore it from version control, or download it again with `amplify pull`."

_decode = msgspec.json.Decoder().decode


class Refused(Exception):
    """A file that is not read, and the finding that says why."""

    def __init__(self, place: Location, message: str, hint: str = "", rule: str = "GEN010") -> None:
        super().__init__(message)
        severity = Severity.BLOCKER if rule == "GEN010" else Severity.WARNING
        self.finding = Finding(rule, severity, message, place, hint)


def read_document(path: Path, name: str, findings: list[Finding], root: Path | None = None) -> Document | None:
    """A JSON or YAML file, by its suffix; None, and a finding, when it cannot be read.

    `name` is the path shown to users. Links that lead out of `root` are not followed (default: what is left of
    `path` without `name`).
    """
    try:
        data = _bytes(path, name, root)
        yaml = path.suffix.lower() in (".yml", ".yaml") and not data.lstrip(_BLANK).startswith((b"{", b"["))
        if yaml:
            return _yaml(path, name, _decoded(data, name, findings))
        try:
            value: Json = _decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            # not strict JSON: a slower reader tolerates more and says what is wrong
            return _tolerant(path, name, _decoded(data, name, findings), findings)
        if data.count(b"{") + data.count(b"[") > MAX_DEPTH and _deeper(value, MAX_DEPTH):
            raise Refused(Location(name), f"The values are nested more than {MAX_DEPTH} levels deep.", RESTORE)
        return Document(path, name, value)
    except Refused as refused:
        findings.append(refused.finding)
        return None


def read_text(path: Path, name: str, findings: list[Finding], root: Path | None = None) -> str | None:
    """A text file; None, and a finding, when it cannot be read."""
    try:
        return _decoded(_bytes(path, name, root), name, findings)
    except Refused as refused:
        findings.append(refused.finding)
        return None


def leads_inside(path: Path, root: Path) -> bool:
    """Whether a path, with its links followed, stays below `root`."""
    real = os.path.realpath(root)
    try:
        return os.path.commonpath((real, os.path.realpath(path))) == real
    except ValueError:
        return False  # another drive


_BLANK = b"\xef\xbb\xbf \t\r\n"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def _deeper(root: Json, depth: int) -> bool:
    """Whether values are nested more than `depth` levels deep."""
    level: list[Json] = [root]
    for _ in range(depth):
        level = [
            item
            for value in level
            if isinstance(value, dict | list)
            for item in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True


def _bytes(path: Path, name: str, root: Path | None) -> bytes:
    place = Location(name)
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            if not leads_inside(path, root or path.parents[min(name.count("/"), len(path.parents) - 1)]):
                message = "It is a link that leads out of the project, and is not followed."
                raise Refused(place, message, "Put a copy of the file in its place if it belongs here.", "GEN018")
            found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            kind = "a folder" if stat.S_ISDIR(found.st_mode) else "no regular file"
            raise Refused(place, f"It is {kind} where a file should be.", "Remove it, or restore the file.")
        if found.st_size > LARGEST:
            size = f"It has {found.st_size // 1_000_000} MB; files over {LARGEST // 1_000_000} MB are not read."
            raise Refused(place, size, "No settings file is that large: move it away.", "GEN019")
        return path.read_bytes()
    except PermissionError:
        raise Refused(place, "No permission to read it.", f"Allow it with `chmod u+r {name}`.") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        raise Refused(place, f"It cannot be read: {reason}.", RESTORE) from None


def _decoded(data: bytes, name: str, findings: list[Finding]) -> str:
    try:
        text = data.decode("utf-16" if data[:2] in _MARKS else "utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"It is not UTF-8: byte {error.start + 1} is no part of a character."
        raise Refused(Location(name), message, "Save it again as UTF-8.") from None
    if "\0" in text:
        raise Refused(Location(name), "It is a binary file.", RESTORE)
    if data.startswith(_MARKS):
        message = "The file begins with a byte order mark, which the AWS tools do not accept; it was passed over."
        findings.append(Finding("GEN012", Severity.WARNING, message, Location(name), "Save it as UTF-8 without one."))
    return text.replace("\r\n", "\n")


def _tolerant(path: Path, name: str, text: str, findings: list[Finding]) -> Document:
    from migrator.documents.literal import LiteralError, line_and_column, read_json

    if not text.strip():
        raise Refused(Location(name), "The file is empty.", RESTORE)
    try:
        literal = read_json(text)
    except LiteralError as error:
        place = Location(name, "", *line_and_column(text, error.offset))
        raise Refused(place, f"Not readable as JSON: {error.message}.", error.hint) from None
    for oddity in literal.tolerated:
        place = Location(name, format_pointer(oddity.pointer), *line_and_column(text, oddity.offset))
        message = f"{oddity.what.capitalize()} is not allowed in JSON; it was passed over."
        findings.append(Finding("GEN012", Severity.WARNING, message, place, "Remove it."))
    return Document(path, name, literal.value, text)


def _yaml(path: Path, name: str, text: str) -> Document:
    from migrator.documents.yaml_text import load_template_yaml, load_yaml

    load = load_template_yaml if "Resources:" in text else load_yaml
    try:
        root: Json = load(text, name)
    except ArtifactError as error:
        raise Refused(error.location or Location(name), f"{error.message}.", error.hint) from None
    if root is None:
        raise Refused(Location(name), "The file is empty.", RESTORE)
    return Document(path, name, root, text)
