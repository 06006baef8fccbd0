"""Names that mean the same in both generations, in place of the ids that references lead to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.observed import Declared, Generation, Observer
from migrator.gen1.values import PLACEHOLDER
from migrator.verify.stacks import PIECE

_HERE = "${AWS::Region}:${AWS::AccountId}"
_FORMS = {
    ("AWS::Cognito::UserPool", "Arn"): f"arn:aws:cognito-idp:{_HERE}:userpool/${{{{}}}}",
    ("AWS::Cognito::UserPool", "ProviderName"): "cognito-idp.${AWS::Region}.amazonaws.com/${{}}",
    ("AWS::Cognito::UserPool", "ProviderURL"): "https://cognito-idp.${AWS::Region}.amazonaws.com/${{}}",
    ("AWS::S3::Bucket", "Arn"): "arn:aws:s3:::${{}}",
    ("AWS::DynamoDB::Table", "Arn"): f"arn:aws:dynamodb:{_HERE}:table/${{{{}}}}",
    ("Custom::AmplifyDynamoDBTable", "TableArn"): f"arn:aws:dynamodb:{_HERE}:table/${{{{}}}}",
    ("Custom::AmplifyDynamoDBTable", "TableStreamArn"): "${{}.StreamArn}",
    ("Custom::ImportedAmplifyDynamoDBTable", "TableArn"): f"arn:aws:dynamodb:{_HERE}:table/${{{{}}}}",
    ("Custom::ImportedAmplifyDynamoDBTable", "TableStreamArn"): "${{}.StreamArn}",
    ("AWS::Lambda::Function", "Arn"): f"arn:aws:lambda:{_HERE}:function:${{{{}}}}",
    ("AWS::IAM::Role", "Arn"): "arn:aws:iam::${AWS::AccountId}:role/${{}}",
    ("AWS::AppSync::GraphQLApi", ""): f"arn:aws:appsync:{_HERE}:apis/${{{{}}.ApiId}}",
    ("AWS::AppSync::GraphQLApi", "Arn"): f"arn:aws:appsync:{_HERE}:apis/${{{{}}.ApiId}}",
    ("AWS::Elasticsearch::Domain", "Arn"): f"arn:aws:es:{_HERE}:domain/${{{{}}}}",
    ("AWS::SQS::Queue", "Arn"): f"arn:aws:sqs:{_HERE}:${{{{}}.QueueName}}",
    ("AWS::Kinesis::Stream", "Arn"): f"arn:aws:kinesis:{_HERE}:stream/${{{{}}}}",
    ("AWS::Location::Map", "Arn"): f"arn:aws:geo:{_HERE}:map/${{{{}}}}",
    ("AWS::Location::Map", "MapArn"): f"arn:aws:geo:{_HERE}:map/${{{{}}}}",
    ("AWS::Location::PlaceIndex", "Arn"): f"arn:aws:geo:{_HERE}:place-index/${{{{}}}}",
    ("AWS::Location::PlaceIndex", "IndexArn"): f"arn:aws:geo:{_HERE}:place-index/${{{{}}}}",
    ("AWS::Location::GeofenceCollection", "Arn"): f"arn:aws:geo:{_HERE}:geofence-collection/${{{{}}}}",
    ("AWS::Location::GeofenceCollection", "CollectionArn"): f"arn:aws:geo:{_HERE}:geofence-collection/${{{{}}}}",
    ("Custom::LambdaCallout", "MapArn"): f"arn:aws:geo:{_HERE}:map/${{{{}}}}",
    ("Custom::LambdaCallout", "MapName"): "${{}}",
    ("Custom::LambdaCallout", "IndexArn"): f"arn:aws:geo:{_HERE}:place-index/${{{{}}}}",
    ("Custom::LambdaCallout", "IndexName"): "${{}}",
    ("Custom::LambdaCallout", "CollectionArn"): f"arn:aws:geo:{_HERE}:geofence-collection/${{{{}}}}",
    ("Custom::LambdaCallout", "CollectionName"): "${{}}",
}
"""What `Ref` (empty) and `Fn::GetAtt` give, where it is made of a name: then a template may as well put it together.

