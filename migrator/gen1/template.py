"""CloudFormation templates: their resources with every value evaluated and traced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.core.finding import Finding, Severity
from migrator.documents.cursor import ABSENT, Cursor
from migrator.documents.document import Document, Json, Pointer
from migrator.documents.traced import Source, Traced
from migrator.gen1.scope import Scope
from migrator.gen1.values import REMOVED, Place, Sources


class TemplateCursor(Cursor):
    """A place in a template. Reads as any cursor does; intrinsics are evaluated on the way (see `intrinsics`).

    A value's sources are the places of the template, the conditions and parameters that decided it, and the places
    that gave the parameters their values.
    """

    __slots__ = ("_place", "_scope")

    def __init__(self, scope: Scope, place: Place) -> None:
        super().__init__(scope.document, scope.findings, place.pointer, place.data)
        self._scope = scope
        self._place = place

    def get(self, *keys: str | int) -> TemplateCursor:
        """The place below; reading an absent place gives defaults."""
        cursor = self
        for key in keys:
            cursor = cursor._child(key)
        return cursor

    def _child(self, key: str | int) -> TemplateCursor:
        place = self._place
        pointer = place.pointer if place.computed else (*place.pointer, key)
        if place.data is REMOVED:
            return TemplateCursor(self._scope, Place(REMOVED, pointer, place.trail, place.computed))
        data: object = ABSENT
        if isinstance(place.data, dict):
            data = place.data.get(key, ABSENT)
        elif isinstance(place.data, list) and isinstance(key, int):
            at = self._kept()
            if 0 <= key < len(at):
                data, pointer = place.data[at[key]], pointer if place.computed else (*place.pointer, at[key])
        if data is ABSENT:
            return TemplateCursor(self._scope, Place(ABSENT, pointer, (), place.computed))
        if place.computed:
            return TemplateCursor(self._scope, Place(data, pointer, place.trail, computed=True))
        return TemplateCursor(self._scope, self._scope.enter(data, pointer, place.trail))

    def _kept(self) -> list[int]:
        """Indexes of a list's elements that `AWS::NoValue` does not remove."""
        place = self._place
        elements = place.data if isinstance(place.data, list) else []
        if place.computed:
            return list(range(len(elements)))
        enter = self._scope.enter
        return [i for i, item in enumerate(elements) if enter(item, (*place.pointer, i)).data is not REMOVED]

    def items(self) -> Iterator[tuple[str, Cursor]]:
        """Members of the object here, without those that `AWS::NoValue` removes."""
        if isinstance(self._place.data, dict):
            for key in self._place.data:
                child = self._child(key)
                if child._place.data is not REMOVED:
                    yield key, child

    def elements(self) -> Iterator[Cursor]:
        """Elements of the array here, without those that `AWS::NoValue` removes."""
        for index in range(len(self._kept())):
            yield self._child(index)

    def _deep(self) -> tuple[object, Sources]:
        place = self._place
        if place.computed or place.data is ABSENT:
            return place.data, place.trail
        found = self._scope.evaluate(place.data, place.pointer)
        return found.data, place.trail + found.sources


class TemplateResource:
    """A resource of a template that exists in the chosen environment."""

    __slots__ = ("_cursor", "declared", "logical_id", "type")

    def __init__(self, logical_id: str, cursor: TemplateCursor, decided: Sources) -> None:
        self.logical_id = logical_id
        self._cursor = cursor
        self.declared: Traced[str] = _also(cursor.get("Type").text(), decided)
        """The type, from the places that say it and whether the resource exists."""
        self.type = self.declared.value

    def __repr__(self) -> str:
        return f"TemplateResource({self.logical_id}: {self.type})"

    @property
    def properties(self) -> Cursor:
        """What the resource is made of."""
        return self._cursor.get("Properties")

    def attribute(self, name: str) -> Cursor:
        """Another part of the resource, such as `Metadata` or `UpdatePolicy`."""
        return self._cursor.get(name)

    @property
    def deletion_policy(self) -> Traced[str]:
        """`Retain`, `Delete`, `Snapshot` or empty."""
        return self._cursor.get("DeletionPolicy").text()

    @property
    def update_replace_policy(self) -> Traced[str]:
        """`Retain`, `Delete`, `Snapshot` or empty."""
        return self._cursor.get("UpdateReplacePolicy").text()

    @property
    def depends_on(self) -> Traced[tuple[str, ...]]:
        """Logical ids of resources that are made first."""
        return self._cursor.get("DependsOn").texts()


