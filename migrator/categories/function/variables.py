"""Environment variables: every Gen 1 name is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from migrator.categories.function.code import function_key, is_bundled
from migrator.categories.function.expressions import expression_of
from migrator.categories.function.late import helper, late_variable
from migrator.categories.function.model import ValueKind, Variable
from migrator.categories.function.plan import is_late
from migrator.categories.function.targets import FEATURE, define
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Piece, Preamble, Secret, Setting, Wiring
from migrator.gen2.cdk import branch_name
from migrator.typescript.build import arr, call, const, member, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import Do, Expr, ForOf, Index, Lit, Member, Name, Nullish, Stmt, TypeName

_SECRETS = Path(__file__).parent / "helpers" / "secrets.ts"
_KEY = re.compile(r"[a-zA-Z][a-zA-Z0-9_]+")
"""What `defineFunction` takes in `environment`; `addEnvironment` takes any name."""


def text_variable(fact: Fact[Variable], context: Context) -> Iterator[Piece]:
    """A value that is the same everywhere, or one for each branch."""
    value: Expr = Lit(fact.node.value)
    if fact.node.by_environment:
        name = identifier(fact.key.lower().replace("_", "-"))
        branches = {context.branch(env): text for env, text in fact.node.by_environment.items()}
        string = TypeName("string")
        table = const(name, obj(branches), type=TypeName("Record", type_args=(string, string)))
        yield Preamble(define(fact, context), (table,), "FUN020")
        value = Nullish(Index(Name(name), branch_name()), value)
    yield _known(fact, value, "FUN020", context)


def environment_variable(fact: Fact[Variable], context: Context) -> Iterator[Piece]:
    """The environment's name: the branch."""
    yield _known(fact, branch_name(), "FUN021", context)


def _known(fact: Fact[Variable], value: Expr, rule: str, context: Context) -> Piece:
    """A value that needs no construct stands in the definition."""
    if _KEY.fullmatch(fact.key):
        return Setting(define(fact, context), f"environment.{fact.key}", value, rule)
    return _wired(fact.resource, _set(fact.resource, fact.key, value, context), rule)


def region_variable(fact: Fact[Variable], context: Context) -> Iterator[Piece]:
    """The region: set once for all functions that have the variable."""
    ref, key, region = fact.resource, fact.key, member("backend", "stack.region")
    alike = (v for v in context.graph.facts(Variable) if v.key == key and v.node.kind is ValueKind.REGION)
    functions = [v.resource for v in alike if v.resource in context.selection]
    if ref not in functions or len(functions) == 1:
        yield _wired(ref, _set(ref, key, region, context), "FUN027")
    elif ref == functions[0]:
        every = arr((function_key(each, context) for each in functions), True)
        body = Do(call(member("target", "addEnvironment"), key, region))
        yield Wiring(FEATURE, (ForOf("target", every, (body,)),), "FUN027", order=30)


def computed_variable(fact: Fact[Variable], context: Context) -> Iterator[Piece]:
    """A value that other resources give."""
    ref, value = fact.resource, expression_of(fact.node.value, fact.resource, context)
    if not is_late(ref, fact.node.value, context):
        yield _wired(ref, _set(ref, fact.key, value, context), "FUN022")
    else:
        yield helper("FUN022")
        yield _wired(ref, late_variable(ref, fact.key, value, context), "FUN022")


def secret_variable(fact: Fact[Variable], context: Context) -> Iterator[Piece]:
    """A secret: set once for each branch, and handed to the function as its value."""
    name = secret_name(fact, context)
    value = call(Name("secret", "@aws-amplify/backend"), name)
    if is_bundled(fact.resource, context):
        yield Setting(define(fact, context), f"environment.{fact.key}", value, "FUN023")
    else:
        yield _wired(fact.resource, _set(fact.resource, fact.key, value, context), "FUN024")
    yield Secret(name, f"{fact.key} of the function {fact.resource.name}", "FUN023")


def secret_path_variable(fact: Fact[Variable], context: Context) -> Iterator[Piece]:
    """The path of a secret in Parameter Store, where the source reads it, with the right to do so."""
    name, ref = secret_name(fact, context), fact.resource
    yield Asset(FEATURE, f"{FEATURE}/secrets.ts", _SECRETS.read_text(encoding="utf-8"), "FUN028")
    said = call(Name("setSecretPath", f"amplify:{FEATURE}/secrets"), function_key(ref, context), fact.key, name)
    yield _wired(ref, Do(said), "FUN028")
    yield Secret(name, f"{fact.key} of the function {ref.name}; set it for the branch itself", "FUN028")


def secret_name(fact: Fact[Variable], context: Context) -> str:
    """The variable's name; with the function's before it when another function has a secret of that name."""
    kinds = (ValueKind.SECRET, ValueKind.SECRET_PATH)
    others = (f for f in context.graph.facts(Variable) if f.key == fact.key and f.node.kind in kinds)
    return fact.key if all(f.resource == fact.resource for f in others) else f"{fact.resource.name}_{fact.key}"


def _set(ref: ResourceRef, name: str, value: Expr, context: Context) -> Stmt:
    return Do(call(Member(function_key(ref, context), "addEnvironment"), name, value))


def _wired(ref: ResourceRef, statement: Stmt, rule: str) -> Wiring:
    return Wiring(FEATURE, (statement,), rule, owner=ref, section=ref.name)
