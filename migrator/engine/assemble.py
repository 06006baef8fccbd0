"""Matches to the Gen 2 backend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from migrator.core.errors import ConversionError, UsageError
from migrator.core.finding import Finding
from migrator.engine.category import Builder, Category, Transform
from migrator.engine.context import Context
from migrator.engine.match import Match, failed
from migrator.engine.rule import BuildClause, MapClause
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Backend, Override, Piece, Setting
from migrator.typescript.build import expr
from migrator.typescript.nodes import Expr

DEFINE = "define"
"""The target word for properties of the `define*()` call."""


def assemble(
    matches: Iterable[Match], context: Context, categories: Mapping[str, Category]
) -> tuple[Backend, tuple[Finding, ...]]:
    """Carries out every clause that matched. One that throws writes nothing, and becomes finding GEN004.

    Raises ConversionError (GEN003) when two rules write different values to one property; what builders raise as
    ConversionError or UsageError is raised too.
    """
    pieces: list[Piece] = []
    findings: list[Finding] = []
    for one in matches:
        if one.fact.resource not in context.selection:
            continue
        category = categories[one.rule.category]
        for clause in one.clauses:
            try:
                pieces += tuple(carry_out(replace(one, clauses=(clause,)), context, category))
            except (ConversionError, UsageError):
                raise
            except Exception as error:  # one clause must not take the others down with it; the finding says so
                findings.append(failed(one.rule.id, one.fact, error, "what it should have written is missing"))
    _refuse_conflicts(pieces)
    return Backend(tuple(pieces)), tuple(findings)


def carry_out(found: Match, context: Context, category: Category) -> Iterator[Piece]:
    """The pieces of one match."""
    builders: dict[str, Builder] = category.named(category.builders)
    for clause in found.clauses:
        if isinstance(clause, MapClause):
            value = value_of(clause, found.fact, context, category)
            yield _property(clause.to, value, found, context, category)
        elif isinstance(clause, BuildClause):
            yield from builders[clause.name](found.fact, context)


def value_of(clause: MapClause, fact: Fact[Any], context: Context, category: Category) -> Expr:
    """What a map clause writes."""
    value = fact.value(clause.source)
    if clause.via:
        transforms: dict[str, Transform] = category.named(category.transforms)
        return expr(transforms[clause.via](value, context))  # type: ignore[arg-type]
    if clause.table is not None:
        return expr(clause.table[_word(value)])
    if clause.template is not None:
        return expr(clause.template.replace("{value}", str(value)))
    if clause.const is not None:
        return expr(clause.const)
    return expr(value)


def _word(value: Any) -> str:
    """How a value is spelled as the key of a table."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _property(to: str, value: Expr, found: Match, context: Context, category: Category) -> Piece:
    target, _, path = to.partition(".")
    if target == DEFINE:
        definition = category.define(found.fact, context)
        if definition is None:
            raise ConversionError(f"{found.rule.id}: {found.fact.resource} has no definition for {to}")
        return Setting(definition, path, value, found.rule.id)
    return Override(category.constructs[target](found.fact, context), path, value, found.rule.id)


def _refuse_conflicts(pieces: Iterable[Piece]) -> None:
    written: dict[tuple[str, str], tuple[Expr, str]] = {}
    for piece in pieces:
        match piece:
            case Setting(definition=definition, path=path):
                place = (f"{definition.file}:{definition.key}", path)
            case Override(construct=construct, path=path):
                place = (f"{construct.feature}:{construct.variable}", path)
            case _:
                continue
        value, rule = written.setdefault(place, (piece.value, piece.rule))
        if value != piece.value:
            raise ConversionError(
                f"GEN003: rules {rule} and {piece.rule} write different values to {path}",
                hint="Narrow the `when` of one of them.",
            )