class Template:
    """A template in one environment.

    `parameters` are the values the CLI hands to the stack, `known` the pseudo parameters whose values are known
    (`AWS::Region`, `AWS::StackName`); these decide conditions, mappings and splits, and stay placeholders elsewhere.
    Conditions that they do not decide are taken as `assumed`.
    """

    def __init__(
        self,
        document: Document,
        parameters: Mapping[str, Traced[Json]] | None = None,
        findings: list[Finding] | None = None,
        known: Mapping[str, str] | None = None,
        assumed: bool = True,
    ) -> None:
        self.document = document
        self.findings: list[Finding] = [] if findings is None else findings
        self._scope = Scope(document, parameters or {}, self.findings, known, assumed)
        self._resources: dict[str, TemplateResource] | None = None
        self._inactive: dict[str, Sources] = {}
        if not isinstance(document.root, dict):
            self._scope.tell("GEN005", Severity.GAP, "Expected a template, found no object; it is not used.", ())

    def cursor(self, *keys: str | int) -> Cursor:
        """Any place of the template, with intrinsics evaluated."""
        return TemplateCursor(self._scope, Place(self.document.root, (), ())).get(*keys)

    def resources(self, type: str | None = None) -> Iterator[TemplateResource]:
        """The resources that exist, in the order of the template; only those of one type when it is given."""
        for resource in self._all().values():
            if type is None or resource.type == type:
                yield resource

    def resource(self, logical_id: str) -> TemplateResource | None:
        """A resource by its logical id."""
        return self._all().get(logical_id)

    def parameter(self, name: str) -> Traced[Json]:
        """A parameter's value (None, without a source, when the template has no such parameter)."""
        return self._scope.parameter(name) or Traced(None)

    def undecided(self) -> tuple[str, ...]:
        """The conditions that what was read so far hangs on, and that cannot be known."""
        return tuple(self._scope.undecided)

    def condition(self, name: str) -> bool | None:
        """Whether a condition holds; None when that cannot be known or there is no such condition."""
        return self._scope.condition(name)[0]

    def outputs(self) -> Iterator[tuple[str, Cursor]]:
        """Names and values of the outputs that exist."""
        for name, body, decided in self._existing("Outputs"):
            yield name, TemplateCursor(self._scope, Place(body.data, body.pointer, decided)).get("Value")

    def output(self, name: str) -> Cursor:
        """An output's value."""
        absent = TemplateCursor(self._scope, Place(ABSENT, ("Outputs", name, "Value"), ()))
        return dict(self.outputs()).get(name, absent)

    def plumbing(self) -> Traced[None]:
        """The places of the declarations around the resources; their effect is in the values that use them."""
        root = self.document.root if isinstance(self.document.root, dict) else {}
        return Traced(None, tuple(Source(self.document, (name,)) for name in _PLUMBING if name in root))

    def inactive(self) -> Traced[tuple[str, ...]]:
        """Resources (and outputs, as `Outputs.name`) that the environment's conditions leave out.

        The places are theirs, and those of the values that `AWS::NoValue` removes from what exists.
        """
        existing = [*self._existing("Resources"), *self._existing("Outputs")]
        removed = (source for _, body, _ in existing for source in self._removed(body.data, body.pointer))
        left_out = (source for sources in self._inactive.values() for source in sources)
        return Traced(tuple(self._inactive), (*left_out, *removed))

    def _removed(self, value: object, pointer: Pointer) -> Iterator[Source]:
        if isinstance(value, dict):
            argument = value.get("Fn::If") if len(value) == 1 else None
            if isinstance(argument, list) and len(argument) == 3 and isinstance(argument[0], str):
                verdict, sources = self._scope.condition(argument[0])
                taken = 2 if verdict is False else 1
                if verdict is not None and argument[taken] == _NO_VALUE:
                    yield Source(self.document, pointer)
                    yield from sources
                else:
                    yield from self._removed(argument[taken], (*pointer, "Fn::If", taken))
            elif value == _NO_VALUE:
                yield Source(self.document, pointer)
            else:
                for key, item in value.items():
                    yield from self._removed(item, (*pointer, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._removed(item, (*pointer, index))

    def _all(self) -> dict[str, TemplateResource]:
        if self._resources is None:
            found = self._existing("Resources")
            self._resources = {
                name: TemplateResource(name, TemplateCursor(self._scope, body), decided)
                for name, body, decided in found
            }
        return self._resources

    def _existing(self, section: str) -> Iterator[tuple[str, Place, Sources]]:
        root = self.document.root
        members = root.get(section) if isinstance(root, dict) else None
        for name, body in members.items() if isinstance(members, dict) else ():
            pointer: Pointer = (section, name)
            if not isinstance(body, dict):
                message = f"{name} is no object; it is not used."
                self._scope.tell("GEN011", Severity.GAP, message, pointer, "Carry it over by hand.")
                continue
            condition = body.get("Condition")
            decided: Sources = ()
            if isinstance(condition, str):
                at = (*pointer, "Condition")
                holds, sources = self._scope.holds(condition, at)
                decided = (Source(self.document, at), *sources)
                if not (self._scope.assumed if holds is None else holds):
                    label = name if section == "Resources" else f"{section}.{name}"
                    self._inactive[label] = (Source(self.document, pointer), *sources)
                    continue
            yield name, Place(body, pointer, ()), decided


_PLUMBING = (
    "AWSTemplateFormatVersion",
    "Description",
    "Transform",
    "Metadata",
    "Parameters",
    "Conditions",
    "Mappings",
    "Rules",
)


_NO_VALUE = {"Ref": "AWS::NoValue"}


def _also(value: Traced[str], sources: Sources) -> Traced[str]:
    return Traced(value.value, value.sources + sources) if sources else value
