"""CloudFormation's intrinsic functions, evaluated without an account.

What only the account knows becomes text that names it: `${AWS::Region}`, `${Bucket}`, `${Function.Arn}`,
`${ImportValue:name}`. So every value ends as plain data, and two templates that say the same compare equal.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from migrator.core.finding import Finding, Severity
from migrator.documents.cursor import ABSENT
from migrator.documents.document import Document, Json, Pointer
from migrator.documents.traced import Source, Traced

Sources = tuple[Source, ...]

REMOVED = ABSENT
"""What `AWS::NoValue` leaves: nothing."""

_PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")
_SUB = re.compile(r"\$\{(!?)\s*([^{}]+?)\s*\}")
_LIST_TYPE = re.compile(r"CommaDelimitedList|List<|AWS::SSM::Parameter::Value<(?:CommaDelimitedList|List<)")


class Value(NamedTuple):
    """An evaluated value, the places it was read from, and whether it stands in the document just as it is."""

    data: object
    sources: Sources
    literal: bool = False


class Place(NamedTuple):
    """Where evaluation led: plain data of the document at `pointer`, or, when `computed`, data that stands nowhere."""

    data: object
    pointer: Pointer
    trail: Sources
    computed: bool = False


class Unsuitable(Exception):
    """An intrinsic whose argument has the wrong shape."""


class Scope:
    """One template's names, and the evaluator of what stands in it."""

    def __init__(
        self,
        document: Document,
        parameters: Mapping[str, Traced[Json]],
        findings: list[Finding],
        known: Mapping[str, str] | None = None,
    ) -> None:
        self.document = document
        self.findings = findings
        self._given = parameters
        self._known = known or {}
        root = document.root if isinstance(document.root, dict) else {}
        self._declared = _section(root, "Parameters")
        self._conditions = _section(root, "Conditions")
        self._mappings = _section(root, "Mappings")
        self._parameters: dict[str, Traced[Json]] = {}
        self._decided: dict[str, tuple[bool | None, Sources]] = {}
        self._deciding: set[str] = set()
        self._told: set[tuple[str, Pointer]] = set()
        self._undecided: set[str] = set()
        self._open: dict[str, dict[str, None]] = {}

    # ---- names

    def parameter(self, name: str) -> Traced[Json] | None:
        """A parameter's value: the one given, else its default, else `${name}`; None when there is no such one."""
        if name in self._parameters:
            return self._parameters[name]
        declared = self._declared.get(name)
        given = self._given.get(name)
        if declared is None and given is None:
            return None
        body = declared if isinstance(declared, dict) else {}
        places = tuple(Source(self.document, ("Parameters", name, k)) for k in ("Type", "Default") if k in body)
        value: Json = body.get("Default", f"${{{name}}}") if given is None else given.value
        sources = places if given is None else given.sources + places
        self._parameters[name] = Traced(_typed(value, body.get("Type")), sources)
        return self._parameters[name]

    def condition(self, name: str) -> tuple[bool | None, Sources]:
        """Whether a condition holds, None when that cannot be known here, and what decides it."""
        if name not in self._decided:
            if name in self._deciding or name not in self._conditions:
                return None, ()
            self._deciding.add(name)
            pointer: Pointer = ("Conditions", name)
            try:
                verdict, sources = self._test(self._conditions[name], pointer)
            except Unsuitable:
                verdict, sources = None, ()
            self._deciding.discard(name)
            here = Source(self.document, pointer)  # all of the condition was used
            outside = (s for s in sources if s.document is not self.document or s.pointer[:2] != pointer)
            self._decided[name] = verdict, (here, *outside)
        return self._decided[name]

    def holds(self, name: str, pointer: Pointer) -> tuple[bool | None, Sources]:
        """As `condition`, with a finding at the place that asks when it cannot be known."""
        verdict, sources = self.condition(name)
        if verdict is None and name not in self._undecided:
            self._undecided.add(name)
            message = f"The template has no condition {name}; it is taken as true."
            if name in self._conditions:
                missing = " and ".join(self._open.get(name, {})) or "a value it compares"
                message = f"The condition {name} is taken as true: no file says what {missing} is."
            self.tell(
                "GEN020", Severity.WARNING, message, pointer, "Name the environment with --env, or check the value."
            )
        return verdict, sources

    def tell(self, rule: str, severity: Severity, message: str, pointer: Pointer, hint: str = "") -> None:
        """A finding, once for each place."""
        if (rule, pointer) not in self._told:
            self._told.add((rule, pointer))
            self.findings.append(Finding(rule, severity, message, self.document.place(pointer), hint))

    # ---- evaluation

    def enter(self, value: object, pointer: Pointer, trail: Sources = ()) -> Place:
        """Follows intrinsics at the top of a value until plain data is reached; what is below stays as it is."""
        while isinstance(value, dict) and len(value) == 1:
            name = next(iter(value))
            if not (isinstance(name, str) and (name == "Ref" or name.startswith("Fn::"))):
                break
            if name == "Fn::If" and _list_of(value[name], 3):
                value, pointer, trail = self._branch(value[name], (*pointer, name), trail)
                continue
            found = self._call(name, value[name], pointer)
            return Place(found.data, pointer, trail + found.sources, computed=True)
        return Place(value, pointer, trail)

    def evaluate(self, value: object, pointer: Pointer) -> Value:
        """A value with all intrinsics in it replaced by what they give."""
        place = self.enter(value, pointer)
        if place.computed:
            return Value(place.data, place.trail)
        found = self._members(place.data, place.pointer)
        return found if not place.trail else Value(found.data, place.trail + found.sources)

    def _members(self, value: object, pointer: Pointer) -> Value:
        here = (Source(self.document, pointer),)
        if isinstance(value, dict):
            found = {key: self.evaluate(item, (*pointer, key)) for key, item in value.items()}
            data: object = {key: item.data for key, item in found.items() if item.data is not REMOVED}
            parts = list(found.values())
        elif isinstance(value, list):
            parts = [self.evaluate(item, (*pointer, index)) for index, item in enumerate(value)]
            data = [item.data for item in parts if item.data is not REMOVED]
        else:
            return Value(value, here, literal=True)
        if all(item.literal for item in parts):
            return Value(value, here, literal=True)
        return Value(data, tuple(source for item in parts for source in item.sources))

    def _branch(self, argument: list[object], pointer: Pointer, trail: Sources) -> tuple[object, Pointer, Sources]:
        name = argument[0]
        verdict, sources = self.holds(name, pointer) if isinstance(name, str) else (None, ())
        taken = 2 if verdict is False else 1
        trail = (*trail, Source(self.document, (*pointer, 0)), *sources)
        if verdict is not None:
            trail = (*trail, Source(self.document, (*pointer, 3 - taken)))  # decided against: accounted for as well
        return argument[taken], (*pointer, taken), trail

    def _call(self, name: str, argument: object, pointer: Pointer) -> Value:
        function = _FUNCTIONS.get(name)
        if function is not None:
            try:
                return function(self, argument, (*pointer, name))
            except Unsuitable as unsuitable:
                message = f"{name} {unsuitable}; it stays as it is written."
        else:
            message = f"The intrinsic function {name} is not known; it stays as it is written."
        hint = "Write out what it gives, or carry this value over by hand."
        self.tell("GEN011", Severity.GAP, message, pointer, hint)
        return Value({name: argument}, (Source(self.document, pointer),))

    def _test(self, expression: object, pointer: Pointer) -> tuple[bool | None, Sources]:
        """Evaluates a condition's body."""
        if isinstance(expression, bool):
            return expression, ()
        if not isinstance(expression, dict) or len(expression) != 1:
            raise Unsuitable("is no condition")
        name, argument = next(iter(expression.items()))
        pointer = (*pointer, name)
        if name == "Condition" and isinstance(argument, str):
            return self.condition(argument)
        if name == "Fn::Equals" and _list_of(argument, 2):
            left, right = (self.evaluate(argument[i], (*pointer, i)) for i in (0, 1))
            verdict = self._equal(left.data, right.data)
            if verdict is None:
                missing = _PLACEHOLDER.findall(as_text(left.data) + as_text(right.data))
                self._open.setdefault(str(pointer[1]), {}).update(dict.fromkeys(missing))
            return verdict, left.sources + right.sources
        if name in ("Fn::And", "Fn::Or", "Fn::Not") and isinstance(argument, list):
            tests = [self._test(item, (*pointer, index)) for index, item in enumerate(argument)]
            sources = tuple(source for _, found in tests for source in found)
            return _combine(name, [verdict for verdict, _ in tests]), sources
        raise Unsuitable(f"cannot use {name}")

    def _equal(self, left: object, right: object) -> bool | None:
        if isinstance(left, list | dict) or isinstance(right, list | dict):
            return left == right if "${" not in as_text(left) + as_text(right) else None
        one, other = self.settle(as_text(left)), self.settle(as_text(right))
        if one == other:
            return True
        if "${" not in one + other:
            return False
        if "NONE" in (one, other) or "" in (one, other):
            return False  # "no value" to the Gen 1 CLI; an environment's name or an output is neither
        return None if _may_equal(one, other) or _may_equal(other, one) else False

    def settle(self, text: str) -> str:
        """Text with the pseudo parameters replaced whose values are known."""
        return _PLACEHOLDER.sub(lambda m: self._known.get(m.group(1), m.group()), text) if self._known else text


