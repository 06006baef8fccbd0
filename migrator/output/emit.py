"""Backend to TypeScript modules: one file for each definition, one wiring file for each feature.

amplify/backend.ts              never changes once written: the user's own code goes there
amplify/features.ts             what the backend consists of, and the order in which it is wired
amplify/<feature>/resource.ts   definitions, or amplify/<feature>/<name>/resource.ts
amplify/<feature>/wiring.ts     overrides, grants, environment variables
amplify/references.ts           values of what is not (yet) in this backend, by branch
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from migrator.core.errors import ConversionError
from migrator.core.finding import Finding
from migrator.engine.category import Category
from migrator.engine.context import Context
from migrator.gen2.backend import (
    Asset,
    Backend,
    Definition,
    Override,
    Preamble,
    Properties,
    Setting,
    Source,
    Wiring,
)
from migrator.output.files import OutputFile
from migrator.output.names import AMPLIFY, BACKEND, Names, definition_module
from migrator.output.wiring import WiringFile, feature_rank, property_tree, wiring_file, wiring_order
from migrator.typescript.build import call, const, member, obj
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import (
    Binary,
    Blank,
    Call,
    Comment,
    Const,
    Do,
    DocComment,
    Expr,
    FunctionDecl,
    If,
    Index,
    Lit,
    Module,
    Name,
    New,
    Not,
    Nullish,
    Obj,
    Param,
    Property,
    Return,
    Stmt,
    Template,
    Throw,
    TypeAlias,
    TypeName,
    TypeQuery,
)
from migrator.typescript.printer import print_module
from migrator.typescript.rewrite import rewrite


class Emission(Struct, frozen=True):
    """The files of the backend, what waits for features to come, and findings about values nobody knows."""

    files: tuple[OutputFile, ...]
    deferred: tuple[Wiring, ...]
    references: Mapping[str, str]
    """What `references.ts` holds for the chosen environment; empty values were not known."""
    findings: tuple[Finding, ...]


def emit(backend: Backend, context: Context, categories: Mapping[str, Category]) -> Emission:
    """The backend's files, printed."""
    pieces = backend.pieces
    settings = sorted((p for p in pieces if isinstance(p, Setting)), key=lambda p: p.rule)
    preambles = sorted((p for p in pieces if isinstance(p, Preamble)), key=lambda p: p.rule)
    definitions = _definitions(backend)
    names = Names(definitions, context, categories)
    ready, deferred = _due(backend, names)
    wired = wiring_order(_wiring_files(*_resolved(backend, ready, names)))
    features = tuple(sorted({d.feature for d in definitions} | {w.feature for w in wired}, key=feature_rank))
    together = [tuple(alike) for _, alike in groupby(definitions, key=lambda one: one.file)]
    files = [_definition_file(alike, settings, preambles, names) for alike in together]
    for file in wired:
        text = print_module(names.module(file.path, file.body, wiring=file.feature))
        files.append(OutputFile(f"amplify/{file.path}", text, (file.feature,)))
    files.append(OutputFile("amplify/features.ts", _features_file(definitions, wired, names), features))
    files.append(OutputFile("amplify/backend.ts", print_module(_backend_module()), features))
    if names.references:
        files.append(OutputFile("amplify/references.ts", _references_file(names, context), features))
    files += [_source_file(p, names) for p in pieces if isinstance(p, Source)]
    files += [OutputFile(f"amplify/{p.path}", p.content, (p.feature,)) for p in pieces if isinstance(p, Asset)]
    return Emission(tuple(files), tuple(deferred), names.references, tuple(names.findings))


def _definitions(backend: Backend) -> tuple[Definition, ...]:
    found: dict[tuple[str, str], Definition] = {}
    for piece in backend.pieces:
        if isinstance(piece, Setting | Preamble):
            found.setdefault((piece.definition.file, piece.definition.variable), piece.definition)
        elif isinstance(piece, Definition):
            found[piece.file, piece.variable] = piece
    by_key: dict[str, Definition] = {}
    for definition in found.values():
        other = by_key.setdefault(definition.key, definition)
        if other is not definition:
            raise ConversionError(
                f"{other.resource} and {definition.resource} would both be {other.key} in the backend"
            )
    return tuple(
        sorted(found.values(), key=lambda d: (feature_rank(d.feature), d.file, d.variable != d.feature, d.variable))
    )


def _due(backend: Backend, names: Names) -> tuple[list[Wiring], list[Wiring]]:
    """What can be written now, and what waits for a feature that is not there yet."""
    ready: list[Wiring] = []
    deferred: list[Wiring] = []
    for piece in sorted((p for p in backend.pieces if isinstance(p, Wiring)), key=_place):
        (ready if not piece.deferrable or names.complete(piece.body) else deferred).append(piece)
    return ready, deferred


def _place(wiring: Wiring) -> tuple[int, str, str]:
    return (wiring.order, wiring.section, wiring.rule)


def _resolved(backend: Backend, ready: list[Wiring], names: Names) -> tuple[list[Override], list[Wiring]]:
    """What the wiring files say, with outputs in their places: those may be constants that other features share."""
    overrides = sorted((p for p in backend.pieces if isinstance(p, Override)), key=lambda p: p.rule)
    return (
        [replace(override, value=names.resolved(override.value)) for override in overrides],
        [replace(wiring, body=names.resolved(wiring.body)) for wiring in ready],
    )


