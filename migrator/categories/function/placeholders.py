"""What `${…}` in a function's template stands for: other resources of the project, as references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from migrator.core.ref import ResourceRef

if TYPE_CHECKING:
    from migrator.gen1.entries import Entry
    from migrator.gen1.graph import Resource

_HOLE = re.compile(r"\$\{([^{}]+)\}")
_OUTPUT = re.compile(r"(?P<owner>[A-Za-z][\w-]*)\.Outputs\.(?P<attribute>[\w.]+)")
_EXPORT = re.compile(r"ImportValue:(?P<api>.+):GetAtt:(?P<model>\w+)Table:(?P<attribute>Name|StreamArn|Arn|TableArn)")
_CATEGORIES = (
    "analytics",
    "api",
    "auth",
    "custom",
    "function",
    "geo",
    "hosting",
    "interactions",
    "notifications",
    "predictions",
    "storage",
)
_LAYER = re.compile(r"arn:[^:]+:lambda:[^:]+(?:::[^:]+)?:.+:layer:(?P<name>\w+)-(?:\$\{env\}|\w+):[\w${}]+")
_TABLE = {"Name": "tableName", "Arn": "tableArn", "TableArn": "tableArn", "StreamArn": "tableStreamArn"}
_PARTITION = r"(?:aws|\$\{AWS::Partition\})"
_PLACE = r"(?:\$\{AWS::Region\}|[a-z]{2}-[a-z]+-\d):\$\{AWS::AccountId\}"


def _arn(service: str, kind: str, owner: str, output: str, arn: str) -> tuple[re.Pattern[str], str]:
    """An ARN that a template puts together of an output, and the placeholder that stands for the whole."""
    head = rf"arn:{_PARTITION}:{service}:{_PLACE if service != 's3' else ':'}:{kind}"
    return re.compile(head + rf"\$\{{({owner}[^{{}}]+{re.escape(output[0])}){output[1:]}\}}"), rf"${{\1{arn}}}"


_ARNS = (
    _arn("dynamodb", "table/", "ImportValue:", ":Name", "Arn"),
    _arn("dynamodb", "table/", "storage", ".Name", "Arn"),
    _arn("s3", "", "storage", ".BucketName", "bucketArn"),
    _arn("appsync", "apis/", "api", ".GraphQLAPIIdOutput", "apiArn"),
    _arn("cognito-idp", "userpool/", "auth", ".UserPoolId", "poolArn"),
    _arn("lambda", "function:", "function", ".Name", "Arn"),
)


STAGE = "stage"
"""In the place of an output: the name of a REST API's stage, which is not every name of a branch."""
_STAGE_OF = re.compile(r"(\$\{(api\w+)\.Outputs\.ApiId\}/)\$\{env\}(?=/|$)")


class Target:
    """What a placeholder names: an attribute of a resource."""

    __slots__ = ("attribute", "ref")

    def __init__(self, ref: ResourceRef, attribute: str) -> None:
        self.ref = ref
        self.attribute = attribute

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Target) and (self.ref, self.attribute) == (other.ref, other.attribute)

    def __hash__(self) -> int:
        return hash((self.ref, self.attribute))

    def __repr__(self) -> str:
        return f"Target({self.ref}, {self.attribute})"


def holes(text: str) -> Iterator[str]:
    """The names in `${…}`."""
    return (match[1] for match in _HOLE.finditer(text))


def target(name: str, known: tuple[ResourceRef, ...]) -> Target | None:
    """The resource that a placeholder names; None for pseudo parameters, IAM variables and what is in the template.

    `known` are the resources of the project: names of categories and resources are written together.
    """
    if found := _EXPORT.fullmatch(name):
        api = target(found["api"], known) or target(unlinked(found["api"], known)[2:-1], known)
        ref = api.ref if api else next((r for r in known if r.category == "api"), ResourceRef("api", "graphql"))
        return Target(ref, f"{_TABLE[found['attribute']]}:{found['model']}")
    if found := _OUTPUT.fullmatch(name):
        return Target(owner(found["owner"], known), found["attribute"])
    return None


def owner(text: str, known: tuple[ResourceRef, ...]) -> ResourceRef:
    """The resource whose category and name are written together (`storagephotos`)."""
    for ref in known:
        if f"{ref.category}{ref.name}" == text:
            return ref
    category = next((c for c in _CATEGORIES if text.startswith(c)), "custom")
    return ResourceRef(category, text.removeprefix(category))


def shortened(text: str) -> str:
    """An ARN that is put together of region, account and a name, as the placeholder of the ARN itself; in that of a
    REST API's path, the stage as the stage's own name."""
    for pattern, replacement in _ARNS:
        text = pattern.sub(replacement, text)
    return _STAGE_OF.sub(rf"\1${{\2.Outputs.{STAGE}}}", text)


def own_layer(arn: str, known: tuple[ResourceRef, ...]) -> str:
    """A fixed version of one of the project's layers as the layer's newest version, which is the one there will be."""
    found = _LAYER.fullmatch(arn)
    own = found and next((ref for ref in known if ref == ResourceRef("function", found["name"])), None)
    return f"${{function{own.name}.Outputs.Arn}}" if own else arn


def known_to(resources: Iterable[Resource | Entry]) -> tuple[ResourceRef, ...]:
    """The names of a project's resources; the GraphQL API comes first, because it is what exports name."""
    ranked = sorted(resources, key=lambda resource: resource.service != "AppSync")
    return tuple(resource.ref for resource in ranked)


def unlinked(text: str, known: tuple[ResourceRef, ...]) -> str:
    """Text with parameters' own names, which are their defaults when nothing is handed over, as what they stand for."""

    pattern = _bare_outputs(known)
    return pattern.sub(r"${\g<owner>.Outputs.\g<output>}", text) if pattern else text


@cache
def _bare_outputs(known: tuple[ResourceRef, ...]) -> re.Pattern[str] | None:
    """Parameters' own names outside of placeholders."""
    owners = "|".join(re.escape(f"{ref.category}{ref.name}") for ref in known)
    if not owners:
        return None
    return re.compile(rf"(?<![\w$.{{])(?P<owner>{owners})(?P<output>[A-Z][A-Za-z0-9]*)(?![\w.}}:-])(?![^{{}}]*\}})")
