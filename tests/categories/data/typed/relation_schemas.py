"""Schemas with every form of relation, and what becomes of one in short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from migrator.categories.data.sdl import Definition, Directive, Field, merged, parse
from migrator.categories.data.sdl_text import printed, printed_field
from migrator.categories.data.typed.model import Fallback, Patch, PatchKind
from migrator.categories.data.typed.patches import applied
from migrator.categories.data.typed.relations import rewritten

SCHEMAS: Mapping[str, str] = {
    "a list and the way back": """
        type Garden @model @auth(rules: [{allow: private}]) { name: String plants: [Plant] @hasMany }
        type Plant @model @auth(rules: [{allow: private}]) { name: String garden: Garden @belongsTo }""",
    "a list alone": """
        type Garden @model @auth(rules: [{allow: private}]) { plants: [Plant] @hasMany }
        type Plant @model @auth(rules: [{allow: private}]) { name: String garden: String }""",
    "a required list": """
        type Garden @model @auth(rules: [{allow: private}]) { plants: [Plant!]! @hasMany(limit: 20) }
        type Plant @model @auth(rules: [{allow: private}]) { garden: Garden @belongsTo }""",
    "a required way back": """
        type Garden @model @auth(rules: [{allow: private}]) { plants: [Plant] @hasMany(limit: 100) }
        type Plant @model @auth(rules: [{allow: private}]) { garden: Garden! @belongsTo }""",
    "one of another": """
        type Plant @model @auth(rules: [{allow: private}]) { label: Label! @hasOne }
        type Label @model @auth(rules: [{allow: private}]) { text: String }""",
    "one of each other": """
        type Plant @model @auth(rules: [{allow: private}]) { label: Label @hasOne }
        type Label @model @auth(rules: [{allow: private}]) { plant: Plant @belongsTo }""",
    "over a declared field": """
        type Plant @model @auth(rules: [{allow: private}]) { labelId: ID! label: Label @hasOne(fields: ["labelId"]) }
        type Label @model @auth(rules: [{allow: private}]) { text: String }""",
    "over the id of both": """
        type Plant @model @auth(rules: [{allow: private}]) { id: ID! label: Label @hasOne(fields: ["id"]) }
        type Label @model @auth(rules: [{allow: private}]) { id: ID! text: String }""",
    "over an index": """
        type Garden @model @auth(rules: [{allow: private}]) {
          id: ID! plants: [Plant] @hasMany(indexName: "byGarden", fields: ["id"], limit: 50) }
        type Plant @model @auth(rules: [{allow: private}]) { name: String!
          gardenId: ID! @index(name: "byGarden", sortKeyFields: ["name"], queryField: "plantsByGarden")
          garden: Garden @belongsTo(fields: ["gardenId"]) }""",
    "over an index, the way back by itself": """
        type Garden @model @auth(rules: [{allow: private}]) {
          id: ID! plants: [Plant] @hasMany(indexName: "byGarden", fields: ["id"]) }
        type Plant @model @auth(rules: [{allow: private}]) {
          gardenId: ID! @index(name: "byGarden", queryField: null) garden: Garden @belongsTo }""",
    "a key of another type": """
        type Garden @model @auth(rules: [{allow: private}]) {
          number: Int! @primaryKey plants: [Plant] @hasMany }
        type Plant @model @auth(rules: [{allow: private}]) { garden: Garden @belongsTo }""",
    "a key of three parts": """
        type Garden @model @auth(rules: [{allow: private}]) {
          town: String! @primaryKey(sortKeyFields: ["street", "house"]) street: String! house: Int!
          plants: [Plant] @hasMany }
        type Plant @model @auth(rules: [{allow: private}]) { garden: Garden @belongsTo }""",
    "two lists": """
        type Garden @model @auth(rules: [{allow: private}]) { trees: [Plant] @hasMany herbs: [Plant] @hasMany }
        type Plant @model @auth(rules: [{allow: private}]) { a: Garden @belongsTo b: Garden @belongsTo }""",
    "a list and one": """
        type Garden @model @auth(rules: [{allow: private}]) { plants: [Plant] @hasMany oldest: Plant @hasOne }
        type Plant @model @auth(rules: [{allow: private}]) { garden: Garden @belongsTo }""",
    "of itself": """
        type Plant @model @auth(rules: [{allow: private}]) { cuttings: [Plant] @hasMany origin: Plant @belongsTo }""",
    "rules on fields": """
        type Garden @model @auth(rules: [{allow: owner}]) { plants: [Plant] @hasMany }
        type Plant @model @auth(rules: [{allow: owner}]) {
          name: String @auth(rules: [{allow: private}]) garden: Garden @belongsTo @auth(rules: [{allow: owner}]) }""",
    "by references already": """
        type Garden @model @auth(rules: [{allow: private}]) { plants: [Plant] @hasMany(references: ["gardenId"]) }
        type Plant @model @auth(rules: [{allow: private}]) { gardenId: ID
          garden: Garden @belongsTo(references: ["gardenId"], overrideIndexName: "byGarden") }""",
    "many to many": """
        type Plant @model @auth(rules: [{allow: owner}]) {
          id: ID! pests: [Pest!] @manyToMany(relationName: "plantPest") }
        type Pest @model @auth(rules: [{allow: private}]) {
          name: String! @primaryKey(sortKeyFields: ["stage"]) stage: Int!
          plants: [Plant] @manyToMany(relationName: "plantPest", limit: 10) }""",
}
"""Each is accepted by Gen 1's transformer."""