def _wiring_files(overrides: list[Override], ready: list[Wiring]) -> list[WiringFile]:
    features = {p.construct.feature for p in overrides} | {p.feature for p in ready}
    files = (
        wiring_file(
            feature,
            [o for o in overrides if o.construct.feature == feature],
            [w for w in ready if w.feature == feature],
        )
        for feature in sorted(features)
    )
    return [file for file in files if file is not None]


def _definition_file(
    definitions: tuple[Definition, ...], settings: list[Setting], preambles: list[Preamble], names: Names
) -> OutputFile:
    """The definitions that stand in one file."""
    file = definitions[0].file
    before = [stmt for p in preambles if p.definition.file == file for stmt in p.body]
    body: list[Stmt] = [*before, *([Blank()] if before else [])]
    for number, definition in enumerate(definitions):
        body += [Blank()] if number else []
        body.append(Const(definition.variable, _defined(definition, settings), export=True))
    return OutputFile(f"amplify/{file}", print_module(names.module(file, tuple(body))), (definitions[0].feature,))


def _defined(definition: Definition, settings: list[Setting]) -> Expr:
    own = (definition.file, definition.variable)
    said = ((s.path, s.value) for s in settings if (s.definition.file, s.definition.variable) == own)
    properties = property_tree(said)
    value = definition.value or Call(definition.factory, (properties,) if properties.props else ())
    return rewrite(value, lambda node: properties if isinstance(node, Properties) else node)


def _source_file(source: Source, names: Names) -> OutputFile:
    text = print_module(names.module(source.path, source.body))
    return OutputFile(f"amplify/{source.path}", text, (source.feature,))


def _features_file(definitions: tuple[Definition, ...], wired: tuple[WiringFile, ...], names: Names) -> str:
    members = tuple(Property(d.key, Name(d.variable, definition_module(d))) for d in definitions)
    needed = {need for file in wired for need in file.needs}
    calls: list[Stmt] = []
    for file in wired:
        made = Call(
            Name(file.function, f"{AMPLIFY}{file.feature}/wiring"),
            (Name("backend"), *(Name(_shared_by(need)) for need in file.needs)),
        )
        calls.append(const(_shared_by(file.feature), made) if file.feature in needed else Do(made))
    backend = TypeName("AmplifyBackend", BACKEND, (TypeQuery(Name("features")),), imported="Backend")
    body: tuple[Stmt, ...] = (
        DocComment("Everything the backend consists of."),
        const("features", Obj(members, expanded=True), export=True),
        Blank(),
        TypeAlias("Backend", backend, export=True),
        Blank(),
        DocComment("Overrides, grants and environment variables, feature by feature."),
        FunctionDecl(
            "wire", (Param("backend", TypeName("Backend")),), tuple(calls), export=True, returns=TypeName("void")
        ),
    )
    return print_module(names.module("features.ts", body))


def _shared_by(feature: str) -> str:
    """The constant for what a feature's wiring hands to later ones; its definition has the feature's own name."""
    return identifier(f"{feature}-wiring")


def _backend_module() -> Module:
    features = "./features"
    return Module(
        (
            const("backend", call(Name("defineBackend", BACKEND), Name("features", features))),
            Do(call(Name("wire", features), Name("backend"))),
            Blank(),
            Comment("Your own changes to the backend go below; migrate does not touch this file again."),
        )
    )


def _references_file(names: Names, context: Context) -> str:
    branch = context.branch(context.app.env or "main")
    string = TypeName("string")
    by_name = TypeName("Record", type_args=(string, string))
    known = dict(sorted(names.references.items()))
    branches = {branch: obj(known, expanded=True)}
    if names.shared and branch != "sandbox":
        kept = {name: value for name, value in known.items() if name in names.shared}
        branches["sandbox"] = obj(kept, expanded=True)
    values = obj(branches, expanded=True)
    entry = Index(Name("values"), Name("branch"))
    body: tuple[Stmt, ...] = (
        DocComment(
            "Values of resources that are not part of this backend, by branch. Add an entry for each branch\n"
            "that you deploy (`sandbox` for sandboxes). An empty value is one that was not known."
        ),
        const("values", values, type=TypeName("Record", type_args=(string, by_name))),
        Blank(),
        DocComment("The value for the branch that is being deployed, or `until` while it is not known."),
        FunctionDecl(
            "reference",
            (Param("name", string), Param("until", default=Lit(""))),
            (
                const("branch", Nullish(member("process", "env.AWS_BRANCH"), Lit("sandbox"))),
                *(_refuse_other_branches() if names.shared else ()),
                Return(Binary("||", Index(entry, Name("name"), optional=True), Name("until"))),
            ),
            export=True,
            returns=string,
        ),
    )
    return print_module(names.module("references.ts", body))


def _refuse_other_branches() -> tuple[Stmt, ...]:
    """Live resources stand on these values: a branch nobody spoke of must not get any by accident."""
    said = Template(("amplify/references.ts has no entry for the branch ", Name("branch")))
    entry = Index(Name("values"), Name("branch"))
    return (If(Not(entry), (Throw(New(Name("Error"), (said,))),)),)
