"""Reading the schema: its files, and everything in it that does not mean the same in Gen 2."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from migrator.categories.data.authorization import (
    cognito_directives,
    half_open,
    is_sandbox,
    places,
    unmarked_operations,
    unmarked_types,
    without_rules,
)
from migrator.categories.data.edits import declared_directives, unusable
from migrator.categories.data.flags import models, owned, touched_by_flags
from migrator.categories.data.model import (
    AuthMode,
    Expiry,
    FunctionUse,
    GraphqlSchema,
    SchemaFile,
    Unconverted,
)
from migrator.categories.data.schema_document import SchemaDocument
from migrator.categories.data.sdl import Definition, SdlError, parse
from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.documents.traced import Source, Traced, absent, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.project import App

LEGACY_DIRECTIVES = ("key", "connection", "versioned")
SECOND_DIRECTIVES = ("belongsTo", "hasMany", "hasOne", "index", "manyToMany", "mapsTo", "primaryKey", "default")
_ENGINE = "engine"


class Schema:
    """The files of a schema and what they define."""

    def __init__(self, entry: Entry) -> None:
        self.documents: dict[str, SchemaDocument] = {}
        self.files: list[SchemaFile] = []
        self.broken = ""
        """What is wrong with the first file that does not parse."""
        self._placed: list[tuple[SchemaDocument, Definition, str]] = []
        for path in _paths(entry):
            text = entry.text(path)
            if text is not None:
                self._add(entry, path, text)

    def _add(self, entry: Entry, path: str, text: str) -> None:
        place = entry.cursor(path).document
        self.files.append(SchemaFile(path, text))
        try:
            definitions = parse(text)
        except SdlError as error:
            self.broken = self.broken or f"{path}: {error.message}"
            where = Location(place.name, "", error.line, error.column)
            hint = "`amplify push` would refuse it too: correct the file, then scan again."
            entry.findings.append(Finding("DATA903", Severity.BLOCKER, f"{error.message}.", where, hint))
            definitions = ()
        document = SchemaDocument(place.path, place.name, text, definitions)
        self.documents[path] = document
        self._placed += [(document, d, key) for key, d in zip(document.keys, definitions, strict=True)]

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The definitions of all files."""
        return tuple(definition for _, definition, _ in self._placed)

    @property
    def legacy(self) -> tuple[str, ...]:
        """Directives that only transformer 1 knows."""
        return self._used(LEGACY_DIRECTIVES)

    @property
    def second(self) -> tuple[str, ...]:
        """Directives that only transformer 2 knows."""
        return self._used(SECOND_DIRECTIVES)

    def _used(self, names: tuple[str, ...]) -> tuple[str, ...]:
        found = (d.name for one in self.definitions for _, ds in places(one) for d in ds if d.name in names)
        return tuple(dict.fromkeys(found))

    @property
    def is_sql(self) -> bool:
        """Whether `input AMPLIFY { engine: String = "mysql" ... }` binds the models to an SQL database."""
        return any(d.name == "AMPLIFY" and d.field(_ENGINE) for d in self.definitions)

    def traced(self, names: Iterable[str], directive: str = "") -> Traced[tuple[str, ...]]:
        """Names of types or fields, with their places (or those of a directive on them)."""
        listed = tuple(dict.fromkeys(names))
        return Traced(listed, tuple(s for name in listed for s in self._sources(name, directive)))

    def _sources(self, name: str, directive: str) -> Iterator[Source]:
        type_name, _, field = name.partition(".")
        for document, definition, key in self._placed:
            if definition.name == type_name and (not field or definition.field(field)):
                pointer = (key, "fields", field) if field else (key,)
                yield Source(document, (*pointer, f"@{directive}") if directive else pointer)

    @property
    def everything(self) -> Traced[None]:
        """All places."""
        return Traced(None, tuple(Source(document, ()) for document in self.documents.values()))


def _paths(entry: Entry) -> tuple[str, ...]:
    """A single file wins over a folder, as in the Gen 1 CLI."""
    return entry.files("schema.graphql") or entry.files("schema/*.graphql")


def unconverted(schema: Schema) -> Unconverted | None:
    """Why the API cannot be converted; None when it can."""
    if not schema.files:
        return Unconverted.MISSING
    if schema.broken:
        return Unconverted.BROKEN
    if schema.legacy and schema.second:
        return Unconverted.LEGACY
    return Unconverted.SQL if schema.is_sql else None


