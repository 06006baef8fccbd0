"""The values of a YAML text with their places in it, for readers that look into the text of values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from migrator.core.errors import ArtifactError
from migrator.core.location import Location

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MAX_DEPTH = 100
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
"""Anchor and tag before a value."""


class Scalar(NamedTuple):
    """A value: the key that it, or the list that it is in, stands under, its text as written, and its offset.

    `written` is without quotes and without the head of a block (`|`, `>`). `folds` says that its line ends are spaces,
    `escapes` that backslashes in it are YAML's.
    """

    key: str
    written: str
    start: int
    folds: bool
    escapes: bool


def yaml_scalars(text: str, name: str) -> Iterator[Scalar]:
    """Every value that is text, in all documents of a file. Raises ArtifactError with file and line."""
    try:
        for document in yaml.compose_all(text, Loader=_LOADER):
            yield from _scalars(document, "", text, 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Location(name, "", mark.line + 1, mark.column + 1) if mark else Location(name)
        raise ArtifactError(f"Not readable as YAML: {error.problem or 'not YAML'}", location=place) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problem = str(error).splitlines()[0] if str(error) else "nested too deep"
        raise ArtifactError(f"Not readable as YAML: {problem}", location=Location(name)) from None


def _scalars(node: yaml.Node | None, key: str, text: str, depth: int) -> Iterator[Scalar]:
    if depth > _MAX_DEPTH or node is None:
        return
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            below = str(name.value) if isinstance(name, yaml.ScalarNode) else ""
            yield from _scalars(value, below, text, depth + 1)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, key, text, depth + 1)
    elif isinstance(node, yaml.ScalarNode):
        yield _scalar(node, key, text)


def _scalar(node: yaml.ScalarNode, key: str, text: str) -> Scalar:
    start, end = node.start_mark.index, node.end_mark.index
    if properties := _PROPERTIES.match(text, start, end):
        start = properties.end()
    if node.style in ("|", ">"):
        start = text.find("\n", start) + 1 or end
    elif node.style in ("'", '"'):
        start, end = start + 1, end - 1
    return Scalar(key, text[start:end], start, node.style != "|", node.style == '"')
