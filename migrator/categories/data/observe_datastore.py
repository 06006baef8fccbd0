"""What DataStore's conflict resolution adds to schema and templates (normalisation `datastore`): told by itself.

https://docs.aws.amazon.com/appsync/latest/devguide/conflict-detection-and-sync.html
"""

from __future__ import annotations

import re

from migrator.categories.data.sdl import Definition, Field

_MODEL = {"_version": "Int!", "_deleted": "Boolean", "_lastChangedAt": "AWSTimestamp!"}
_INPUT = {"_version": "Int", "_deleted": "ModelBooleanInput"}
_LIST = re.compile(r"Model\w+Connection")
_SYNC = re.compile(r"sync[A-Z]\w*")
_ASKED = ("filter", "limit", "nextToken", "lastSync")
_VERSION = '$util.defaultIfNull($args.input["_version"], 0)'
_LINES = {
    "$util.error($ctx.error.message, $ctx.error.type, $ctx.result)": "$util.error($ctx.error.message, $ctx.error.type)",
    f'$util.qr($DeleteRequest.put("_version", {_VERSION}))': "",
}
_UPDATE = ('"update": $update,', f'"_version": {_VERSION}')
_KEYS = re.compile(r'^(#set\( \$keyFields = \[.*?)(?:, )?"_version", "_deleted", "_lastChangedAt"\] \)$')


def of_datastore(field: Field, of: Definition) -> bool:
    """Whether a field is one that conflict resolution adds, by its place, name and type."""
    if of.kind == "input":
        return _INPUT.get(field.name) == field.type
    if of.kind != "type":
        return False
    if of.name == "Query":
        return bool(
            _SYNC.fullmatch(field.name)
            and _LIST.fullmatch(field.type)
            and {a.name for a in field.arguments} == {*_ASKED}
        )
    if _LIST.fullmatch(of.name):
        return (field.name, field.type) == ("startedAt", "AWSTimestamp")
    return _MODEL.get(field.name) == field.type


def without_datastore(lines: list[str]) -> tuple[list[str], bool]:
    """A template without the lines that keep versions, and whether it has any."""
    found: list[str] = []
    for line in lines:
        if found and (found[-1], line) == _UPDATE:
            found[-1] = _UPDATE[0].removesuffix(",")
            continue
        changed = _KEYS.sub(r"\1] )", _LINES.get(line, line))
        found += [changed] if changed else []
    return found, found != lines
