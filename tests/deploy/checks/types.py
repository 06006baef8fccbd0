"""Introspected types of a small API."""

from __future__ import annotations

from typing import Any


def scalar(name: str) -> dict[str, Any]:
    return {"kind": "SCALAR", "name": name}


def required(type_: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "NON_NULL", "name": None, "ofType": type_}


def field(name: str, type_: dict[str, Any], **args: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "type": type_, "args": [{"name": key, "type": value} for key, value in args.items()]}


def inputs(name: str, **fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "INPUT_OBJECT",
        "name": name,
        "inputFields": [{"name": key, "type": value} for key, value in fields.items()],
    }


def objects(name: str, *fields: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "OBJECT", "name": name, "fields": list(fields)}


def of(kind: str, name: str) -> dict[str, Any]:
    return {"kind": kind, "name": name}


ID, TEXT, NUMBER = scalar("ID"), scalar("String"), scalar("Int")
_LISTED = [
    scalar("ID"),
    scalar("String"),
    scalar("Int"),
    {"kind": "ENUM", "name": "Status", "enumValues": [{"name": "OPEN"}, {"name": "DONE"}]},
    inputs("MoneyInput", amount=required(NUMBER), currency=TEXT),
    inputs(
        "CreateTodoInput",
        id=ID,
        title=required(TEXT),
        status=required(of("ENUM", "Status")),
        price=required(of("INPUT_OBJECT", "MoneyInput")),
        note=TEXT,
    ),
    inputs("DeleteTodoInput", id=required(ID)),
    objects("Money", field("amount", required(NUMBER))),
    objects(
        "Todo",
        field("id", required(ID)),
        field("title", TEXT),
        field("status", of("ENUM", "Status")),
        field("price", of("OBJECT", "Money")),
        field("lines", of("OBJECT", "ModelLineConnection"), limit=NUMBER),
        field("secret", TEXT),
    ),
    objects("ModelTodoConnection", field("items", {"kind": "LIST", "name": None, "ofType": of("OBJECT", "Todo")})),
    objects(
        "Query",
        field("getTodo", of("OBJECT", "Todo"), id=required(ID)),
        field("todosByOwner", of("OBJECT", "ModelTodoConnection"), owner=required(ID)),
        field("listTodos", of("OBJECT", "ModelTodoConnection"), limit=NUMBER),
    ),
    objects(
        "Mutation",
        field("createTodo", of("OBJECT", "Todo"), input=required(of("INPUT_OBJECT", "CreateTodoInput"))),
        field("deleteTodo", of("OBJECT", "Todo"), input=required(of("INPUT_OBJECT", "DeleteTodoInput"))),
    ),
]
TYPES = {one["name"]: one for one in _LISTED}
