"""Lists of fields in the templates of mutations, by what callers can send at all.

A template compares the keys of `$ctx.args.input` with the fields that a rule allows. A name in such a list that is no
field of the mutation's input lets nobody do anything: AppSync refuses a request that sends it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from migrator.categories.data.observe_api import SCHEMA, text_of
from migrator.categories.data.sdl import SdlError, merged, parse
from migrator.engine.observed import Generation

_LIST = re.compile(r'("(?:nullA|a)llowedFields":|\$\w*[aA]llowedFields\d* = )(\["[^\]]*"\])')


def inputs(generation: Generation) -> Mapping[str, frozenset[str]]:
    """The fields of the input of each mutation of the final schema; nothing where it is not there."""
    for schema in generation.of(SCHEMA):
        if schema.properties.get("ApiId") == "${GraphQL API.ApiId}":
            location = schema.properties.get("DefinitionS3Location")
            text = schema.properties.get("Definition") or text_of(schema, location, generation)
            return _inputs(text) if isinstance(text, str) else {}
    return {}


def _inputs(text: str) -> Mapping[str, frozenset[str]]:
    try:
        definitions = merged(parse(text))
    except SdlError:
        return {}
    fields = {one.name: frozenset(field.name for field in one.fields) for one in definitions if one.kind == "input"}
    mutations = next((one.fields for one in definitions if one.kind == "type" and one.name == "Mutation"), ())
    taken = {field.name: next((a for a in field.arguments if a.name == "input"), None) for field in mutations}
    return {name: fields[one.base] for name, one in taken.items() if one is not None and one.base in fields}


def sendable(text: str, fields: frozenset[str] | None) -> str:
    """A template whose lists hold only fields that can be sent, sorted (normalisation `fields-of-inputs`)."""
    return _LIST.sub(lambda found: found[1] + _sorted(found[2], fields), text) if fields else text


def _sorted(said: str, fields: frozenset[str]) -> str:
    try:
        names = json.loads(said)
    except ValueError:
        return said
    return json.dumps(sorted({name for name in names if name in fields}), separators=(",", ":"))
