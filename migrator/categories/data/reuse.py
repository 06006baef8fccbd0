"""Keeping the live tables (`--reuse data`): which branch takes over which tables.

https://docs.amplify.aws/react/build-a-backend/data/ (`migratedAmplifyGen1DynamoDbTableMappings` of `defineData`)
"""

from __future__ import annotations

from collections.abc import Iterator

from migrator.categories.data.model import GraphqlSchema, ModelTable
from migrator.categories.data.targets import FEATURE, define
from migrator.core.errors import ConversionError, UsageError
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Piece, Setting, Task
from migrator.typescript.build import arrow, call, const, member, new, obj
from migrator.typescript.nodes import (
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
    Module,
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
    from migrator.typescript.printer import print_module  # emission needs it, reading does not

    _refuse(fact.node)
    branch, tables = _tables(fact, context)
    module = print_module(Module(_module({branch: tables})))
    yield Asset(FEATURE, "data/tables.ts", module, RULE)
    mappings = call(Name("tableMappings", "amplify:data/tables"))
    yield Setting(define(fact, context), "migratedAmplifyGen1DynamoDbTableMappings", mappings, RULE)
    others = [env for env in context.app.environments if env != context.app.env]
    if others:
        names = ", ".join(context.branch(env) for env in others)
        text = (
            f"`amplify/data/tables.ts` names the tables of the branch {branch} only. Add the other branches that take "
            f"over tables ({names}) with the id of each environment's API; until then their deployment is refused."
        )
        yield Task(FEATURE, text, RULE, fact.resource)


def _refuse(schema: GraphqlSchema) -> None:
    if schema.many_to_many:
        joins = ", ".join(schema.many_to_many)
        raise ConversionError(
            f"the live tables cannot be kept: the importer does not take join tables ({joins})",
            hint="Replace @manyToMany by a model with two relations in Gen 1 and push, or leave --reuse data out.",
        )


def _tables(fact: Fact[GraphqlSchema], context: Context) -> tuple[str, dict[str, str]]:
    app = context.app
    entry = app.entry(fact.resource)
    api = context.options.api_id or (entry.output("GraphQLAPIIdOutput").value if entry else "")
    if not api:
        raise UsageError(
            f"the live tables of {fact.resource} are named after the id of its API, which no file says",
            hint="Give it with --api-id (AppSync console, or `aws appsync list-graphql-apis`).",
        )
    if not app.env:
        raise UsageError(
            f"the live tables of {fact.resource} are named after their environment, which no file says",
            hint="Name it with --env.",
        )
    known = {one.node.model: one.node.name for one in context.graph.facts(ModelTable, fact.resource)}
    names = {model: known.get(model) or f"{model}-{api}-{app.env}" for model in fact.node.models}
    return context.branch(app.env), names


def _module(tables: dict[str, dict[str, str]]) -> tuple[Stmt, ...]:
    string = TypeName("string")
    by_name = TypeName(_RECORD, type_args=(string, string))
    listed = obj({branch: obj(names, expanded=True) for branch, names in tables.items()}, expanded=True)
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
    branch_deployment = Binary("!==", Index(Name("context"), Lit("amplify-backend-type")), Lit("sandbox"))
    unknown = Not(Binary("in", branch, Name("tables")))
    message = Template(("amplify/data/tables.ts names no tables for the branch '", branch, "'. Add them, or {}."))
    pair = Param(ArrPattern(("branchName", "modelNameToTableNameMapping")))
    names = ("branchName", "modelNameToTableNameMapping")
    mapping = Obj(tuple(Property(name, Name(name)) for name in names))
    entries: Expr = call(member("Object", "entries"), Name("tables"))
    error = Throw(new(Name("Error"), message))
    return (
        const("branch", Nullish(Index(Name("context"), Lit("amplify-backend-name")), Lit(""))),
        If(Binary("&&", branch_deployment, unknown), (error,)),
        Return(call(Member(entries, "map"), arrow((pair,), mapping))),
    )
