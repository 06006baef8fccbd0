"""Reading `resolvers/`: what a template changes follows from the name of its file.

`<type>.<field>.<slot>.<n>.req.vtl` is for a slot of a generated resolver; any other name replaces the generated
template of the same name. Resolvers of `@function` and `@http` have no slots.

https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/custom-business-logic/#override-amplify-generated-resolvers
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from migrator.categories.data.model import ResolverFile
from migrator.documents.traced import Traced, absent
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact

SLOTS = (
    "init",
    "preAuth",
    "auth",
    "postAuth",
    "preDataLoad",
    "preUpdate",
    "preSubscribe",
    "postDataLoad",
    "postUpdate",
    "finish",
)
"""Of queries, mutations and subscriptions."""
_TEMPLATE = re.compile(r"^(?:.*/)?(?P<name>[^/]+)\.(?P<way>req|res)\.vtl$")
_OF_FIELD = re.compile(
    r"(?P<type>[A-Za-z_]\w*)\.(?P<field>[A-Za-z_]\w*)(?:\.(?P<part>\w+)(?:\.(?P<index>\d+))?)?", re.ASCII
)
_CALL = re.compile(r"Invoke\w+LambdaDataSource", re.ASCII)


def resolver_file(entry: Entry, path: str, called: Collection[str]) -> Fact[ResolverFile]:
    """One file; `called` are the fields (`Query.echo`) that a function or an HTTP address resolves."""
    said = _TEMPLATE.match(path)
    found = _place(said["name"], said["way"] == "req", called) if said else {"used": False}
    values: dict[str, Traced[Any]] = {"file": absent(path), "text": absent(entry.text(path) or "")}
    values |= {name: absent(value) for name, value in found.items()}
    values["request"] = absent(said is None or said["way"] == "req")
    return fact(ResolverFile, entry.ref, path.rpartition("/")[2], values)


def in_order(found: Iterable[Fact[ResolverFile]]) -> list[Fact[ResolverFile]]:
    """The order in which Gen 1 fills slots: numbers are compared as texts, none is 0."""
    return sorted(found, key=lambda one: (one.node.type, one.node.field, one.node.slot, str(one.node.index)))


def _place(name: str, request: bool, called: Collection[str]) -> dict[str, Any]:
    """What the template is for."""
    if _CALL.fullmatch(name):
        return {"function": name}
    said = _OF_FIELD.fullmatch(name)
    if said is None:
        return {"known": False}
    place = {"type": said["type"], "field": said["field"]}
    if f"{said['type']}.{said['field']}" in called:
        return _of_call(said, request, place)
    if said["part"] is None:
        return place | {"function": f"{said['type']}{_upper(said['field'])}DataResolverFn"}
    if said["part"] not in SLOTS:
        return {"known": False}
    return place | {"slot": said["part"], "index": int(said["index"] or 0)}


def _of_call(said: re.Match[str], request: bool, place: dict[str, Any]) -> dict[str, Any]:
    """Of a resolver that calls a function or an address: it has an answer of its own, and a check of the rules."""
    match said["part"], request:
        case None, False:
            return place
        case "auth", True if said["index"] is None:
            return place | {"function": f"{_upper(said['type'])}{_upper(said['field'])}AuthFN"}
        case "DataResolver", _:
            return place | {"known": False}
    return {"used": False}


def _upper(word: str) -> str:
    return word[:1].upper() + word[1:]
