"""Generic mutants of TypeScript: every literal, property, element, call of a chain, statement and rule of access in
`amplify/**/*.ts` of a golden project, changed in each way that it allows.

Left alone are imports and exports as such, types, and comments: without them the compiler, or Node, refuses the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from migrator.documents.syntax import field, find_all, root, span

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_KINDS = (
    "true",
    "false",
    "number",
    "string",
    "template_string",
    "pair",
    "method_definition",
    "shorthand_property_identifier",
    "spread_element",
    "array",
    "expression_statement",
    "call_expression",
    "member_expression",
    "binary_expression",
    "undefined",
)
_NO_CODE = ("import_statement", "type_alias_declaration", "type_annotation", "type_arguments", "literal_type")
"""What deploys nothing, whatever it says."""
_OTHER_MEMBERS = {
    "RemovalPolicy.RETAIN": "RemovalPolicy.DESTROY",
    "Effect.ALLOW": "Effect.DENY",
    "Effect.DENY": "Effect.ALLOW",
    "StartingPosition.LATEST": "StartingPosition.TRIM_HORIZON",
    "StartingPosition.TRIM_HORIZON": "StartingPosition.LATEST",
    "allow.guest": "allow.authenticated",
    "allow.authenticated": "allow.guest",
    "allow.owner": "allow.authenticated",
    "allow.publicApiKey": "allow.authenticated",
}
_OTHER_RULE = re.compile(r"allow\.(group|groups|groupDefinedIn|ownerDefinedIn|ownersDefinedIn|entity)\([^()]*\)")
_OPPOSITE = {"===": "!==", "!==": "===", "&&": "||", "||": "&&", "??": "&&"}


class Site(Struct, frozen=True):
    """A mutant of one file of `amplify/`: the text between two offsets is another one."""

    file: str
    operator: str
    start: int
    end: int
    new: str
    line: int
    old: str
    around: str
    """The line that it begins in."""

    @property
    def group(self) -> tuple[str, str]:
        """Mutants of one group are alike."""
        return self.file, self.operator

    @property
    def rank(self) -> str:
        """Where it stands in its group when a sample is drawn: the same in every run."""
        return hashlib.sha256(f"{self.file} {self.operator} {self.old} {self.new} {self.start}".encode()).hexdigest()

    @property
    def said(self) -> str:
        """For people: the place, and what is another text there."""
        old, new = (" ".join(text.split()) for text in (self.old, self.new))
        return f"{self.file}:{self.line}: {self.operator}: {old[:70]!r} -> {new[:40]!r}"

    def applied(self, amplify: Path) -> None:
        """Makes it in a copy of the project."""
        path = amplify / self.file
        text = path.read_text("utf-8")
        path.write_text(text[: self.start] + self.new + text[self.end :], "utf-8")


def sites(amplify: Path) -> Iterator[Site]:
    """Every mutant of a golden project."""
    for path in sorted(amplify.rglob("*.ts")):
        yield from sites_of(path.relative_to(amplify).as_posix(), path.read_text("utf-8"))


def sites_of(file: str, text: str) -> Iterator[Site]:
    """Every mutant of one file."""
    lines = text.split("\n")
    for node in find_all(root(text, "typescript"), *({"kind": kind} for kind in _KINDS)):
        if any(above.kind() in _NO_CODE for above in node.ancestors()):
            continue
        for operator, start, end, new in _changes(node, text):
            line = text.count("\n", 0, start)
            yield Site(file, operator, start, end, new, line + 1, text[start:end], lines[line].strip())


def sampled(found: Iterable[Site], each: int, most: int = 0) -> tuple[Site, ...]:
    """At most `each` of every group (0: all), and at most `most` in all (0: no limit), always the same ones."""
    groups: dict[tuple[str, str], list[Site]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(one)
    chosen = [one for group in groups.values() for one in sorted(group, key=lambda one: one.rank)[: each or None]]
    return tuple(sorted(chosen, key=lambda one: one.rank)[:most]) if most else tuple(chosen)


_Change = tuple[str, int, int, str]


def _changes(node: SyntaxNode, text: str) -> Iterator[_Change]:
    start, end = span(node)
    match node.kind():
        case "true" | "false" as said:
            yield "flip", start, end, "false" if said == "true" else "true"
        case "number":
            yield "one more", start, end, f"{node.text()} + 1"
        case "string" | "template_string":
            yield "another text", start, end, f"{text[start : end - 1]}x{text[end - 1]}"
        case "undefined":
            yield "a value for none", start, end, "'ENABLED'"
        case "pair" | "method_definition" | "shorthand_property_identifier" | "spread_element":
            yield "drop a property", *_with_comma(text, start, end), ""
        case "array":
            yield from _elements(node, text)
        case "expression_statement":
            yield "drop a statement", start, end, ";"
        case "binary_expression":
            yield from _opposite(node)
        case "member_expression" if node.text() in _OTHER_MEMBERS:
            yield "another member", start, end, _OTHER_MEMBERS[node.text()]
        case "call_expression":
            yield from _calls(node)


def _elements(node: SyntaxNode, text: str) -> Iterator[_Change]:
    elements = [one for one in node.children() if one.is_named() and one.kind() not in ("comment", "spread_element")]
    for one in elements:
        start, end = span(one)
        yield "drop an element", *_with_comma(text, start, end), ""


def _calls(node: SyntaxNode) -> Iterator[_Change]:
    """A call in a chain (`a.string().required()`), and a rule for other callers."""
    start, end = span(node)
    if _OTHER_RULE.fullmatch(node.text()):
        yield "another rule", start, end, "allow.authenticated"
        yield "another rule", start, end, "allow.authenticated()"
    inner = field(field(node, "function"), "object")
    if inner is not None and inner.kind() in ("call_expression", "member_expression") and not _is_plain(inner):
        yield "drop a call", span(inner)[1], end, ""


def _is_plain(node: SyntaxNode) -> bool:
    """A path of names (`backend.auth`): what is called on it is the statement."""
    return re.fullmatch(r"[\w.$!]+", node.text()) is not None and not node.text().startswith("allow.")


def _opposite(node: SyntaxNode) -> Iterator[_Change]:
    operator = field(node, "operator")
    if operator is not None and operator.text() in _OPPOSITE:
        yield "the reverse", *span(operator), _OPPOSITE[operator.text()]


def _with_comma(text: str, start: int, end: int) -> tuple[int, int]:
    """A member of a list together with the comma after it."""
    comma = re.compile(r"\s*,").match(text, end)
    return start, comma.end() if comma else end
