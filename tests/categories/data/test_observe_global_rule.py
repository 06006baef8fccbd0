"""What a global rule opens, and what a rule of the model itself opens: the same only where nothing else is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from migrator.categories.data.observe_global_rule import with_global_rule
from migrator.categories.data.observe_templates import template

DELETION = """#set( $isAuthorized = false )
#if( $util.authType() == "API Key Authorization" )
#set( $isAuthorized = true )
#end
#if( !$isAuthorized )
$util.unauthorized()
#end
$util.qr($ctx.stash.put("hasAuth", true))
$util.toJson({"version":"2018-05-29","payload":{}})"""
REFUSES = """#if( !$ctx.stash.get("hasAuth") )
$util.unauthorized()
#end
$util.toJson({})"""
PASSES = f"""#if( $util.authType() == "API Key Authorization" )
#return($util.toJson({{}}))
#end
{REFUSES}"""


def step(text: str) -> dict[str, Any]:
    return {"DataSource": "NONE", "RequestMappingTemplate": template(text).said}


GEN1: Mapping[str, Any] = {"postAuth 0": step(PASSES), "data": {}}
LABELS = ["postAuth 0", "data"]


def of_gen2(authorization: str) -> tuple[list[str], dict[str, Any]]:
    steps = {"auth 0": step(authorization), "postAuth 0": step(REFUSES), "data": {}}
    return with_global_rule(["auth 0", *LABELS], steps)


def test_callers_that_the_model_lets_in_by_their_mode_are_those_of_the_global_rule() -> None:
    assert of_gen2(DELETION) == (LABELS, GEN1)


def test_a_pipeline_of_gen_1_stays_as_it_is() -> None:
    assert with_global_rule(LABELS, GEN1) == (LABELS, GEN1)


def test_another_mode_is_another_caller() -> None:
    assert of_gen2(DELETION.replace("API Key", "IAM")) != (LABELS, GEN1)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("#set( $isAuthorized = true )", "#set( $isAuthorized = $ctx.args.open )"),
        ("$util.unauthorized()", "#set( $isAuthorized = true )"),
        ('put("hasAuth", true)', 'put("hasAuth", false)'),
        ("#set( $isAuthorized = false )", "#set( $isAuthorized = true )"),
    ],
)
def test_a_step_that_asks_or_does_anything_else_is_no_global_rule(said: str, instead: str) -> None:
    labels, _ = of_gen2(DELETION.replace(said, instead))
    assert labels == ["auth 0", *LABELS]