def schema_fact(
    entry: Entry, app: App, schema: Schema, mode: AuthMode, files: tuple[SchemaFile, ...], transformer: Traced[int]
) -> Fact[GraphqlSchema]:
    """The schema, with the default mode that what says nothing belongs to.

    `files` are in the words of transformer 2, whichever the documents are written for.
    """
    definitions = tuple(definition for file in files for definition in parse(file.text))
    sandbox = is_sandbox(definitions)
    closed = [d.name for d in without_rules(definitions)]
    joins = _join_tables(definitions)
    values: dict[str, Traced[Any]] = {
        "files": traced(files, schema.everything),
        "transformer": transformer,
        "default_mode": absent(mode),
        "models": absent((*(d.name for d in models(definitions)), *joins)),
        **_functions(schema, app),
        "owners": absent(tuple(dict.fromkeys(owned(definitions)))),
        "sandbox": schema.traced(["AMPLIFY"]).map(lambda _: True) if sandbox else absent(False),
        "open_to_all": absent(tuple(closed) if sandbox else ()),
        "closed": absent(() if sandbox else tuple(closed)),
        "half_open": schema.traced((d.name for d in half_open(definitions, mode)), "auth"),
        "unmarked_fields": absent(tuple(f"{d.name}.{f.name}" for d, f in unmarked_operations(definitions))),
        "unmarked_types": absent(tuple(d.name for d in unmarked_types(definitions))),
        "cognito_only": schema.traced((place for place, _ in cognito_directives(definitions)), "aws_auth"),
        "searchable": schema.traced((d.name for d in definitions if d.directive("searchable")), "searchable"),
        "predictions": schema.traced(_with(definitions, lambda name: name == "predictions"), "predictions"),
        "many_to_many": absent(joins),
        "expiry": _expiry(schema),
        "unknown": _unknown(schema, definitions),
        **touched_by_flags(app, definitions, transformer.value),
    }
    return fact(GraphqlSchema, entry.ref, "schema", values)


def _with(definitions: Iterable[Definition], wanted: Callable[[str], bool]) -> Iterator[str]:
    for definition in definitions:
        for place, directives in places(definition):
            if any(wanted(d.name) for d in directives):
                yield place


def _unknown(schema: Schema, definitions: tuple[Definition, ...]) -> Traced[tuple[str, ...]]:
    declared = declared_directives(definitions)
    found = [(p, d.name) for one in definitions for p, d in unusable(one, declared)]
    found = [(place, name) for place, name in found if name not in ("ttl", "predictions")]
    sources = tuple(s for place, name in found for s in schema.traced((place,), name).sources)
    return Traced(tuple(f"@{name} on {place}" for place, name in found), sources)


def _expiry(schema: Schema) -> Traced[tuple[Expiry, ...]]:
    """`@ttl` of the package graphql-ttl-transformer."""
    names = [p for p in _with(schema.definitions, lambda name: name == "ttl") if "." in p]
    return schema.traced(names, "ttl").map(lambda places_: tuple(Expiry(*p.split(".", 1)) for p in places_))


def _join_tables(definitions: Iterable[Definition]) -> tuple[str, ...]:
    """Models that `@manyToMany` makes."""
    names = (
        re.sub(r"[^_0-9A-Za-z]", "", str(relation.arguments.get("relationName")))
        for model in models(definitions)
        for field in model.fields
        if (relation := field.directive("manyToMany")) and relation.arguments.get("relationName")
    )
    return tuple(dict.fromkeys(name[:1].upper() + name[1:] for name in names))


def _functions(schema: Schema, app: App) -> Mapping[str, Traced[Any]]:
    found = [
        FunctionUse(f"{definition.name}.{field.name}", name)
        for definition in schema.definitions
        for field in definition.fields
        for directive in field.directives
        if directive.name == "function" and isinstance(name := directive.arguments.get("name"), str)
    ]
    known = deployed_names(app) if found else {}
    folded = {name.lower(): resource for name, resource in known.items()}
    uses: list[FunctionUse] = []
    misspelt: list[str] = []
    for use in found:
        name = use.name.replace("${env}", app.env or "${env}")
        called = known.get(name) or folded.get(name.lower(), "")
        uses.append(replace(use, resource=called))
        misspelt += [f"{use.field} ({use.name}, meaning {called})"] if called and name not in known else []
    outside = tuple(f"{use.field} ({use.name})" for use in uses if not use.resource)
    return {"functions": absent(tuple(uses)), "outside": absent(outside), "misspelt": absent(tuple(misspelt))}


def deployed_names(app: App) -> Mapping[str, str]:
    """The project's functions, by the names under which they are deployed."""
    found: dict[str, str] = {}
    for entry in app.of("function", "Lambda"):
        template = entry.template()
        function = next(template.resources("AWS::Lambda::Function"), None) if template else None
        if function:
            found[f"{entry.ref.name}-{app.env or '${env}'}"] = entry.ref.name
            found[function.properties.get("FunctionName").text().value] = entry.ref.name
    return found