# ---- the functions


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
    return Value(f"${{{'.'.join(_bare(part) for part in found.data)}}}", found.sources)


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
    return Value(_Pieces(pieces, f"Split:{by}:{_bare(whole.data)}"), sources)


class _Pieces(list[str]):
    """What a text was split into; the text is kept for pieces that lie behind something unknown."""

    def __init__(self, pieces: list[str], origin: str) -> None:
        super().__init__(pieces)
        self.origin = origin


def _select(scope: Scope, argument: object, pointer: Pointer) -> Value:
    which, values = _arguments(scope, argument, pointer, 2)
    sources = which.sources + values.sources
    if not as_text(which.data).isdigit():
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
        return Value(f"${{Select:{index}:{_bare(data)}}}", sources)
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
    value: object = scope._mappings
    for key in keys:
        value = value.get(key, ABSENT) if isinstance(value, dict) else ABSENT
    if value is not ABSENT:
        return Value(value, (*sources, Source(scope.document, ("Mappings", *keys))))
    if any("${" in key for key in keys):
        return Value(f"${{FindInMap:{'.'.join(_bare(key) for key in keys)}}}", sources)
    if len(argument) == 4 and isinstance(argument[3], dict) and "DefaultValue" in argument[3]:
        default = scope.evaluate(argument[3]["DefaultValue"], (*pointer, 3, "DefaultValue"))
        return Value(default.data, sources + default.sources)
    raise Unsuitable(f"finds nothing under {'.'.join(keys)}")