def definitions(text: str) -> tuple[Definition, ...]:
    """A schema as it reaches the module."""
    return merged(parse(text))


def fields(text: str, model: str) -> list[str]:
    """The fields of a model in Gen 2's form."""
    typed, _, _ = rewritten(definitions(text))
    return [printed_field(field) for one in typed if one.name == model for field in one.fields]


def patched(text: str) -> list[tuple[str, str, str]]:
    """The patches: place, and what takes the place of what."""
    _, patches, _ = rewritten(definitions(text))
    return [(patch.place, patch.found, patch.wanted) for patch in patches]


def refused(text: str) -> list[Fallback]:
    """What has no such form."""
    _, _, found = rewritten(definitions(text))
    return list(found)


def gen1_again(text: str) -> str:
    """The patched SDL, printed alike whatever its order."""
    typed, patches, _ = rewritten(definitions(text))
    return sorted_text(parse(applied(_as_emitted(typed), patches)))


def sorted_text(found: tuple[Definition, ...]) -> str:
    """Definitions as text, with fields sorted and without directives that others put in order."""
    kept = (replace(one, directives=(), fields=tuple(sorted(map(_bare, one.fields), key=_name))) for one in found)
    return printed(sorted(kept, key=_name))


def relation_patches(patches: tuple[Patch, ...]) -> list[Patch]:
    """The patches that are made here."""
    return [patch for patch in patches if patch.kind in (PatchKind.RELATION, PatchKind.COUNTERPART)]


def _name(one: Definition | Field) -> str:
    return one.name


def _bare(field: Field) -> Field:
    kept = tuple(Directive(d.name, d.arguments, 0, 0) for d in field.directives if d.name in _RELATIONS)
    return Field(field.name, field.type, kept)


_RELATIONS = ("hasMany", "hasOne", "belongsTo")


def _as_emitted(typed: tuple[Definition, ...]) -> str:
    """The SDL as data-schema prints it, as far as relations go."""
    return "\n\n".join(f"type {one.name} @model\n{{\n{''.join(_lines(one))}}}" for one in typed)


def _lines(model: Definition) -> Iterator[str]:
    for field in model.fields:
        line = f"  {field.name}: {field.type}"
        for directive in field.directives:
            if directive.name in _RELATIONS:
                said = directive.arguments["references"]
                names = ",".join(f'"{name}"' for name in said) if isinstance(said, list) else ""
                line += f" @{directive.name}(references: [{names}])"
        yield f"{line}\n"