The return values of each type: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/
"""
_MISSPELT = "${AWS:Partition}"
"""How the GraphQL transformer of both generations spells the partition of a function that decides conflicts."""
_ID = re.compile(r"\$\{([^{}#]*#[^{}.]+)(?:\.([^{}]+))?\}")


def named(generation: Generation, observers: Iterable[Observer], live: Mapping[str, str] = {}) -> Generation:
    """The generation with names on its resources, and in the place of ids wherever one refers to another. `live` are
    the ids of resources that stay, by value: templates of Gen 2 spell them (normalisation `live-ids`)."""
    listed = tuple(observers)
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    types: dict[str, str] = {}
    for one in generation.resources:
        name = next((found for observer in listed if (found := observer.name(one, generation))), "")
        seen[name] += 1
        counted = f"{name} ({seen[name]})" if seen[name] > 1 else name
        names[one.id] = counted if name else _fallback(one)
        types[one.id] = one.type
    app = generation.context.app
    own = (app.region.value, app.account) if app else ("", "")
    writer = _Names(names, types, own, live)
    plain = _Names(names, types, own)  # clients are told ids
    resources = tuple(
        replace(one, name=names[one.id], properties=writer.written(one.properties)) for one in generation.resources
    )
    outputs = {stack: plain.written(values) for stack, values in generation.outputs.items()}
    return replace(generation, resources=resources, outputs=outputs)


def _fallback(one: Declared) -> str:
    return one.path or one.id.replace("#", " ")


def live_ids(
    context: Context, observers: Iterable[Observer], stays: Callable[[ResourceRef], bool]
) -> Mapping[str, str]:
    """Outputs of live resources that are kept, by value, and what they mean: Gen 2 has the values."""
    listed = tuple(observers)
    found: dict[str, str] = {}
    for entry in context.app.entries:
        for name in [key for key, _ in entry.indexed("output").items()] if stays(entry.ref) else ():
            given = (one.gives(entry.ref, name, context) for one in listed)
            if meant := next((text for text in given if text), ""):
                found[entry.output(name).value] = meant
    return found


class _Names:
    """Values with names in the place of ids."""

    def __init__(
        self,
        names: Mapping[str, str],
        types: Mapping[str, str],
        own: tuple[str, str],
        live: Mapping[str, str] = {},
    ) -> None:
        self._names = names
        self._types = types
        region, account = map(re.escape, own)
        accounts = "|".join(filter(None, (account, r"\$\{AWS::AccountId\}")))
        self._own = re.compile(rf"(arn:aws:[a-z0-9-]+):{region}:(?:{accounts}):") if region else None
        self._live = live
        longest = "|".join(map(re.escape, sorted(filter(None, live), key=len, reverse=True)))
        self._of_live = re.compile(rf"(?<![\w.-])(?:{longest})(?![\w.-])") if longest else None

    def written(self, value: Any) -> Any:
        """The value with names."""
        if isinstance(value, Mapping):
            return {key: self.written(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.written(item) for item in value]
        if isinstance(value, str) and "#" in value:
            value = _ID.sub(self._name, PLACEHOLDER.sub(self._piece, value))
        if isinstance(value, str):
            value = value.replace(_MISSPELT, "aws")
        if isinstance(value, str) and self._of_live:
            value = self._of_live.sub(lambda found: self._live[found[0]], value)
        if isinstance(value, str) and self._own:  # normalisation `own-account`: an ARN that spells out where the app is
            return self._own.sub(rf"\1:{_HERE}:", value)
        return value

    def _piece(self, found: re.Match[str]) -> str:
        """A part of an ARN, such as the table's name that CDK splits off."""
        piece = PIECE.fullmatch(found.group(1))
        if piece is None:
            return found.group()
        whole = self.written(f"${{{piece[3]}}}")
        parts = _split(whole, piece[2])
        at = int(piece[1])
        return parts[at] if at < len(parts) and whole != f"${{{piece[3]}}}" else found.group()

    def _name(self, found: re.Match[str]) -> str:
        id, attribute = found.group(1), found.group(2) or ""
        name = self._names.get(id)
        if name is None:
            return found.group()
        form = _FORMS.get((self._types[id], attribute))
        if form:
            return form.replace("{}", name)
        return f"${{{name}.{attribute}}}" if attribute else f"${{{name}}}"


def _split(text: str, separator: str) -> list[str]:
    """The parts of a text; separators inside placeholders are none."""
    parts = [""]
    for index, piece in enumerate(re.split(r"(\$\{[^{}]*\})", text)):
        first, *rest = [piece] if index % 2 else piece.split(separator)
        parts[-1] += first
        parts += rest
    return parts
