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
_MENTION = re.compile(r"\$\{")
_ARN = re.compile(r"arn:[^:]*:([^:]+):")
_PART = re.compile(r"(?:\$\{[^{}]*\}|[^:/{}])+")
"""What stands between `:` and `/`; what is in braces belongs to it."""


class Names:
    """What names mean: those of a generation's own resources, and others that are known."""

    def __init__(self, generation: Generation, known: Mapping[str, Mapping[str, str]] = {}) -> None:
        """`known` are ids, ARNs and patterns, and names of roles, by principal (empty for all): what they mean."""
        self._own = dict(_own(generation.resources))
        self._known = {who: {name: meant for name, meant in names.items() if name} for who, names in known.items()}
        self._memory: dict[tuple[str, str], str] = {}
        self._of_service: dict[str, Mapping[str, str]] = {}

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
        parts = self._parts(arn[1]) if arn else {}
        return _PART.sub(lambda found: parts.get(found[0], found[0]), text) if parts else meant

    def _parts(self, service: str) -> Mapping[str, str]:
        """What parts of ARNs of a service mean: names of its resources, ids of live ones, and roles by reference."""
        if service not in self._of_service:
            known = self._known.get("", {})
            roles = {f"${{{name}}}": f"${{{meant}}}" for name, meant in known.items() if not _MENTION.search(name)}
            own = {name: self._referred(meant) for (of, name), meant in self._own.items() if of == service}
            self._of_service[service] = {**known, **roles, **own}
        return self._of_service[service]

    def _referred(self, reference: str) -> str:
        """A reference, to a role by what both generations call it."""
        found = PLACEHOLDER.fullmatch(reference)
        return f"${{{self._meant(found[1], '')}}}" if found else reference


def _own(resources: Iterable[Declared]) -> Iterable[tuple[tuple[str, str], str]]:
    for one in resources:
        property, service = _NAMED.get(one.type, ("", ""))
        name = one.properties.get(property)
        if isinstance(name, str) and name != f"${{{one.name}}}":
            yield (service, name), f"${{{one.name}}}"
