"""CloudFormation's intrinsic functions, evaluated without an account.

What only the account knows becomes text that names it: `${AWS::Region}`, `${Bucket}`, `${Function.Arn}`,
`${ImportValue:name}`. So every value ends as plain data, and two templates that say the same compare equal.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from migrator.documents.cursor import ABSENT
from migrator.documents.document import Pointer
from migrator.documents.traced import Source
from migrator.gen1.values import REMOVED, Unsuitable, Value, as_text, bare

if TYPE_CHECKING:
    from migrator.gen1.scope import Scope

_INDEX = re.compile(r"[0-9]{1,6}")
_SUB = re.compile(r"\$\{(!?)\s*([^{}]+?)\s*\}")


def _ref(scope: Scope, argument: object, pointer: Pointer) -> Value:
    if not isinstance(argument, str):
        raise Unsuitable("needs the name of a parameter or resource")
    here = Source(scope.document, pointer)
    if argument == "AWS::NoValue":
        return Value(REMOVED, (here,))
    parameter = None if argument.startswith("AWS::") else scope.parameter(argument)
    if parameter is None:
        return Value(f"${{{argument}}}", (here,))
    return Value(parameter.value, (here, *parameter.sources))


def _get_att(scope: Scope, argument: object, pointer: Pointer) -> Value:
    if isinstance(argument, str):
        return Value(f"${{{argument}}}", (Source(scope.document, pointer),))
    found = scope.evaluate(argument, pointer)
    if not isinstance(found.data, list) or len(found.data) < 2:
        raise Unsuitable("needs a resource and an attribute")
    return Value(f"${{{'.'.join(bare(part) for part in found.data)}}}", found.sources)


def _join(scope: Scope, argument: object, pointer: Pointer) -> Value:
    separator, values = _arguments(scope, argument, pointer, 2)
    sources = separator.sources + values.sources
    if isinstance(values.data, list):
        return Value(as_text(separator.data).join(as_text(item) for item in values.data), sources)
    return Value(as_text(values.data), sources)


def _split(scope: Scope, argument: object, pointer: Pointer) -> Value:
    separator, whole = _arguments(scope, argument, pointer, 2)
    sources = separator.sources + whole.sources
    by = as_text(separator.data)
    if not by:
        raise Unsuitable("needs a separator")
    pieces = [""]
    for index, piece in enumerate(re.split(r"(\$\{[^{}]*\})", scope.settle(as_text(whole.data)))):
        first, *rest = [piece] if index % 2 else piece.split(by)
        pieces[-1] += first
        pieces.extend(rest)
    return Value(_Pieces(pieces, f"Split:{by}:{bare(whole.data)}"), sources)


class _Pieces(list[str]):
    """What a text was split into; the text is kept for pieces that lie behind something unknown."""

    def __init__(self, pieces: list[str], origin: str) -> None:
        super().__init__(pieces)
        self.origin = origin


def _select(scope: Scope, argument: object, pointer: Pointer) -> Value:
    which, values = _arguments(scope, argument, pointer, 2)
    sources = which.sources + values.sources
    if not _INDEX.fullmatch(as_text(which.data)):
        raise Unsuitable("needs a number")
    index = int(as_text(which.data))
    data = values.data
    if isinstance(data, _Pieces):
        if index >= len(data) or any("${" in piece for piece in data[: index + 1]):
            return Value(f"${{Select:{index}:{data.origin}}}", sources)
        return Value(data[index], sources)
    if isinstance(data, list) and index < len(data):
        return Value(data[index], sources)
    if isinstance(data, str) and "${" in data:
        return Value(f"${{Select:{index}:{bare(data)}}}", sources)
    raise Unsuitable(f"finds no element {index}")


def _sub(scope: Scope, argument: object, pointer: Pointer) -> Value:
    template, own, at = argument, {}, pointer
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        template, own, at = argument[0], argument[1], (*pointer, 0)
    if not isinstance(template, str):
        raise Unsuitable("needs a text")
    sources: list[Source] = [Source(scope.document, at)]

    def fill(match: re.Match[str]) -> str:
        name = match.group(2)
        if match.group(1):
            return f"${{{name}}}"
        if name in own:
            found = scope.evaluate(own[name], (*pointer, 1, name))
            sources.extend(found.sources)
            return as_text(found.data)
        parameter = None if name.startswith("AWS::") else scope.parameter(name)
        if parameter is None:
            return f"${{{name}}}"
        sources.extend(parameter.sources)
        return as_text(parameter.value)

    return Value(_SUB.sub(fill, template), tuple(sources))


def _find_in_map(scope: Scope, argument: object, pointer: Pointer) -> Value:
    if not isinstance(argument, list) or len(argument) not in (3, 4):
        raise Unsuitable("needs a mapping and two keys")
    found = [scope.evaluate(item, (*pointer, index)) for index, item in enumerate(argument[:3])]
    keys = [scope.settle(as_text(item.data)) for item in found]
    sources = tuple(source for item in found for source in item.sources)
    value: object = scope.mappings
    for key in keys:
        value = value.get(key, ABSENT) if isinstance(value, dict) else ABSENT
    if value is not ABSENT:
        return Value(value, (*sources, Source(scope.document, ("Mappings", *keys))))
    if any("${" in key for key in keys):
        return Value(f"${{FindInMap:{'.'.join(bare(key) for key in keys)}}}", sources)
    if len(argument) == 4 and isinstance(argument[3], dict) and "DefaultValue" in argument[3]:
        default = scope.evaluate(argument[3]["DefaultValue"], (*pointer, 3, "DefaultValue"))
        return Value(default.data, sources + default.sources)
    raise Unsuitable(f"finds nothing under {'.'.join(keys)}")


def _import_value(scope: Scope, argument: object, pointer: Pointer) -> Value:
    found = scope.evaluate(argument, pointer)
    return Value(f"${{ImportValue:{bare(found.data)}}}", found.sources)


def _base64(scope: Scope, argument: object, pointer: Pointer) -> Value:
    import base64  # only templates with user data ask for it

    found = scope.evaluate(argument, pointer)
    text = as_text(found.data)
    encoded = f"${{Base64:{bare(text)}}}" if "${" in text else base64.b64encode(text.encode()).decode()
    return Value(encoded, found.sources)


def _cidr(scope: Scope, argument: object, pointer: Pointer) -> Value:
    import ipaddress  # only templates with networks ask for it

    found = scope.evaluate(argument, pointer)
    parts = [as_text(item) for item in found.data] if isinstance(found.data, list) else []
    if len(parts) not in (2, 3):
        raise Unsuitable("needs a block, a count and the number of bits")
    if any("${" in part for part in parts):
        return Value(f"${{Cidr:{':'.join(bare(part) for part in parts)}}}", found.sources)
    try:
        network = ipaddress.ip_network(parts[0], strict=False)
        bits = int(parts[2]) if len(parts) == 3 else 8
        subnets = network.subnets(new_prefix=network.max_prefixlen - bits)
        count = min(int(parts[1]), 256)  # CloudFormation's own limit
        return Value([str(subnet) for _, subnet in zip(range(count), subnets, strict=False)], found.sources)
    except ValueError as error:
        raise Unsuitable(f"cannot be worked out ({error})") from None


def _zones(scope: Scope, argument: object, pointer: Pointer) -> Value:
    return Value("${AWS::AvailabilityZones}", scope.evaluate(argument, pointer).sources)


def _length(scope: Scope, argument: object, pointer: Pointer) -> Value:
    found = scope.evaluate(argument, pointer)
    if not isinstance(found.data, list):
        raise Unsuitable("needs a list")
    return Value(len(found.data), found.sources)


def _to_json(scope: Scope, argument: object, pointer: Pointer) -> Value:
    found = scope.evaluate(argument, pointer)
    return Value(json.dumps(found.data, separators=(",", ":")), found.sources)


def _if(scope: Scope, argument: object, pointer: Pointer) -> Value:
    raise Unsuitable("needs a condition and two values")  # `Scope.enter` takes those that have them


def _logic(scope: Scope, argument: object, pointer: Pointer) -> Value:
    verdict, sources = scope.test({pointer[-1]: argument}, pointer[:-1])
    if verdict is None:
        raise Unsuitable("depends on values that only the account knows")
    return Value(verdict, (Source(scope.document, pointer), *sources))


FUNCTIONS: dict[str, Callable[[Scope, object, Pointer], Value]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Join": _join,
    "Fn::Split": _split,
    "Fn::Select": _select,
    "Fn::Sub": _sub,
    "Fn::If": _if,
    "Fn::FindInMap": _find_in_map,
    "Fn::ImportValue": _import_value,
    "Fn::Base64": _base64,
    "Fn::Cidr": _cidr,
    "Fn::GetAZs": _zones,
    "Fn::Length": _length,
    "Fn::ToJsonString": _to_json,
    "Fn::Equals": _logic,
    "Fn::And": _logic,
    "Fn::Or": _logic,
    "Fn::Not": _logic,
}


def _arguments(scope: Scope, argument: object, pointer: Pointer, count: int) -> list[Value]:
    if not isinstance(argument, list) or len(argument) != count:
        raise Unsuitable(f"needs a list of {count}")
    return [scope.evaluate(item, (*pointer, index)) for index, item in enumerate(argument)]
