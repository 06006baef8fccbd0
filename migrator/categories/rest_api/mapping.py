"""Requests and responses that API Gateway maps, in CDK's words."""

from __future__ import annotations

from typing import Any

from migrator.categories.rest_api.model import Answer, Mapped
from migrator.categories.rest_api.targets import APIGATEWAY
from migrator.typescript.build import arr, obj
from migrator.typescript.nodes import Expr, Lit, Member, Name


def mapping(said: Mapped) -> dict[str, Any]:
    """The properties of an integration that maps what a function gets and answers."""
    properties: dict[str, Any] = {"proxy": Lit(False)}
    if said.templates:
        properties["requestTemplates"] = obj(dict(said.templates), True)
    if said.passthrough in ("WHEN_NO_TEMPLATES", "NEVER"):
        properties["passthroughBehavior"] = Member(Name("PassthroughBehavior", APIGATEWAY), said.passthrough)
    if said.answers:
        properties["integrationResponses"] = arr((_answer(one) for one in said.answers), True)
    return properties


def _answer(said: Answer) -> Expr:
    properties: dict[str, Any] = {"statusCode": Lit(said.status)}
    if said.pattern:
        properties["selectionPattern"] = Lit(said.pattern)
    if said.parameters:
        properties["responseParameters"] = obj(dict(said.parameters))
    if said.templates:
        properties["responseTemplates"] = obj(dict(said.templates))
    return obj(properties)


def method_responses(said: Mapped) -> Expr:
    """The statuses that a method may answer, with the headers that each sets."""
    headers: dict[str, dict[str, bool]] = {}
    for answer in said.answers:
        headers.setdefault(answer.status, {}).update(dict.fromkeys(answer.parameters, True))
    listed = (
        obj({"statusCode": Lit(status), **({"responseParameters": obj(known)} if known else {})})
        for status, known in headers.items()
    )
    return arr(listed)
