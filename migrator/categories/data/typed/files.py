"""A planned schema as the files of `amplify/data/`.

schema.ts           `a.schema`; when it is large, of models/, enums.ts, types.ts and operations.ts
deployed.ts         where there are patches or a rest: what reaches `defineData`
patch.ts            the function that patches
schema.graphql      the rest, which stays SDL
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path

from migrator.categories.data.sdl import Definition
from migrator.categories.data.targets import FEATURE
from migrator.categories.data.typed.code import Member, members
from migrator.categories.data.typed.model import Patch, PatchKind, Plan
from migrator.categories.data.typed.patches import written
from migrator.gen2.backend import Asset, Piece, Source
from migrator.typescript.build import arrow, call, const, member, new, obj
from migrator.typescript.identifiers import RESERVED
from migrator.typescript.nodes import (
    Arr,
    ArrayType,
    Blank,
    Comment,
    Const,
    DocComment,
    Expr,
    Lit,
    Name,
    Obj,
    Property,
    Return,
    Spread,
    Stmt,
    TypeName,
)
from migrator.typescript.nodes import Member as Access

RULE = "DATA100"
SCHEMA = "amplify:data/schema"
DEPLOYED = "amplify:data/deployed"
LARGE = 200
"""Fields and enum values from which on a schema is split into files."""
_BACKEND = "@aws-amplify/backend"

WORDS: Mapping[PatchKind, str] = {
    PatchKind.SEARCHABLE: "Full-text search",
    PatchKind.MODEL: "Names of operations, timestamps and the like",
    PatchKind.RELATION: "Relations over the foreign keys and indexes that the tables have",
    PatchKind.COUNTERPART: "The other sides of relations, which only `a.schema` asks for",
    PatchKind.CLOSED: "Models that nobody may reach",
    PatchKind.OPERATION: "Resolvers and callers of operations",
    PatchKind.FUNCTION: "Fields with resolvers of their own",
    PatchKind.NAME: "Other names of tables",
    PatchKind.DEPRECATED: "What is deprecated",
    PatchKind.INPUT: "Types that are there only to make inputs of them",
    PatchKind.TYPE_ACCESS: "Who may read types that are no models",
    PatchKind.IDENTIFIER: "Ids that are declared, but no keys of their own",
    PatchKind.DEFAULT: "Defaults of enums and of keys",
    PatchKind.RULE: "Rules of another form",
    PatchKind.FIELD: "Fields that the client has no types for",
}


def schema_name(plan: Plan) -> Name:
    """The constant that reaches `defineData`."""
    return Name("deployed", DEPLOYED) if plan.patches or plan.rest else Name("schema", SCHEMA)


def typed_files(plan: Plan, rest: str, functions: Mapping[str, Expr]) -> Iterator[Piece]:
    """The files; `rest` is the text that stays SDL, `functions` are definitions by the names in `@function`."""
    made = members(plan.typed, functions)
    large = sum(len(d.fields) + len(d.values) for d in plan.typed) > LARGE
    yield from _split(plan, made) if large else (Source(FEATURE, "data/schema.ts", _schema(made), RULE),)
    if plan.patches or plan.rest:
        yield Source(FEATURE, "data/deployed.ts", tuple(_deployed(plan)), RULE)
    if plan.patches:
        yield Asset(FEATURE, "data/patch.ts", Path(__file__).with_name("patch.ts").read_text("utf-8"), RULE)
    if plan.rest:
        yield Asset(FEATURE, "data/schema.graphql", rest, RULE)


def _a_schema(props: Iterable[Property | Comment]) -> Stmt:
    made = call(Access(Name("a", _BACKEND), "schema"), Obj(tuple(props), expanded=True))
    return const("schema", made, export=True)


def _schema(made: Iterable[Member]) -> tuple[Stmt, ...]:
    return (_a_schema(prop for one in made for prop in _property(one, one.value)),)


def _property(one: Member, value: Expr) -> Iterator[Property | Comment]:
    if one.notes:
        yield Comment("\n".join(one.notes))
    yield Property(one.name, value)


def _split(plan: Plan, made: tuple[Member, ...]) -> Iterator[Piece]:
    """One file for each model, one for all enums, one for all other types and one for the operations."""
    kinds = {definition.name: _file(definition) for definition in plan.typed}
    names = {"a", "schema"}
    props: list[Property] = []
    files: dict[str, list[Stmt]] = {}
    for one in made:
        file = kinds.get(one.name, "operations")
        variable = _variable(one.name, names)
        body = files.setdefault(file, [])
        body += [Blank()] if body else []
        body += [DocComment("\n".join(one.notes))] if one.notes else []
        body.append(const(variable, one.value, export=True))
        props.append(Property(one.name, Name(variable, f"amplify:data/{file}")))
    for file, statements in files.items():
        yield Source(FEATURE, f"data/{file}.ts", tuple(statements), RULE)
    yield Source(FEATURE, "data/schema.ts", (_a_schema(props),), RULE)


def _file(definition: Definition) -> str:
    if definition.is_model:
        return f"models/{definition.name}"
    return "enums" if definition.kind == "enum" else "types"


def _variable(name: str, taken: set[str]) -> str:
    """The name itself where TypeScript takes it for a variable."""
    variable = name
    while variable in taken or variable in RESERVED:
        variable += "_"
    taken.add(variable)
    return variable


def _deployed(plan: Plan) -> Iterator[Stmt]:
    if plan.patches:
        yield DocComment("What `a.schema` has no words for, put into the SDL that it makes.")
        listed = ArrayType(TypeName("Patch", "amplify:data/patch"))
        yield const("patches", Arr(tuple(_patches(plan.patches)), expanded=True), type=listed)
        yield Blank()
    if plan.rest:
        yield DocComment("Types and operations that `a.schema` has no words for.")
        url = new(Name("URL"), "./schema.graphql", member("import", "meta.url"))
        yield const("rest", call(Name("readFileSync", "node:fs"), url, "utf8"))
        yield Blank()
    yield DocComment("The schema as it is deployed.")
    schema = Name("schema", SCHEMA)
    made = Name("made")
    text: Expr = Access(made, "schema")
    if plan.patches:
        text = call(Name("patched", "amplify:data/patch"), text, Name("patches"))
    if plan.rest:
        text = call(Access(Arr((text, Name("rest"))), "join"), Lit("\n"))
    result = Obj((Spread(made), Property("schema", text)))
    transform = arrow((), (const("made", call(Access(schema, "transform"))), Return(result)))
    yield Const("deployed", Obj((Spread(schema), Property("transform", transform)), expanded=True), export=True)


def _patches(patches: tuple[Patch, ...]) -> Iterator[Expr | Comment]:
    """The patches, with a heading for each kind."""
    for kind, group in groupby(patches, lambda patch: patch.kind):
        yield Comment(WORDS[kind])
        for patch in group:
            yield obj(written(patch))
