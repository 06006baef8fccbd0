"""Fields as TypeScript: `a.string().required()`, `a.ref('Status')`, `a.hasMany('Comment', 'postCommentsId')`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from migrator.categories.data.sdl import Definition, Directive, Field, Typed
from migrator.categories.data.typed.emitted import escaped
from migrator.categories.data.typed.keys import strings
from migrator.categories.data.typed.rule_code import authorized
from migrator.documents.document import Json
from migrator.typescript.build import call
from migrator.typescript.nodes import Comment, Expr, Member, Name, Obj, Property

A = Name("a", "@aws-amplify/backend")
SCALARS: Mapping[str, str] = {
    "ID": "id",
    "String": "string",
    "Int": "integer",
    "Float": "float",
    "Boolean": "boolean",
    "AWSDate": "date",
    "AWSTime": "time",
    "AWSDateTime": "datetime",
    "AWSTimestamp": "timestamp",
    "AWSEmail": "email",
    "AWSJSON": "json",
    "AWSPhone": "phone",
    "AWSURL": "url",
    "AWSIPAddress": "ipAddress",
}
"""AppSync's scalars, and how `a` calls them."""
RELATIONS = ("hasMany", "hasOne", "belongsTo")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")
_DIRECTIVE = re.compile(
    r"\W*(?:@|#\s*(?:source|region|endregion)|<\s*(?:reference|amd)"
    r"|(?:eslint|tslint|jshint|jslint|prettier|biome|deno|dprint|oxlint|istanbul|c8|v8)\b)",
    re.IGNORECASE,
)
"""How comments begin that tools take for orders."""


def notes(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines of comments as lines that no tool takes for an order: `@ts-ignore` is put in quotes."""
    split = (part.strip() for line in lines for part in line.splitlines())
    return tuple(f'"{line}"' if _DIRECTIVE.match(line) else line for line in split if line)


def fields(definition: Definition) -> Obj:
    """The fields of a model or a type, with their comments."""
    return Obj(tuple(_properties(definition)), expanded=True)


def _properties(definition: Definition) -> Iterator[Property | Comment]:
    for field in definition.fields:
        if said := notes(field.notes):
            yield Comment("\n".join(said))
        yield Property(field.name, _field(field, definition))


def _field(field: Field, definition: Definition) -> Expr:
    relation = field.directive(*RELATIONS)
    if relation:
        made: Expr = call(Member(A, relation.name), field.base, references(relation))
    else:
        made = shaped(field, SCALARS)
        if default := field.directive("default"):
            made = call(Member(made, "default"), _default(field, default.arguments.get("value")))
    return authorized(made, field, definition)


def references(relation: Directive) -> str | list[str]:
    """The foreign key: its name, or the names of its parts."""
    names = list(strings(relation, "references"))
    return names[0] if len(names) == 1 else names


def shaped(typed: Typed, scalars: Mapping[str, str], names: Mapping[str, str] | None = None) -> Expr:
    """`a.string()` or `a.ref('Name')`, required and a list as the type says; `names` are other names of types."""
    base = typed.base
    made = call(Member(A, scalars[base])) if base in scalars else call(Member(A, "ref"), (names or {}).get(base, base))
    if typed.is_list:
        if typed.type.rstrip("!").endswith("!]"):
            made = call(Member(made, "required"))
        made = call(Member(made, "array"))
    return call(Member(made, "required")) if typed.required else made


def _default(field: Field, value: Json) -> str | int | bool:
    """The value as a person would write it, where `a.schema` prints that the same."""
    text = str(value)
    if field.base == "Boolean" and text in ("true", "false"):
        return text == "true"
    if field.base in ("Int", "AWSTimestamp") and _WHOLE.fullmatch(text):
        return int(text)
    return escaped(text)
