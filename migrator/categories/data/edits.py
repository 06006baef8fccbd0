"""What changes in the text of a schema: a few insertions, so that everything else stays as its author wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from migrator.categories.data.authorization import (
    DIRECTIVES,
    cognito_directives,
    is_amplify_input,
    is_sandbox,
    places,
    unmarked_operations,
    unmarked_types,
    without_rules,
)
from migrator.categories.data.flags import indexes, models, partial, rules
from migrator.categories.data.model import AuthMode, GraphqlSchema, SchemaFile
from migrator.categories.data.sdl import Definition, Directive, Field, merged, parse
from migrator.categories.data.sdl_text import printed, printed_field
from migrator.categories.data.typed.joins import JoinFlags, joined

_AUTHORIZATION = ("auth", "aws_api_key", "aws_auth", "aws_cognito_user_pools", "aws_iam", "aws_lambda", "aws_oidc")
_MODELS = ("belongsTo", "default", "hasMany", "hasOne", "index", "manyToMany", "model", "primaryKey", "validate")
_NAMES = ("canonical", "hidden", "mapsTo", "refersTo", "renamed")
_RESOLVERS = ("aws_publish", "aws_subscribe", "function", "http", "predictions", "searchable", "sql")
KNOWN = frozenset((*_AUTHORIZATION, *_MODELS, *_NAMES, *_RESOLVERS, "deprecated", "specifiedBy"))
"""Directives of GraphQL, AppSync and Gen 2's transformers."""
REFUSED = frozenset({"predictions"})
"""Known, but nothing that `defineData` can be given satisfies them."""


class Edit(Struct, frozen=True):
    """A part of the text, from `start` to `end`, and what takes its place."""

    start: int
    end: int
    text: str = ""


class Changes(Struct, frozen=True):
    """What is to be changed besides authorization: attributes of `GraphqlSchema` that are not empty."""

    owners: bool = False
    indexes: bool = False
    operations: bool = False
    functions: Mapping[str, str] = {}
    """Names in `@function` to the names that take their places."""
    joins: JoinFlags = JoinFlags()
    """Where they are not Gen 2's, join tables are written out as models."""


def for_gen2(schema: GraphqlSchema, functions: Mapping[str, str] | None = None) -> tuple[SchemaFile, ...]:
    """The files of a schema with what Gen 2 needs said; `functions` are names in `@function` that change."""
    changes = Changes(
        owners=bool(schema.owners_by_username),
        indexes=bool(schema.indexes_without_query),
        operations=bool(schema.partial_operations),
        functions=functions or {},
        joins=JoinFlags(own_keys=not schema.short_joins, queries=not schema.join_queries),
    )
    return edited(schema.files, schema.default_mode, changes)


def edited(files: Iterable[SchemaFile], mode: AuthMode, changes: Changes) -> tuple[SchemaFile, ...]:
    """The files with what Gen 2 needs said."""
    listed = tuple(files)
    parsed = [parse(file.text) for file in listed]
    together = tuple(definition for definitions in parsed for definition in definitions)
    wanted = (*_edits(together, mode, changes), *_joins(together, changes.joins))
    found = []
    for file, definitions in zip(listed, parsed, strict=True):
        own = [edit for owner, edit in wanted if any(owner is d for d in definitions)]
        found.append(SchemaFile(file.path, apply(file.text, own)))
    return tuple(found)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made; insertions at one place keep their order."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        start, end = (edit.start, edit.end) if edit.text else _removal(text, edit)
        parts += [text[at:start], edit.text]
        at = end
    return "".join((*parts, text[at:]))


def _removal(text: str, edit: Edit) -> tuple[int, int]:
    """What goes with a removal: the blanks before it; when nothing is left of the line, the line and its comments."""
    start = len(text[: edit.start].rstrip(" \t"))
    line_end = text.find("\n", edit.end)
    line_end = len(text) if line_end < 0 else line_end + 1
    rest = text[edit.end : line_end].strip()
    if (start and text[start - 1] != "\n") or (rest and not rest.startswith("#")):
        return start, edit.end
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        if not text[above:start].lstrip().startswith("#"):
            break
        start = above
    return start, line_end


def _edits(definitions: tuple[Definition, ...], mode: AuthMode, changes: Changes) -> Iterator[tuple[Definition, Edit]]:
    yield from _authorization(definitions, mode)
    declared = declared_directives(definitions)
    for definition in definitions:
        for _, directive in unusable(definition, declared):
            yield definition, Edit(directive.start, directive.end)
        if changes.functions:
            yield from ((definition, edit) for edit in _renamed(definition, changes.functions))
    for model in models(definitions):
        if changes.owners:
            yield from ((model, edit) for edit in _owners(model))
        if changes.indexes:
            yield from ((model, edit) for edit in _indexes(model))
        if changes.operations:
            yield from ((model, edit) for edit in _operations(model))


