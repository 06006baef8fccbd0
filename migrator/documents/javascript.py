"""Configuration objects in `aws-exports.js` and `amplifyconfiguration.dart`: parsed as literals, never run."""

from __future__ import annotations

import re
from pathlib import Path

from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.documents.document import Document, format_pointer
from migrator.documents.literal import Dialect, LiteralError, line_and_column, read_json, read_literal
from migrator.documents.load import Refused, read_text

_SKIP = r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`"
_ASSIGNED = re.compile(
    rf"{_SKIP}|(?:\b(?:const|let|var)\s+(?P<name>[A-Za-z_$][\w$]*)\s*(?::[^={{]*)?=|(?P<exports>\bmodule\.exports|\bexports\.\w+)\s*=|"
    r"(?P<default>\bexport\s+default))\s*(?=\{)",
    re.DOTALL,
)
_DEFAULT = re.compile(rf"{_SKIP}|\b(?:export\s+default|module\.exports\s*=)\s+(?P<name>[A-Za-z_$][\w$]*)", re.DOTALL)
_DART = re.compile(
    r"//[^\n]*|/\*.*?\*/|\b(?P<name>\w*[aA]mplify[cC]onfig\w*)\s*=\s*(?P<raw>r?)(?P<quote>'''|\"\"\"|'|\")", re.DOTALL
)
_PULL = "Run `amplify pull` to write it again."
_USUAL_NAMES = ("awsmobile", "awsExports", "awsconfig", "awsConfig", "config")


def read_javascript(path: Path, name: str, findings: list[Finding], root: Path | None = None) -> Document | None:
    """The object that the module exports. Values that are code are null and a finding each (GEN023)."""
    text = read_text(path, name, findings, root)
    if text is None:
        return None
    try:
        return _javascript(path, name, text, findings)
    except Refused as refused:
        findings.append(refused.finding)
        return None


def read_dart(path: Path, name: str, findings: list[Finding], root: Path | None = None) -> Document | None:
    """The JSON that `amplifyconfiguration.dart` holds in a string."""
    text = read_text(path, name, findings, root)
    if text is None:
        return None
    try:
        return _dart(path, name, text)
    except Refused as refused:
        findings.append(refused.finding)
        return None


def _javascript(path: Path, name: str, text: str, findings: list[Finding]) -> Document:
    start = literal_offset(text, path.suffix)
    if start is None:
        message = "No object literal is exported here; the file's settings are not known."
        raise Refused(Location(name), message, _PULL)
    try:
        literal = read_literal(text, start, Dialect.JAVASCRIPT)
    except LiteralError as error:
        place = Location(name, "", *line_and_column(text, error.offset))
        raise Refused(place, f"Not readable as JavaScript: {error.message}.", error.hint) from None
    for oddity in literal.unreadable:
        place = Location(name, format_pointer(oddity.pointer), *line_and_column(text, oddity.offset))
        message = f"{oddity.what.capitalize()}; it is not run, so the value is not known."
        findings.append(Finding("GEN023", Severity.WARNING, message, place, "Write the value in place of the code."))
    return Document(path, name, literal.value, text)


def _dart(path: Path, name: str, text: str) -> Document:
    found = _dart_string(text)
    if found is None:
        message = "No Amplify configuration string stands here; the file's settings are not known."
        raise Refused(Location(name), message, _PULL)
    start, body = found
    try:
        return Document(path, name, read_json(body).value, text)
    except LiteralError as error:
        place = Location(name, "", *line_and_column(text, min(start + error.offset, len(text))))
        raise Refused(place, f"Not readable as JSON: {error.message}.", error.hint) from None


def literal_offset(text: str, suffix: str) -> int | None:
    """Where the configuration object begins in the text of a module, None when there is none."""
    if suffix == ".dart":
        found = _dart_string(text)
        return found[0] if found else None
    offsets: dict[str, int] = {}
    for match in _ASSIGNED.finditer(text):
        name = match.group("name") or ("default" if match.group("default") or match.group("exports") else None)
        if name:
            offsets.setdefault(name, match.end())
    exported = [m.group("name") for m in _DEFAULT.finditer(text) if m.group("name")]
    for name in (*exported, "default", *_USUAL_NAMES):
        if name in offsets:
            return offsets[name]
    return max(offsets.values(), key=lambda at: _weight(text, at), default=None)


def _weight(text: str, at: int) -> int:
    """How much an object looks like Amplify's: the number of its `aws_` names."""
    return text.count("aws_", at) if text.find("};", at) < 0 else text.count("aws_", at, text.find("};", at))


def _dart_string(text: str) -> tuple[int, str] | None:
    for match in _DART.finditer(text):
        if match.group("name") is None:
            continue
        quote, start = match.group("quote"), match.end()
        end = start
        while (end := text.find(quote, end)) >= 0 and not match.group("raw") and _escaped(text, end):
            end += 1
        body = text[start:] if end < 0 else text[start:end]
        return start, body if match.group("raw") else _dart_unescape(body)
    return None


def _escaped(text: str, at: int) -> bool:
    return (at - len(text[:at].rstrip("\\"))) % 2 == 1


def _dart_unescape(body: str) -> str:
    simple = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
    return re.sub(r"\\(.)", lambda m: simple.get(m.group(1), m.group(1)), body, flags=re.DOTALL)
