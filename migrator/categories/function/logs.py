"""`amplify/function/logs.ts`: a function writes its own log group only, as in Gen 1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from migrator.categories.function.code import function_key
from migrator.categories.function.model import Statement, StatementKind, Trust
from migrator.categories.function.rights import function
from migrator.categories.function.targets import FEATURE
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Piece, Wiring
from migrator.typescript.build import arr, call, member
from migrator.typescript.nodes import Do, Expr, ForOf, Name

_FILE = f"amplify:{FEATURE}/logs"
_TEXT = Path(__file__).parent / "helpers" / "logs.ts"


def own_logs(fact: Fact[Statement], context: Context) -> Iterator[Piece]:
    """The right to write its own logs: said once for all functions that have it."""
    alike = [one.resource for one in context.graph.facts(Statement) if one.node.kind is StatementKind.LOGS]
    yield from _called("writeOwnLogs", fact.resource, alike, "FUN040", context)


def no_logs(fact: Fact[Trust], context: Context) -> Iterator[Piece]:
    """A role that does not say so may not write every log of the account."""
    alike = [one.resource for one in context.graph.facts(Trust) if says_its_logs(one, context)]
    yield from _called("withoutAllLogs", fact.resource, alike, "FUN054", context)


def says_its_logs(fact: Fact[Trust], context: Context) -> bool:
    """Whether a function's role has no right to write logs, or says in words of its own which."""
    logs = (s for s in context.graph.facts(Statement) if s.resource == fact.resource)
    return not any(s.node.kind is StatementKind.LOGS for s in logs)


def _called(name: str, ref: ResourceRef, alike: list[ResourceRef], rule: str, context: Context) -> Iterator[Piece]:
    """A call for each function, in a loop where there are several."""
    yield Asset(FEATURE, f"{FEATURE}/logs.ts", _TEXT.read_text(encoding="utf-8"), rule)
    every = list(dict.fromkeys(one for one in alike if one in context.selection))
    if ref not in every or len(every) == 1:
        yield Wiring(FEATURE, (_call(name, function(ref, context)),), rule, owner=ref, section=ref.name)
    elif ref == every[0]:
        functions = arr((function_key(each, context) for each in every), True)
        body = (_call(name, member("target", "resources.lambda")),)
        yield Wiring(FEATURE, (ForOf("target", functions, body),), rule, order=31)


def _call(name: str, target: Expr) -> Do:
    return Do(call(Name(name, _FILE), target))