def _authorization(definitions: tuple[Definition, ...], mode: AuthMode) -> Iterator[tuple[Definition, Edit]]:
    own = DIRECTIVES.get(mode, "")
    for root, field in unmarked_operations(definitions):
        said = " ".join(f"@{d.name}" for d in root.directives if d.name.startswith("aws_")) or own
        if said:
            yield root, Edit(field.end, field.end, f" {said}")
    for definition in unmarked_types(definitions) if own else ():
        yield definition, Edit(definition.head, definition.head, f" {own}")
    if is_sandbox(definitions):
        for model in without_rules(definitions):
            yield model, Edit(model.head, model.head, " @auth(rules: [{ allow: public }])")
    for definition in definitions:
        if is_amplify_input(definition):
            yield definition, Edit(definition.start, definition.end)
        for _, directive in cognito_directives((definition,)):
            name = directive.start + len("@aws_auth")
            yield definition, Edit(directive.start, name, "@aws_cognito_user_pools")


def declared_directives(definitions: Iterable[Definition]) -> frozenset[str]:
    """Directives that the schema itself declares."""
    return frozenset(d.name for d in definitions if d.kind == "directive")


def unusable(definition: Definition, declared: frozenset[str]) -> Iterator[tuple[str, Directive]]:
    """Directives that would make Gen 2 refuse the schema, with their places."""
    for place, directives in places(definition):
        for directive in directives:
            if directive.name not in KNOWN - REFUSED and directive.name not in declared:
                yield place, directive


def _renamed(definition: Definition, names: Mapping[str, str]) -> Iterator[Edit]:
    for field in definition.fields:
        for directive in field.directives:
            name = directive.arguments.get("name")
            if directive.name == "function" and isinstance(name, str) and name in names:
                yield Edit(*directive.places["name"], json.dumps(names[name]))


def _owners(model: Definition) -> Iterator[Edit]:
    """`identityClaim: "username"` for rules that rely on the flag's value."""
    holders: tuple[Definition | Field, ...] = (model, *model.fields)
    for holder in holders:
        auth = holder.directive("auth")
        for rule, end in zip(rules(holder), auth.ends.get("rules", ()) if auth else (), strict=False):
            if rule.get("allow") == "owner" and not rule.get("identityClaim"):
                yield Edit(end, end, ', identityClaim: "username"')


def _indexes(model: Definition) -> Iterator[Edit]:
    """`queryField: null` for indexes that had no query."""
    for _, index in indexes(model):
        if "queryField" in index.arguments:
            continue
        if index.arguments:
            last = max(end for _, end in index.places.values())
            yield Edit(last, last, ", queryField: null")
        else:
            end = index.start + len("@index")
            yield Edit(end, index.end, "(queryField: null)")


def _joins(definitions: tuple[Definition, ...], flags: JoinFlags) -> Iterator[tuple[Definition, Edit]]:
    """Join tables of `@manyToMany` as models, where a flag gives them other names than Gen 2 would."""
    if flags == JoinFlags():
        return
    explicit, _ = joined(merged(definitions), flags)
    parts = {d.name: [one for one in definitions if one.name == d.name] for d in explicit}
    last = definitions[-1]
    for definition in explicit:
        if not (own := parts[definition.name]):
            yield last, Edit(last.end, last.end, f"\n\n{printed([definition]).strip()}")
            continue
        known = {field.name: (one, field) for one in own for field in one.fields}
        for field in definition.fields:
            if field.name not in known:
                first = own[0].fields[0]
                yield own[0], Edit(first.start, first.start, f"{printed_field(field)}\n  ")
            elif known[field.name][1].directive("manyToMany") and not field.directive("manyToMany"):
                owner, old = known[field.name]
                yield owner, Edit(old.start, old.end, printed_field(field))


def _operations(model: Definition) -> Iterator[Edit]:
    """`list: null` and the like for operations that Gen 1 left out because others were named."""
    directive = model.directive("model")
    for argument, missing in partial(model).items():
        for end in directive.ends.get(argument, ()) if directive else ():
            before = ", " if directive and directive.arguments[argument] else ""
            yield Edit(end, end, before + ", ".join(f"{name}: null" for name in missing))
