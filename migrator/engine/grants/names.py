"""Names that policies spell out, and what has them: a table by its name is that table (normalisation `spelt-names`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from migrator.engine.observed import Declared, Generation
from migrator.gen1.values import PLACEHOLDER

_NAMED: Mapping[str, tuple[str, str]] = {
    "AWS::S3::Bucket": ("BucketName", "s3"),
    "AWS::DynamoDB::Table": ("TableName", "dynamodb"),
    "Custom::AmplifyDynamoDBTable": ("tableName", "dynamodb"),
    "Custom::ImportedAmplifyDynamoDBTable": ("tableName", "dynamodb"),
    "AWS::Lambda::Function": ("FunctionName", "lambda"),
    "AWS::IAM::Role": ("RoleName", "iam"),
    "AWS::SQS::Queue": ("QueueName", "sqs"),
    "AWS::SNS::Topic": ("TopicName", "sns"),
    "AWS::Kinesis::Stream": ("Name", "kinesis"),
    "AWS::Events::EventBus": ("Name", "events"),
    "AWS::Events::Rule": ("Name", "events"),
    "AWS::StepFunctions::StateMachine": ("StateMachineName", "states"),
}
"""Types with names of their own: the property, and the service as ARNs name it."""
_ARN = re.compile(r"arn:[^:]*:([^:]+):")
_PARTS = re.compile(r"(\$\{[^{}]*\}|[:/])")


class Names:
    """What names mean: those of a generation's own resources, and others that are known."""

    def __init__(self, generation: Generation, known: Mapping[str, Mapping[str, str]] = {}) -> None:
        """`known` are ids, ARNs and patterns, and names of roles, by principal (empty for all): what they mean."""
        self._own = dict(_own(generation.resources))
        self._known = {who: {name: meant for name, meant in names.items() if name} for who, names in known.items()}
        self._memory: dict[tuple[str, str], str] = {}

    def written(self, value: Any, principal: str = "") -> Any:
        """A value with references in the place of names, in a policy of that principal."""
        if isinstance(value, Mapping):
            return {key: self.written(item, principal) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.written(item, principal) for item in value]
        if not isinstance(value, str):
            return value
        at = (principal if principal in self._known else "", value)
        if at not in self._memory:
            self._memory[at] = self._written(value, at[0])
        return self._memory[at]

    def principal(self, said: str) -> str:
        """What both generations call a role (or user, or group), by its name in templates or a reference to it."""
        meant = self._meant(self._own.get(("iam", said), said), "")
        found = PLACEHOLDER.fullmatch(meant)
        return self._meant(found[1], "") if found else meant

    def _meant(self, said: str, principal: str) -> str:
        for who in (principal, ""):
            if said in self._known.get(who, {}):
                return self._known[who][said]
        return said

    def _written(self, text: str, principal: str) -> str:
        meant = self._meant(text, principal)
        arn = _ARN.match(text) if meant == text else None
        if arn is None:
            return meant
        return "".join(self._part(arn[1], part) for part in _segments(text))

    def _part(self, service: str, part: str) -> str:
        found = self._own.get((service, part)) or self._meant(part, "")
        inner = PLACEHOLDER.fullmatch(found)
        return f"${{{self._meant(inner[1], '')}}}" if inner else found


def _own(resources: Iterable[Declared]) -> Iterable[tuple[tuple[str, str], str]]:
    for one in resources:
        property, service = _NAMED.get(one.type, ("", ""))
        name = one.properties.get(property)
        if isinstance(name, str) and name != f"${{{one.name}}}":
            yield (service, name), f"${{{one.name}}}"


def _segments(text: str) -> list[str]:
    """The parts of an ARN between `:` and `/`, with these; what is in braces belongs to a part."""
    found = [""]
    for piece in _PARTS.split(text):
        if piece in (":", "/"):
            found += [piece, ""]
        else:
            found[-1] += piece
    return found
