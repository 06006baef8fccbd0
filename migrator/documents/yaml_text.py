"""The one YAML reader: YAML 1.2 core values, no duplicate keys, no foreign tags, bounded aliases.

PyYAML follows YAML 1.1, where `OFF`, `on` and `2012-10-17` are not text and `010` is eight. Cognito spells MFA modes
and IAM spells policy versions exactly so; here only `true`, `false`, `null`, `~` and plain decimal numbers are not text
(https://yaml.org/spec/1.2.2/#103-core-schema).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from migrator.core.errors import ArtifactError
from migrator.core.location import Location
from migrator.documents.document import MAX_DEPTH, Json, Pointer, format_pointer

_MAX_VALUES = 500_000
_STANDARD = "tag:yaml.org,2002:"
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SHORT_TAGS = re.compile(
    "And|Base64|Cidr|Equals|FindInMap|GetAZs|If|ImportValue|Join|Length|Not|Or|Select|Split|Sub|ToJsonString|Transform"
)


def _loader() -> type[Any]:
    base: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # every plain scalar keeps the tag `str`; `_plain` below decides what it is
    return type("_Loader", (base,), {"yaml_implicit_resolvers": {}})


_LOADER = _loader()


def load_yaml(text: str, name: str) -> Json:
    """The value of a YAML text. Raises ArtifactError with file, line and column."""
    return _Builder(name).build(_compose(text, name))


def load_yaml_lines(text: str, name: str) -> tuple[Json, Mapping[Pointer, int]]:
    """The value, and the line (from 1) of every member and element. Raises ArtifactError."""
    builder = _Builder(name, lines={})
    return builder.build(_compose(text, name)), builder.lines or {}


def load_template_yaml(text: str, name: str) -> Json:
    """A CloudFormation template, with `!Ref`, `!Sub` and the other short forms written out. Raises ArtifactError."""
    return _Builder(name, tags=_long_form).build(_compose(text, name))


def yaml_position(text: str, pointer: Pointer) -> tuple[int, int]:
    """Line and column of the member's name or the element at `pointer`, or of what encloses it; (0, 0) for no YAML."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError, ValueError):
        return 0, 0
    mark = node.start_mark if node is not None else None
    for part in pointer:
        found = _step(node, part)
        if found is None:
            break
        mark, node = found
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def _step(node: yaml.Node | None, part: str | int) -> tuple[Any, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        members = [(k, v) for k, v in node.value if isinstance(k, yaml.ScalarNode) and k.value == str(part)]
        if members:
            return members[-1][0].start_mark, members[-1][1]
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark, node.value[part]
    if node is not None and isinstance(part, str) and (part in ("Ref", "Condition") or part.startswith("Fn::")):
        return node.start_mark, node  # a short tag: the long form has one level more than the text
    return None


def _compose(text: str, name: str) -> yaml.Node | None:
    try:
        documents = list(yaml.compose_all(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _error(name, error.problem or "not YAML", mark) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _error(name, str(error).splitlines()[0], None) from None
    except RecursionError:
        raise _error(name, f"values are nested more than {MAX_DEPTH} levels deep", None) from None
    if len(documents) > 1:
        raise _error(name, "more than one document in one file", documents[1].start_mark)
    return documents[0] if documents else None


def _error(name: str, problem: str, mark: Any, pointer: Pointer = ()) -> ArtifactError:
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    return ArtifactError(
        f"Not readable as YAML: {problem}",
        hint="Indent with spaces, quote text that has a colon or a leading %, @ or `, and give each key once.",
        location=Location(name, format_pointer(pointer), line, column),
    )


Tagger = Callable[[str, Json], Json]
"""Given the name of a tag and the value under it, the value without the tag. Raises KeyError for an unknown tag."""


class _Builder:
    def __init__(self, name: str, tags: Tagger | None = None, lines: dict[Pointer, int] | None = None) -> None:
        self.name = name
        self.tags = tags
        self.lines = lines
        self.count = 0
        self.open: set[int] = set()

    def build(self, node: yaml.Node | None) -> Json:
        return None if node is None else self._value(node, ())

    def _value(self, node: yaml.Node, pointer: Pointer) -> Json:
        self.count += 1
        if self.count > _MAX_VALUES or len(pointer) > MAX_DEPTH:
            raise _error(self.name, "the values are too many or too deep", node.start_mark, pointer)
        if id(node) in self.open:
            raise _error(self.name, "an alias stands inside the value it names", node.start_mark, pointer)
        if isinstance(node, yaml.ScalarNode):
            return self._tagged(node, _plain(node), pointer)
        self.open.add(id(node))
        value: Json
        if isinstance(node, yaml.MappingNode):
            value = self._mapping(node, pointer)
        else:
            value = [self._value(item, self._at(item, (*pointer, i))) for i, item in enumerate(node.value)]
        self.open.discard(id(node))
        return self._tagged(node, value, pointer)

    def _mapping(self, node: yaml.MappingNode, pointer: Pointer) -> dict[str, Json]:
        members: dict[str, Json] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _error(self.name, "a key must be plain text", key.start_mark, pointer)
            if key.value in members:
                raise _error(self.name, f"the key {key.value!r} stands here twice", key.start_mark, pointer)
            members[key.value] = self._value(value, self._at(key, (*pointer, key.value)))
        return members

    def _at(self, node: yaml.Node, pointer: Pointer) -> Pointer:
        if self.lines is not None:
            self.lines[pointer] = node.start_mark.line + 1
        return pointer

    def _tagged(self, node: yaml.Node, value: Json, pointer: Pointer) -> Json:
        tag = str(node.tag)
        if tag.startswith(_STANDARD):
            kind = tag.removeprefix(_STANDARD)
            if kind in ("str", "map", "seq", "int", "float", "bool", "null"):
                return value
        if self.tags is not None and tag.startswith("!"):
            try:
                return self.tags(tag[1:], value)
            except KeyError:
                pass  # reported below, with its place
        raise _error(self.name, f"unknown tag {tag.replace(_STANDARD, '!!')}", node.start_mark, pointer)


def _plain(node: yaml.ScalarNode) -> Json:
    text = str(node.value)
    tagged = str(node.tag).startswith("!") and node.tag != "!"
    if node.style or tagged or node.tag == "!":  # libyaml says '' of plain text, PyYAML None
        return text
    if text in _NULL:
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) < 4000 else text
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _long_form(tag: str, value: Json) -> Json:
    """`!Ref x` as `{"Ref": "x"}` and so on.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
    """
    if tag in ("Ref", "Condition"):
        return {tag: value}
    if tag == "GetAtt":
        parts: Json = [*value.split(".", 1)] if isinstance(value, str) else value
        return {"Fn::GetAtt": parts}
    if _SHORT_TAGS.fullmatch(tag):
        return {f"Fn::{tag}": value}
    raise KeyError(tag)
