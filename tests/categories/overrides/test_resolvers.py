"""Resolvers and functions of the GraphQL API by the names of both generations."""

from __future__ import annotations

import pytest

from migrator.categories.overrides.resolvers import function_key, function_name, own_table, resolver_key
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Evidence, Fact, Node, Resource, ResourceGraph

REF = ResourceRef("api", "slots")


class ResolverFile(Node, frozen=True):
    type: str = "Mutation"
    field: str = "createRecipe"
    slot: str = "preUpdate"
    index: int = 0


class NoApp:
    env = "main"


def context(*numbers: int) -> Context:
    facts = tuple(Fact(REF, str(number), ResolverFile(index=number)) for number in numbers)
    return Context(ResourceGraph((Resource(REF, "AppSync", Evidence.SOURCE, facts),)), NoApp())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("mutationCreateRecipeResolver", "Mutation.createRecipe"),
        ("subscriptionOnUpdateRecipeResolver", "Subscription.onUpdateRecipe"),
        ("queryRecipesByCookResolver", "Query.recipesByCook"),
        ("recipeStepsResolver", ""),
        ("Query.getRecipe", ""),
    ],
)
def test_a_resolver_is_known_by_its_field(name: str, key: str) -> None:
    assert resolver_key(name) == key


def test_a_function_is_named_twice_in_gen_1() -> None:
    assert function_name("QueryGetRecipeDataResolverFnQueryGetRecipeDataResolverFn.AppSyncFunction") == (
        "QueryGetRecipeDataResolverFn"
    )


def test_another_name_is_no_function() -> None:
    assert function_name("QueryGetRecipeDataResolverFn") == ""


def test_the_function_that_reads_the_table_has_the_same_name() -> None:
    assert function_key("QueryGetRecipeDataResolverFn", context()) == "QueryGetRecipeDataResolverFn"


@pytest.mark.parametrize(("at", "key"), [(0, "preUpdate.1"), (1, "preUpdate.3"), (2, "")])
def test_a_function_of_a_file_has_the_name_of_the_file(at: int, key: str) -> None:
    found = function_key(f"MutationcreateRecipepreUpdate{at}Function", context(1, 3))
    assert found == (f"Mutation.createRecipe.{key}" if key else "")


def test_a_generated_function_that_gen_2_may_lack_is_not_known() -> None:
    assert function_key("MutationcreateRecipeauth0Function", context(1)) == ""


@pytest.mark.parametrize(
    ("name", "source", "own"),
    [
        ("MutationcreateRecipepreUpdate0Function", "RecipeTable", True),
        ("QueryGetRecipeDataResolverFn", "RecipeTable", True),
        ("MutationcreateRecipepreUpdate0Function", "StepTable", False),
        ("MutationcreateRecipeStepDataResolverFn", "RecipeTable", False),
        ("MutationcreateRecipepreUpdate0Function", "NONE_DS", False),
    ],
)
def test_a_function_s_own_table_is_in_its_stack(name: str, source: str, own: bool) -> None:
    assert own_table(name, source) is own
