"""Modes, schema and functions: what a property map cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname
from typing import Any

from migrator.categories.data.edits import for_gen2
from migrator.categories.data.model import AuthMode, GraphqlApi, GraphqlSchema, SchemaFile
from migrator.categories.data.targets import FEATURE, cfn_graphql_api, define
from migrator.categories.data.typed.model import Plan, Style
from migrator.categories.data.typed.plan import chosen_plan
from migrator.categories.data.typed.rest import rest_text
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Asset, Definition, DefinitionOf, Override, Piece, Preamble, Setting
from migrator.gen2.cdk import property_name, property_value
from migrator.typescript.build import arrow, call, const, member, new, obj
from migrator.typescript.nodes import (
    Blank,
    Call,
    Expr,
    Lit,
    Member,
    Name,
    Obj,
    Property,
    Spread,
    Stmt,
    TypeAlias,
    TypeName,
    TypeQuery,
)

_WORDS = {
    AuthMode.API_KEY: "apiKey",
    AuthMode.USER_POOL: "userPool",
    AuthMode.IAM: "identityPool",
    AuthMode.OIDC: "oidc",
    AuthMode.LAMBDA: "lambda",
}


def default_mode(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """The mode of what says nothing. The further modes follow from their own settings, and from `defineAuth`."""
    path = "authorizationModes.defaultAuthorizationMode"
    yield Setting(define(fact, context), path, Lit(_WORDS[fact.node.default_mode]), "DATA150")


def authorizer(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """The function of the Lambda mode."""
    function = DefinitionOf(ResourceRef("function", fact.node.authorizer.function))
    yield Setting(define(fact, context), "authorizationModes.lambdaAuthorizationMode.function", function, "DATA163")


def other_properties(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """Properties of the API that only an override sets, one by one."""
    for name, value in fact.node.other.items():
        yield Override(cfn_graphql_api(fact, context), property_name(name), property_value(value), "DATA036")


def logging(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """Requests in CloudWatch; the role and the log group are Gen 2's own, and nothing in it expires, as in Gen 1."""
    said = fact.node.logging
    values: dict[str, Any] = {
        "fieldLogLevel": str(said.get("FieldLogLevel", "NONE")).lower(),
        "excludeVerboseContent": said.get("ExcludeVerboseContent") is True,
        "retention": "infinite",
    }
    yield Setting(define(fact, context), "logging", obj(values), "DATA171")


def schema(fact: Fact[GraphqlSchema], context: Context) -> Iterator[Piece]:
    """The schema's files beside `resource.ts`, and the properties that hand it over."""
    files = for_gen2(fact.node, outside_names(fact, context))
    planned = chosen_plan(files, context.options.schema)
    if planned.style is Style.SDL:
        yield from _as_sdl(files, define(fact, context))
    else:
        yield from _as_typescript(planned, files, fact, context)


def _as_typescript(
    planned: Plan, files: tuple[SchemaFile, ...], fact: Fact[GraphqlSchema], context: Context
) -> Iterator[Piece]:
    from migrator.categories.data.typed.files import SCHEMA, schema_name, typed_files  # where there is a schema

    rest = rest_text([file.text for file in files], planned.rest, planned.typed) if planned.rest else ""
    yield from typed_files(planned, rest, {name: one for name, _, one in _called(fact, context)})
    definition = define(fact, context)
    types = TypeName("ClientSchema", "@aws-amplify/backend", (TypeQuery(Name("schema", SCHEMA)),))
    yield Preamble(definition, (TypeAlias("Schema", types, export=True),), "DATA100")
    handed: Expr = schema_name(planned)
    if "data" in context.options.reuse:
        # Live tables are taken over only by a schema that is handed over as text.
        yield Preamble(definition, (Blank(), const("made", call(Member(handed, "transform")))), "DATA100")
        handed = member("made", "schema")
    yield Setting(definition, "schema", handed, "DATA100")


def _as_sdl(files: tuple[SchemaFile, ...], definition: Definition) -> Iterator[Piece]:
    for file in files:
        yield Asset(FEATURE, f"data/{file.path}", file.text, "DATA100")
    if len(files) == 1 and "/" not in files[0].path:
        yield Setting(definition, "schema", _read_text(Lit(f"./{files[0].path}")), "DATA100")
    else:
        nested = any(dirname(file.path) != "schema" for file in files)
        yield Preamble(definition, _read_folder(nested), "DATA100")
        yield Setting(definition, "schema", Name("schema"), "DATA100")


def outside_names(fact: Fact[GraphqlSchema], context: Context) -> dict[str, str]:
    """Functions that this backend does not have keep the name of the live one, with Gen 1's environment in it."""
    env = context.app.env
    names = {use.name for use in fact.node.functions if not _converted(use.resource, context)}
    return {name: name.replace("${env}", env) for name in sorted(names) if env and "${env}" in name}


def _converted(function: str, context: Context) -> bool:
    return bool(function) and context.converted(ResourceRef("function", function))


def _url(path: Expr, base: Expr | None = None) -> Expr:
    return new(Name("URL"), path, base or member("import", "meta.url"))


def _read_text(path: Expr, base: Expr | None = None) -> Expr:
    return call(Name("readFileSync", "node:fs"), _url(path, base), "utf8")


def _read_folder(nested: bool) -> tuple[Stmt, ...]:
    """`const schema = readdirSync(folder).sort().map(...).join('\\n')`."""
    folder = Name("folder")
    options = [obj({"recursive": True, "encoding": "utf8"})] if nested else []
    names: Expr = call(Name("readdirSync", "node:fs"), folder, *options)
    if nested:
        graphql = arrow("file", call(Member(Name("file"), "endsWith"), ".graphql"))
        names = Call(Member(names, "filter"), (graphql,))
    sorted_names = Call(Member(names, "sort"))
    texts = Call(Member(sorted_names, "map"), (arrow("file", _read_text(Name("file"), folder)),))
    return const("folder", _url(Lit("./schema/"))), const("schema", call(Member(texts, "join"), "\n"))


def functions(fact: Fact[GraphqlSchema], context: Context) -> Iterator[Piece]:
    """`functions: { 'resize-${env}': resize }`: the keys are the names as the SDL writes them.

    Operations of `a.schema` refer to their functions themselves.
    """
    planned = chosen_plan(for_gen2(fact.node, outside_names(fact, context)), context.options.schema)
    typed = planned.operations_by_function if planned.style is not Style.SDL else frozenset()
    said = {name: one for name, field, one in _called(fact, context) if field not in typed}
    props: list[Property | Spread] = [Property(name, one) for name, one in said.items()]
    if typed and "data" in context.options.reuse:
        props.insert(0, Spread(member("made", "lambdaFunctions")))
    if props:
        yield Setting(define(fact, context), "functions", Obj(tuple(props)), "DATA101")


def _called(fact: Fact[GraphqlSchema], context: Context) -> tuple[tuple[str, str, DefinitionOf], ...]:
    """Functions of the backend: the name in the schema, the field, the definition."""
    return tuple(
        (use.name, use.field, DefinitionOf(ResourceRef("function", use.resource)))
        for use in fact.node.functions
        if _converted(use.resource, context)
    )
