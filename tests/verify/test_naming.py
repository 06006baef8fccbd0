"""Names in the place of ids, and one form for what templates may say in two ways."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from migrator.documents.traced import Traced
from migrator.engine.context import Context
from migrator.engine.observed import Declared, Generation, Observer, Side
from migrator.verify.naming import named

TABLE = Declared("storage/points#Table", "AWS::DynamoDB::Table")
ROLE = Declared("a#Role", "AWS::IAM::Role", path="auth/x/Role")


def called(declared: Declared, generation: Generation) -> str:
    return "table points" if declared.type == "AWS::DynamoDB::Table" else ""


def written(value: Any, *more: Declared) -> Any:
    """A value of a resource, with names."""
    user = Declared("f#User", "AWS::SNS::Topic", {"P": value})
    generation = Generation(Side.GEN1, (TABLE, ROLE, user, *more), Context(None, None))  # type: ignore[arg-type]
    return named(generation, [Observer(called, lambda g: ())]).resources[2].properties["P"]


def test_a_name_takes_the_place_of_an_id() -> None:
    assert written("${storage/points#Table}") == "${table points}"


def test_what_nobody_names_has_its_path() -> None:
    assert written("${a#Role}") == "${auth/x/Role}"


def test_an_attribute_stays_one() -> None:
    assert written("${storage/points#Table.StreamArn}") == "${table points.StreamArn}"


@pytest.mark.parametrize(
    "said",
    [
        "${storage/points#Table.Arn}",
        "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${storage/points#Table}",
    ],
)
def test_an_arn_has_one_form(said: str) -> None:
    assert written(said) == "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${table points}"


def test_a_partition_that_the_transformer_misspells_is_meant() -> None:
    assert written("arn:${AWS:Partition}:lambda:x:y:function:z") == "arn:aws:lambda:x:y:function:z"


def test_a_piece_of_an_arn_is_the_name() -> None:
    assert written("${Select:1:Split:/:Select:5:Split:::storage/points#Table.Arn}") == "${table points}"


def test_a_piece_of_something_unknown_stays_as_it_is() -> None:
    assert written("${Select:9:Split:/:AWS::StackName#x}") == "${Select:9:Split:/:AWS::StackName#x}"


def test_two_resources_of_one_name_stay_two() -> None:
    second = Declared("storage/points#Second", "AWS::DynamoDB::Table")
    assert written("${storage/points#Second}", second) == "${table points (2)}"


def test_names_reach_into_lists_and_objects() -> None:
    assert written([{"A": "${storage/points#Table}"}]) == [{"A": "${table points}"}]


def test_an_arn_that_spells_out_the_apps_own_place_is_one_that_asks_for_it() -> None:
    own = Generation(Side.GEN1, (replace(TABLE, properties={"P": LIVE, "Q": OTHER}),), Context(None, Own()))  # type: ignore[arg-type]
    said = named(own, []).resources[0].properties
    assert said == {"P": "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/x", "Q": OTHER}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ('put("pool", "eu-west-1:1-2")', 'put("pool", "${identity pool}")'),
        ("arn:aws:sts::1:assumed-role/app-main-authRole/x", "arn:aws:sts::1:assumed-role/${authenticated role}/x"),
        ("app-main-authRole-2", "app-main-authRole-2"),
    ],
)
def test_a_live_resource_that_stays_has_its_name(said: str, meant: str) -> None:
    live = {"eu-west-1:1-2": "${identity pool}", "app-main-authRole": "${authenticated role}"}
    spelt, told = replace(TABLE, properties={"P": said}), {"": {"Id": "eu-west-1:1-2"}}
    generation = Generation(Side.GEN2, (spelt,), Context(None, None), told)  # type: ignore[arg-type]
    found = named(generation, [], live)
    assert (found.resources[0].properties["P"], found.outputs[""]["Id"]) == (meant, "eu-west-1:1-2")


LIVE = "arn:aws:dynamodb:eu-west-1:123456789012:table/x"
OTHER = "arn:aws:dynamodb:eu-west-1:999999999999:table/x"


class Own:
    """An app of which region and account are known."""

    region = Traced("eu-west-1")
    account = "123456789012"
