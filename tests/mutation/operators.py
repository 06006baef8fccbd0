"""Generic mutants: every place of every template, and every line of the schema and of the mapping templates, changed in
each way that its value allows.

Left alone is what CDK writes for itself and for nobody else: metadata, descriptions, parameters and rules of templates.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from migrator.verify.assembly import Assembly, Stack, construct_path
from tests.mutation.edits import GONE, Place, Step, edited, with_text

_BESIDE = ("Properties", "DeletionPolicy", "UpdateReplacePolicy", "DependsOn", "Condition")
_INTRINSIC = re.compile(r"Ref$|Fn::|Condition$")
_SELF = ("AWS::CDK::Metadata", "AWS::CloudFormation::Stack")
"""What deploys nothing, and what only ties stacks together."""
_ELEMENT = re.compile(r"\[\d+\]")


class Mutant(Struct, frozen=True):
    """One change. `kind` and `pattern` say what sort of place it is made at; the rest is for people."""

    kind: str
    """The CloudFormation type; `graphql` and `vtl` for files; `Output` for outputs of a stack."""
    pattern: str
    """The place within the resource, without the numbers of elements; tags are told by their keys."""
    operator: str
    where: str
    """The construct path, and the place there."""
    place: Place
    value: Any
    text: str = ""
    """For files: the whole new text; `place.file` is its key."""
    old: str = ""
    """What stood there, as JSON; empty for files and whole resources."""

    @property
    def group(self) -> tuple[str, str, str]:
        """Mutants of one group are alike; a sample holds some of each."""
        return self.kind, self.pattern, self.operator

    @property
    def rank(self) -> str:
        """Where it stands in its group when a sample is drawn: the same in every run."""
        return hashlib.sha256(f"{self.where} {self.operator} {self.text}".encode()).hexdigest()

    def applied(self, assembly: Assembly) -> Assembly:
        """The assembly with the change."""
        if self.text:
            return with_text(assembly, self.place.file, self.text)
        return edited(assembly, self.place, self.value)


def mutants(assembly: Assembly) -> Iterator[Mutant]:
    """Every mutant of an assembly."""
    for stack in assembly.stacks:
        for logical_id, body in stack.resources.items():
            if body.get("Type") not in _SELF:
                yield from _of_resource(stack, logical_id, body)
        for name, output in stack.template.get("Outputs", {}).items() if not stack.parent else ():
            steps: tuple[Step, ...] = ("Outputs", name, "Value")
            yield from _of_value(("Output", f"{name}", stack.file, name), steps, output["Value"])
    yield from _of_files(assembly)


def sampled(found: Iterable[Mutant], each: int, most: int = 0) -> tuple[Mutant, ...]:
    """At most `each` mutants of every group, and at most `most` in all (0: no limit), always the same ones."""
    groups: dict[tuple[str, str, str], list[Mutant]] = {}
    for one in found:
        groups.setdefault(one.group, []).append(one)
    chosen = [one for group in groups.values() for one in sorted(group, key=lambda one: one.rank)[:each]]
    if most and len(chosen) > most:
        chosen = sorted(chosen, key=lambda one: one.rank)[:most]
    return tuple(chosen)


def _of_resource(stack: Stack, logical_id: str, body: dict[str, Any]) -> Iterator[Mutant]:
    kind, path = str(body.get("Type")), construct_path(body) or logical_id
    steps: tuple[Step, ...] = ("Resources", logical_id)
    yield Mutant(kind, "", "drop the resource", path, Place(stack.file, steps), GONE)
    other = {"Metadata": {"aws:cdk:path": f"root/{path}Again"}}
    again = Place(stack.file, ("Resources", f"{logical_id}Again"))
    yield Mutant(kind, "", "a second one", path, again, {**body, **other})
    for part in _BESIDE:
        if part in body:
            about = (kind, "" if part == "Properties" else part, stack.file, path)
            yield from _of_value(about, (*steps, part), body[part], droppable=part != "Properties")
    if body.get("DeletionPolicy") == "Retain":
        gone = Place(stack.file, (*steps, "DeletionPolicy"))
        yield Mutant(kind, "DeletionPolicy", "deleted with its stack", path, gone, "Delete")


def _of_value(
    about: tuple[str, str, str, str], steps: tuple[Step, ...], value: Any, *, droppable: bool = True
) -> Iterator[Mutant]:
    """Mutants of a value and of all below it."""
    kind, pattern, file, path = about
    old = msgspec.json.encode(value).decode()

    def mutant(operator: str, new: Any, at: tuple[Step, ...] = steps) -> Mutant:
        said = ".".join(map(str, at[3:]))
        return Mutant(kind, pattern, operator, f"{path} {said}", Place(file, at), new, old=old)

    if droppable:
        yield mutant("drop an element" if isinstance(steps[-1], int) else "drop a key", GONE)
    if isinstance(value, dict) and len(value) == 1 and _INTRINSIC.match(next(iter(value))):
        yield mutant("another reference", "elsewhere")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _of_value((kind, f"{pattern}.{key}".lstrip("."), file, path), (*steps, key), inner)
        if {"Effect", "Action"} <= value.keys():
            yield mutant("refuse what is allowed, or the reverse", value | {"Effect": _turned(value["Effect"])})
    elif isinstance(value, list):
        if value:
            yield mutant("an element twice", [*value, value[-1]])
        if len(value) > 1:
            yield mutant("another order", value[::-1])
        for index, inner in enumerate(value):
            yield from _of_value((kind, f"{pattern}[{_tag(inner)}]", file, path), (*steps, index), inner)
    else:
        yield from (mutant(operator, new) for operator, new in _scalars(value))


def _tag(value: Any) -> str:
    """The key of a tag, which says whose it is; empty for what is none."""
    return str(value["Key"]) if isinstance(value, dict) and value.keys() == {"Key", "Value"} else ""


def _turned(effect: Any) -> str:
    return "Deny" if effect == "Allow" else "Allow"


def _scalars(value: Any) -> Iterator[tuple[str, Any]]:
    match value:
        case bool():
            yield "flip", not value
        case int() | float():
            yield "one more", value + 1
            yield "one less", value - 1
        case "true" | "false":
            yield "flip", "false" if value == "true" else "true"
        case str() if value.isdigit():
            yield "one more", str(int(value) + 1)
        case str():
            yield "another text", f"{value}x"
            if re.fullmatch(r"[a-z0-9-]+:\w+\*?", value):
                yield "all actions", f"{value.partition(':')[0]}:*"
            elif value.startswith("arn:") or "/*" in value:
                yield "everything", "*"


_FIELD = re.compile(r"^  \w+(\(.*\))?: (?P<type>[\[\]!\w]+)")


def _of_files(assembly: Assembly) -> Iterator[Mutant]:
    """The schema and the mapping templates, line by line."""
    for key, path in sorted(assembly.assets.items()):
        if path.suffix == ".graphql":
            yield from _of_text("graphql", key, path.read_text("utf-8"))
        elif path.suffix == ".vtl":
            yield from _of_text("vtl", key, path.read_text("utf-8"))


def _of_text(kind: str, key: str, text: str) -> Iterator[Mutant]:
    lines = text.splitlines()
    block = ""
    for number, line in enumerate(lines):
        if kind == "graphql" and line[:1].isalpha():
            block = line.split(" {")[0].split(" @")[0]
        for operator, new in _schema_line(line) if kind == "graphql" else _template_line(line):
            changed = "\n".join([*lines[:number], *new, *lines[number + 1 :]])
            pattern = block.split(" ")[0] if kind == "graphql" else _said(line)
            place = Place(key, ())
            yield Mutant(
                kind, pattern, operator, f"{block or key[:12]}:{number + 1} {line.strip()}", place, None, changed
            )


def _said(line: str) -> str:
    """What sort of line of a template it is."""
    return re.split(r"[ (.\"]", line.strip(), maxsplit=1)[0]


def _schema_line(line: str) -> Iterator[tuple[str, list[str]]]:
    field = _FIELD.match(line)
    if field:
        yield "drop a field", []
        start, end = field.span("type")
        kind = field["type"]
        yield "optional or required", [line[:start] + (kind[:-1] if kind.endswith("!") else f"{kind}!") + line[end:]]
        yield "another type", [line[:start] + ("Int" if "String" in kind or "ID" in kind else "String") + line[end:]]
    elif re.fullmatch(r"  [A-Z_]+", line):
        yield "drop a value", []
    for found in re.finditer(r" @aws_\w+(\(.*?\))?", line):
        yield "drop a directive", [line[: found.start()] + line[found.end() :]]
    for found in re.finditer(r"(\(|, )\w+: [\[\]!\w]+", line):
        rest = line[: found.start()] + (found[1] if found[1] == "(" else "") + line[found.end() :]
        yield "drop an argument", [rest.replace("(, ", "(").replace("()", "")]


def _template_line(line: str) -> Iterator[tuple[str, list[str]]]:
    """Lines that open or close a block are only changed: a template without one of them is none."""
    if not line.strip() or line.strip().startswith("## ["):
        return
    if not re.match(r"\s*#(if|else|elseif|foreach|end)\b", line):
        yield "drop a line", []
    for old, new in (("true", "false"), ("false", "true"), ("==", "!="), ("&&", "||"), ("!$", "$")):
        if old in line:
            yield f"{old} becomes {new}", [line.replace(old, new, 1)]
    found = re.search(r'"(\w+)"', line)
    if found:
        yield "another text", [line.replace(found[0], f'"{found[1]}x"', 1)]
