"""Names that a stack's code gives to resources, and that only one resource can have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from migrator.documents.syntax import field, find_all, kind_of, span, text_of
from migrator.engine.resource_types import other_name

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

_NAMES = frozenset(
    (
        "alarmName",
        "bucketName",
        "clusterName",
        "collectionName",
        "dashboardName",
        "databaseName",
        "deliveryStreamName",
        "domainName",
        "eventBusName",
        "exportName",
        "functionName",
        "indexName",
        "layerVersionName",
        "logGroupName",
        "managedPolicyName",
        "mapName",
        "parameterName",
        "queueName",
        "repositoryName",
        "roleName",
        "ruleName",
        "secretName",
        "stateMachineName",
        "streamName",
        "tableName",
        "thingName",
        "topicName",
        "trackerName",
        "userName",
        "workGroupName",
    )
)
_OWN = re.compile(r"stackName|STACK_NAME|uniqueId|AWS::StackName|AWS::StackId", re.IGNORECASE)


class CodeName(NamedTuple):
    """A name in the code: its property, its expression, and the insertions that tell it from Gen 1's."""

    what: str
    """The property."""
    text: str
    line: int
    edits: tuple[tuple[int, str], ...]

    @property
    def key(self) -> str:
        """What tells it from the others."""
        return f"{self.what} in line {self.line}"


def names_of(tree: SyntaxNode) -> tuple[CodeName, ...]:
    """The names that code gives to what it makes; those that hold the stack's own name are no other's."""
    return tuple(_names(tree))


def _names(tree: SyntaxNode) -> Iterator[CodeName]:
    for pair in find_all(tree, {"kind": "pair"}):
        key, value = text_of(field(pair, "key")), field(pair, "value")
        if key not in _NAMES or value is None or not _is_made(pair) or _OWN.search(value.text()):
            continue
        yield CodeName(key, value.text(), pair.range().start.line + 1, tuple(_ended(value)))


def _is_made(pair: SyntaxNode) -> bool:
    """Whether the object is what something is made of, not what is looked up (`Table.fromTableAttributes`)."""
    outer = pair.parent()
    arguments = outer.parent() if outer is not None else None
    above = arguments.parent() if arguments is not None else None
    return kind_of(arguments) == "arguments" and kind_of(above) == "new_expression"


def _ended(value: SyntaxNode) -> Iterator[tuple[int, str]]:
    start, end = span(value)
    if value.kind() not in ("string", "template_string"):
        yield start, "`${"
        yield end, "}-gen2`"
        return
    said = value.text()[1:-1]
    other = other_name(re.sub(r"\$\{.*?\}", "", said, flags=re.DOTALL))
    before = 6 if said.endswith(".fifo") else 1
    yield end - before, "_gen2" if "_gen2" in other else "-gen2"
