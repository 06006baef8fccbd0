"""Whether the SDL that reaches `defineData` is the same API, tables and access rules as Gen 1's schema."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from migrator.categories.data.proof.facts import Facts, facts
from migrator.categories.data.proof.model import Comparison, Difference, Flags, SchemaContext
from migrator.categories.data.proof.normal import RULES, Normal, normal
from migrator.categories.data.proof.rewrite import Schema, Side
from migrator.categories.data.proof.unavoidable import explained, moved_keys, unsayable
from migrator.categories.data.sdl import SdlError, parse


def compare(gen1: Iterable[str], reached: str, context: SchemaContext) -> Comparison:
    """The differences between Gen 1's schema files and the SDL that reaches `defineData`.

    Text that does not parse is a difference. Descriptions and comments are left out (rule N17), and nothing else.
    """
    gen1 = tuple(gen1)
    here = Side(True, context.mode, context.flags, context.functions)
    there = Side(False, context.mode, Flags(), context.reached_functions)
    try:
        before = normal(gen1, here)
    except SdlError as error:
        return Comparison((Difference("schema", gen1=broken(error)),))
    try:
        after = normal((reached,), there)
    except SdlError as error:
        return Comparison((Difference("schema", gen2=broken(error)),))
    texts = (tuple(one for text in gen1 for one in parse(text)), parse(reached))
    return _compared(before, after, texts, context)


def broken(error: SdlError) -> str:
    """What is wrong with a text, for people."""
    return f"no GraphQL: {error.message} (line {error.line}, column {error.column})"


def _compared(before: Normal, after: Normal, texts: tuple[Schema, Schema], context: SchemaContext) -> Comparison:
    gen1, reached = texts
    found = tuple(explained(differences(facts(before.schema), facts(after.schema)), reached, context))
    changed = {*before.applied, *after.applied}
    return Comparison(
        tuple(one for one in found if not one.rule),
        (*(one for one in found if one.rule), *unsayable(before.schema, context), *moved_keys(gen1, reached, context)),
        tuple(rule.id for rule in RULES if rule.id in changed),
    )


def differences(gen1: Facts, gen2: Facts) -> Iterator[Difference]:
    """What only one of two lists of facts says, place by place."""
    for place in sorted({*gen1, *gen2}):
        before, after = Counter(gen1.get(place, ())), Counter(gen2.get(place, ()))
        if before != after:
            yield Difference(place, _text(before - after), _text(after - before))


def _text(lines: Counter[str]) -> str:
    return "; ".join(lines.elements())
