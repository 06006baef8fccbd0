"""Keeping the live tables (`--reuse data`): which branch takes over which tables.

https://docs.amplify.aws/react/build-a-backend/data/ (`migratedAmplifyGen1DynamoDbTableMappings` of `defineData`)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.categories.data.edits import for_gen2
from migrator.categories.data.environments import live_tables
from migrator.categories.data.model import GraphqlSchema
from migrator.categories.data.targets import FEATURE, define
from migrator.categories.data.typed.plan import chosen_plan
from migrator.core.errors import ConversionError, UsageError
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Setting, Source, Task
from migrator.typescript.build import arrow, call, const, member, new, obj
from migrator.typescript.nodes import (
    Arr,
    ArrPattern,
    As,
    Binary,
    Blank,
    Const,
    DocComment,
    Expr,
    If,
    Index,
    Lit,
    Member,
    Name,
    Not,
    Nullish,
    Obj,
    Param,
    Property,
    Return,
    Stmt,
    Template,
    Throw,
    TypeName,
    UnionType,
)

RULE = "DATA250"
_RECORD = "Record"


def table_mappings(fact: Fact[GraphqlSchema], context: Context) -> Iterator[Piece]:
    """`data/tables.ts` with the tables of each branch, and the property that hands them over.

    Raises UsageError when the tables cannot be named, ConversionError when they cannot be taken over.
    """
    tables = live_tables(fact, _models(fact.node, context), context)
    by_branch = _by_branch(tables, context)
    yield Source(FEATURE, "data/tables.ts", _module(by_branch), RULE)
    mappings = call(Name("tableMappings", "amplify:data/tables"))
    yield Setting(define(fact, context), "migratedAmplifyGen1DynamoDbTableMappings", mappings, RULE)
    unknown = [context.branch(env) for env in context.app.environments if env not in tables]
    others = [branch for branch in dict.fromkeys(unknown) if branch not in by_branch]
    if others:
        text = (
            f"`amplify/data/tables.ts` names the tables of the branch {' and '.join(by_branch)} only, because no file "
            f"says the id of the other environments' APIs. Add the other branches that take over tables "
            f"({', '.join(others)}), or convert again with `--api-id ENV=ID` for each environment; until then their "
            "deployment is refused."
        )
        yield Task(FEATURE, text, RULE, fact.resource)


def _models(schema: GraphqlSchema, context: Context) -> tuple[str, ...]:
    """The models with a table of their own: the importer knows a join table only where its model is written out."""
    planned = chosen_plan(for_gen2(schema, {}), context.options.schema)
    written = {definition.name for definition in planned.typed if definition.is_model}
    unknown = [join for join in schema.many_to_many if join not in written]
    if unknown:
        raise ConversionError(
            f"the live tables cannot be kept: the importer does not take join tables ({', '.join(unknown)})",
            hint="With --schema typed each join table has a model, which can be taken over. Where that cannot be, "
            "replace @manyToMany by a model with two relations in Gen 1 and push, or leave --reuse data out.",
        )
    return schema.models


def _by_branch(tables: Mapping[str, Mapping[str, str]], context: Context) -> dict[str, Mapping[str, str]]:
    """The tables by Gen 2 branch. Raises UsageError where two environments would share one."""
    found: dict[str, Mapping[str, str]] = {}
    for env, names in tables.items():
        if (branch := context.branch(env)) in found:
            raise UsageError(
                f"the tables of two environments cannot belong to the branch {branch}",
                hint="Give each environment that takes over tables a branch of its own with --branch-map.",
            )
        found[branch] = names
    return found


def _module(tables: Mapping[str, Mapping[str, str]]) -> tuple[Stmt, ...]:
    string = TypeName("string")
    by_name = TypeName(_RECORD, type_args=(string, string))
    listed = obj({branch: obj(dict(names), expanded=True) for branch, names in tables.items()}, expanded=True)
    parsed = call(member("JSON", "parse"), Nullish(member("process", "env.CDK_CONTEXT_JSON"), Lit("{}")))
    context_type = TypeName(_RECORD, type_args=(string, UnionType((string, TypeName("undefined")))))
    return (
        DocComment(
            "The Gen 1 tables that each branch takes over, by model. `{}` asks for new, empty tables.\n"
            "A sandbox always gets tables of its own."
        ),
        const("tables", listed, type=TypeName(_RECORD, type_args=(string, by_name))),
        Blank(),
        Const("context", As(parsed, context_type)),
        Blank(),
        DocComment(
            "The tables for `defineData`. A branch that is not listed is refused, so that no empty tables take the\n"
            "place of the live ones unnoticed."
        ),
        Const("tableMappings", arrow((), _body()), export=True),
    )


def _body() -> tuple[Stmt, ...]:
    branch = Name("branch")
    in_sandbox = Binary("===", Index(Name("context"), Lit("amplify-backend-type")), Lit("sandbox"))
    unknown = Not(call(member("Object", "hasOwn"), Name("tables"), branch))
    message = Template(("amplify/data/tables.ts names no tables for the branch '", branch, "'. Add them, or {}."))
    pair = Param(ArrPattern(("branchName", "modelNameToTableNameMapping")))
    names = ("branchName", "modelNameToTableNameMapping")
    mapping = Obj(tuple(Property(name, Name(name)) for name in names))
    entries: Expr = call(member("Object", "entries"), Name("tables"))
    return (
        If(in_sandbox, (Return(Arr(())),)),
        const("branch", Nullish(Index(Name("context"), Lit("amplify-backend-name")), Lit(""))),
        If(unknown, (Throw(new(Name("Error"), message)),)),
        Return(call(Member(entries, "map"), arrow((pair,), mapping))),
    )
