"""Operations as TypeScript: `a.query().arguments({...}).returns(...).authorization(...).handler(...)`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from migrator.categories.data.sdl import Argument, Definition, Field
from migrator.categories.data.typed.emitted import escaped
from migrator.categories.data.typed.field_code import SCALARS, A, notes, shaped
from migrator.categories.data.typed.inputs import said_inputs
from migrator.categories.data.typed.operations import model_mutations, sources
from migrator.categories.data.typed.rule_code import authorized
from migrator.typescript.build import arr, call, lit
from migrator.typescript.nodes import Comment, Expr, Member, Name, Obj, Property

_KINDS = {"Query": "query", "Mutation": "mutation", "Subscription": "subscription"}


class Operations:
    """The operations of a schema, and what their arguments and handlers refer to."""

    def __init__(self, definitions: tuple[Definition, ...], functions: Mapping[str, Expr]) -> None:
        self.inputs = said_inputs(definitions)
        self.written = {definition.name: definition for definition in definitions if definition.kind == "input"}
        self.mutations = model_mutations(definitions)
        self.functions = functions

    def expression(self, root: Definition, operation: Field) -> Expr:
        """An operation of a root type."""
        made: Expr = call(Member(A, _KINDS[root.name]))
        if root.name == "Subscription":
            made = call(Member(made, "for"), self._sources(operation))
        if operation.arguments:
            made = call(Member(made, "arguments"), self._arguments(operation.arguments))
        if root.name != "Subscription":
            made = call(Member(made, "returns"), shaped(operation, SCALARS))
        made = authorized(made, operation, root)
        handlers = tuple(self._handlers(operation))
        return call(Member(made, "handler"), handlers[0] if len(handlers) == 1 else arr(handlers)) if handlers else made

    def _handlers(self, operation: Field) -> Iterator[Expr]:
        for directive in operation.directives:
            if directive.name == "function":
                name = str(directive.arguments.get("name"))
                said = self.functions.get(name, lit(escaped(name)))
                yield call(Member(Member(A, "handler"), "function"), said)

    def _arguments(self, listed: tuple[Argument, ...] | tuple[Field, ...]) -> Obj:
        return Obj(tuple(self._properties(listed)))

    def _properties(self, listed: tuple[Argument, ...] | tuple[Field, ...]) -> Iterator[Property | Comment]:
        for one in listed:
            if isinstance(one, Field) and (said := notes(one.notes)):
                yield Comment("\n".join(said))
            inline = self.inputs.get(one.base) == ""
            value = self._inline(one.base) if inline else shaped(one, SCALARS, self.inputs)
            yield Property(one.name, value)

    def _inline(self, name: str) -> Expr:
        return call(Member(A, "customType"), self._arguments(self.written[name].fields))

    def _sources(self, subscription: Field) -> Expr:
        """What it listens to: `a.ref('Post').mutations(['create'])`, or a mutation of the schema's own."""
        known = [self.mutations.get(name, (name, "")) for name in sources(subscription)]
        made: list[Expr] = []
        for (name, is_model), group in groupby(known, lambda each: (each[0], bool(each[1]))):
            if is_model:
                made.append(call(Member(_ref(name), "mutations"), arr(lit(operation) for _, operation in group)))
            else:
                made += (_ref(name) for _ in group)
        return made[0] if len(made) == 1 else arr(made)


def _ref(name: str) -> Expr:
    return call(Member(Name(A.id, A.module), "ref"), name)