def _import_value(scope: Scope, argument: object, pointer: Pointer) -> Value:
    found = scope.evaluate(argument, pointer)
    return Value(f"${{ImportValue:{_bare(found.data)}}}", found.sources)


def _base64(scope: Scope, argument: object, pointer: Pointer) -> Value:
    import base64  # only templates with user data ask for it

    found = scope.evaluate(argument, pointer)
    text = as_text(found.data)
    encoded = f"${{Base64:{_bare(text)}}}" if "${" in text else base64.b64encode(text.encode()).decode()
    return Value(encoded, found.sources)


def _cidr(scope: Scope, argument: object, pointer: Pointer) -> Value:
    import ipaddress  # only templates with networks ask for it

    found = scope.evaluate(argument, pointer)
    parts = [as_text(item) for item in found.data] if isinstance(found.data, list) else []
    if len(parts) not in (2, 3):
        raise Unsuitable("needs a block, a count and the number of bits")
    if any("${" in part for part in parts):
        return Value(f"${{Cidr:{':'.join(_bare(part) for part in parts)}}}", found.sources)
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
    verdict, sources = scope._test({pointer[-1]: argument}, pointer[:-1])
    if verdict is None:
        raise Unsuitable("depends on values that only the account knows")
    return Value(verdict, (Source(scope.document, pointer), *sources))


_FUNCTIONS: dict[str, Callable[[Scope, object, Pointer], Value]] = {
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


def as_text(value: object) -> str:
    """A value as CloudFormation puts it into a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return ",".join(as_text(item) for item in value)
    if isinstance(value, list | dict):
        return json.dumps(value, separators=(",", ":"))
    return "" if value is None or value is REMOVED else str(value)


def _arguments(scope: Scope, argument: object, pointer: Pointer, count: int) -> list[Value]:
    if not isinstance(argument, list) or len(argument) != count:
        raise Unsuitable(f"needs a list of {count}")
    return [scope.evaluate(item, (*pointer, index)) for index, item in enumerate(argument)]


def _typed(value: Json, kind: object) -> Json:
    """A parameter's value under its declared type; the CLI hands lists over as text with commas."""
    if isinstance(kind, str) and _LIST_TYPE.match(kind):
        if isinstance(value, str) and not value.startswith("${"):
            return [part.strip() for part in value.split(",")] if value else []
        return value
    return as_text(value) if isinstance(value, list) and kind is not None else value


def _combine(name: str, verdicts: list[bool | None]) -> bool | None:
    if name == "Fn::Not":
        if len(verdicts) != 1:
            raise Unsuitable("needs one condition")
        return None if verdicts[0] is None else not verdicts[0]
    decisive = name == "Fn::Or"
    if decisive in verdicts:
        return decisive
    return None if None in verdicts else not decisive


def _may_equal(open_text: str, other: str) -> bool:
    """Whether a text with placeholders could turn out to be `other`."""
    pattern = "".join(
        ".+" if i % 2 else re.escape(part) for i, part in enumerate(re.split(r"(\$\{[^{}]*\})", open_text))
    )
    return "${" in open_text and re.fullmatch(pattern, other, re.DOTALL) is not None


def _bare(value: object) -> str:
    """A text for use inside a placeholder, where braces may not nest."""
    return _PLACEHOLDER.sub(r"\1", as_text(value))


def _section(root: dict[str, Json], name: str) -> dict[str, Json]:
    section = root.get(name)
    return section if isinstance(section, dict) else {}


def _list_of(value: object, count: int) -> bool:
    return isinstance(value, list) and len(value) == count
