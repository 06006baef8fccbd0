"""Lists of fields in the templates of mutations, by what callers can send at all.

A template compares the keys of `$ctx.args.input` with the fields that a rule allows. A name in such a list that is no
field of the mutation's input lets nobody do anything: AppSync refuses a request that sends it. It refuses null for a
field that has to be there as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from msgspec import Struct

from migrator.categories.data.observe_api import SCHEMA, text_of
from migrator.categories.data.sdl import Definition, SdlError, merged, parse
from migrator.engine.observed import Generation

_LIST = re.compile(r'("(?:nullA|a)llowedFields":|\$\w*[aA]llowedFields\d* = )(\["[^\]]*"\])')
_OF_NULL = re.compile(r"[nN]ullAllowedFields")


class Input(Struct, frozen=True):
    """What callers can send to a mutation."""

    fields: frozenset[str]
    nullable: frozenset[str]
    """Those that they can send as null."""


def inputs(generation: Generation) -> Mapping[str, Input]:
    """The input of each mutation of the final schema; nothing where it is not there."""
    for schema in generation.of(SCHEMA):
        if schema.properties.get("ApiId") == "${GraphQL API.ApiId}":
            location = schema.properties.get("DefinitionS3Location")
            text = schema.properties.get("Definition") or text_of(schema, location, generation)
            return _inputs(text) if isinstance(text, str) else {}
    return {}


def _inputs(text: str) -> Mapping[str, Input]:
    try:
        definitions = merged(parse(text))
    except SdlError:
        return {}
    known = {one.name: _input(one) for one in definitions if one.kind == "input"}
    mutations = next((one.fields for one in definitions if one.kind == "type" and one.name == "Mutation"), ())
    taken = {field.name: next((a for a in field.arguments if a.name == "input"), None) for field in mutations}
    return {name: known[one.base] for name, one in taken.items() if one is not None and one.base in known}


def _input(one: Definition) -> Input:
    nullable = (field.name for field in one.fields if not field.type.endswith("!"))
    return Input(frozenset(field.name for field in one.fields), frozenset(nullable))


def sendable(text: str, sent: Input | None) -> str:
    """A template whose lists hold only fields that can be sent, sorted (normalisation `fields-of-inputs`); lists
    of those that may be null, only such."""
    return _LIST.sub(lambda found: found[1] + _sorted(found, sent), text) if sent else text


def _sorted(found: re.Match[str], sent: Input) -> str:
    try:
        names = json.loads(found[2])
    except ValueError:
        return found[2]
    fields = sent.nullable if _OF_NULL.search(found[1]) else sent.fields
    return json.dumps(sorted({name for name in names if name in fields}), separators=(",", ":"))
