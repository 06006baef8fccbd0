"""One template's names in one environment, and the evaluator of what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from migrator.core.finding import Finding, Severity
from migrator.documents.document import Document, Json, Pointer
from migrator.documents.traced import Source, Traced
from migrator.gen1.intrinsics import FUNCTIONS
from migrator.gen1.values import PLACEHOLDER, REMOVED, Place, Sources, Unsuitable, Value, as_text

_LONGEST = 1_000_000
"""Characters of a computed text; CloudFormation refuses templates of this size, and quoting JSON in JSON doubles it."""

_LIST_TYPE = re.compile(r"CommaDelimitedList|List<|AWS::SSM::Parameter::Value<(?:CommaDelimitedList|List<)")


class Scope:
    """One template's names, and the evaluator of what stands in it."""

    def __init__(
        self,
        document: Document,
        parameters: Mapping[str, Traced[Json]],
        findings: list[Finding],
        known: Mapping[str, str] | None = None,
        assumed: bool = True,
    ) -> None:
        self.document = document
        self.assumed = assumed
        """What a condition is taken for that cannot be known."""
        self.findings = findings
        self._given = parameters
        self._known = known or {}
        root = document.root if isinstance(document.root, dict) else {}
        self._declared = _section(root, "Parameters")
        self._conditions = _section(root, "Conditions")
        self.mappings = _section(root, "Mappings")
        self._parameters: dict[str, Traced[Json]] = {}
        self._decided: dict[str, tuple[bool | None, Sources]] = {}
        self._deciding: set[str] = set()
        self._told: set[tuple[str, Pointer]] = set()
        self.undecided: dict[str, None] = {}
        """The conditions that were asked for and cannot be known."""
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
                verdict, sources = self.test(self._conditions[name], pointer)
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
        if verdict is None and name not in self.undecided:
            self.undecided[name] = None
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
        taken = 1 if (self.assumed if verdict is None else verdict) else 2
        trail = (*trail, Source(self.document, (*pointer, 0)), *sources)
        if verdict is not None:
            trail = (*trail, Source(self.document, (*pointer, 3 - taken)))  # decided against: accounted for as well
        return argument[taken], (*pointer, taken), trail

    def _call(self, name: str, argument: object, pointer: Pointer) -> Value:
        function = FUNCTIONS.get(name)
        if function is not None:
            try:
                found = function(self, argument, (*pointer, name))
                if isinstance(found.data, str) and len(found.data) > _LONGEST:
                    raise Unsuitable(f"gives more than {_LONGEST} characters")
                return found
            except Unsuitable as unsuitable:
                message = f"{name} {unsuitable}; it stays as it is written."
        else:
            message = f"The intrinsic function {name} is not known; it stays as it is written."
        hint = "Write out what it gives, or carry this value over by hand."
        self.tell("GEN011", Severity.GAP, message, pointer, hint)
        return Value({name: argument}, (Source(self.document, pointer),))

    def test(self, expression: object, pointer: Pointer) -> tuple[bool | None, Sources]:
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
                missing = PLACEHOLDER.findall(as_text(left.data) + as_text(right.data))
                self._open.setdefault(str(pointer[1]), {}).update(dict.fromkeys(missing))
            return verdict, left.sources + right.sources
        if name in ("Fn::And", "Fn::Or", "Fn::Not") and isinstance(argument, list):
            tests = [self.test(item, (*pointer, index)) for index, item in enumerate(argument)]
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
        return PLACEHOLDER.sub(lambda m: self._known.get(m.group(1), m.group()), text) if self._known else text


def _typed(value: Json, kind: object) -> Json:
    """A parameter's value under its declared type; the CLI hands lists over as text with commas."""
    if isinstance(kind, str) and _LIST_TYPE.match(kind):
        if isinstance(value, list) and all(isinstance(item, str) and not item.startswith("${") for item in value):
            value = ",".join(str(item) for item in value)  # an element with a comma in it is two
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


def _section(root: dict[str, Json], name: str) -> dict[str, Json]:
    section = root.get(name)
    return section if isinstance(section, dict) else {}


def _list_of(value: object, count: int) -> bool:
    return isinstance(value, list) and len(value) == count
