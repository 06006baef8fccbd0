"""What other features can use of an API."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.data.targets import api_output
from migrator.core.ref import ResourceRef
from migrator.engine.examples import plain
from tests.categories.data.gen1_api import USERS, assess, project

GARDEN = ResourceRef("api", "garden")


@pytest.mark.parametrize(
    ("attribute", "text"),
    [
        ("GraphQLAPIIdOutput", "cfnGraphqlApi.attrApiId"),
        ("GraphQLAPIEndpointOutput", "cfnGraphqlApi.attrGraphQlUrl"),
        ("GraphQLAPIKeyOutput", "cfnApiKey!.attrApiKey"),
        ("api", "graphqlApi"),
        ("stack", "backend.data.stack"),
        ("table:Plant", "tables['Plant']"),
        ("tableName:Plant", "tables['Plant'].tableName"),
        ("tableStreamArn:Plant", "tables['Plant'].tableStreamArn!"),
    ],
)
def test_an_output_is_an_expression_over_the_backend(tmp_path: Path, attribute: str, text: str) -> None:
    expression = api_output(GARDEN, attribute, assess(project(tmp_path)).context)
    assert expression is not None
    assert plain(expression) == text


@pytest.mark.parametrize("attribute", ["tableName:Tractor", "GraphQLAPIKeyOutput", "Surprise"])
def test_what_the_api_does_not_have_is_no_expression(tmp_path: Path, attribute: str) -> None:
    assert api_output(GARDEN, attribute, assess(project(tmp_path, modes=(USERS,))).context) is None


def test_an_api_that_is_left_out_gives_nothing(tmp_path: Path) -> None:
    context = assess(project(tmp_path, schema="type Plant {")).context
    assert api_output(GARDEN, "GraphQLAPIIdOutput", context) is None
