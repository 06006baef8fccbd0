"""Cycles in templates made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from migrator.verify.assembly import Assembly, Stack
from migrator.verify.cycles import check_cycles, find_cycles, resource_graph
from migrator.verify.results import Status


def graph(**resources: Any) -> dict[str, tuple[str, ...]]:
    return resource_graph({"Resources": {name: {"Type": "Any", **body} for name, body in resources.items()}})


def resource(path: str, **body: Any) -> dict[str, Any]:
    return {"Type": "Any", "Metadata": {"aws:cdk:path": f"app/{path}"}, **body}


def nested(path: str, **parameters: Any) -> dict[str, Any]:
    name = path.rpartition("/")[2]
    place = f"{path}.NestedStack/{name}.NestedStackResource"
    return resource(place, Type="AWS::CloudFormation::Stack", Properties={"Parameters": parameters})


@pytest.mark.parametrize(
    "mention",
    [
        {"Properties": {"X": {"Ref": "B"}}},
        {"Properties": {"X": {"Fn::GetAtt": ["B", "Arn"]}}},
        {"Properties": {"X": {"Fn::GetAtt": "B.Arn"}}},
        {"Properties": {"X": {"Fn::Sub": "arn:${B.Arn}:*"}}},
        {"Properties": {"X": {"Fn::Sub": ["${v}", {"v": {"Ref": "B"}}]}}},
        {"Properties": {"X": [{"Fn::Join": ["", ["a", {"Ref": "B"}]]}]}},
        {"Properties": {"X": {"Fn::If": ["IsProd", {"Ref": "B"}, "none"]}}},
        {"DependsOn": "B"},
        {"DependsOn": ["B"]},
    ],
)
def test_a_resource_needs_what_it_mentions(mention: dict[str, Any]) -> None:
    assert graph(A=mention, B={})["A"] == ("B",)


@pytest.mark.parametrize(
    "mention",
    [
        {"Properties": {"X": {"Ref": "AWS::Region"}}},
        {"Properties": {"X": {"Ref": "SomeParameter"}}},
        {"Properties": {"X": {"Fn::Sub": "${!B}"}}},
        {"Properties": {"X": {"Fn::Sub": ["${B}", {"B": "a text"}]}}},
        {"Properties": {"X": "B"}},
        {"Condition": "B"},
    ],
)
def test_what_is_no_reference_is_not_needed(mention: dict[str, Any]) -> None:
    assert graph(A=mention, B={})["A"] == ()


def test_a_chain_is_no_cycle() -> None:
    assert find_cycles({"A": ("B",), "B": ("C",), "C": ()}) == ()


def test_a_diamond_is_no_cycle() -> None:
    assert find_cycles({"A": ("B", "C"), "B": ("D",), "C": ("D",), "D": ()}) == ()


def test_a_cycle_is_given_as_its_path() -> None:
    (cycle,) = find_cycles({"A": ("B",), "B": ("C",), "C": ("A",), "D": ("A",)})
    assert cycle.path == ("A", "B", "C")


def test_a_resource_that_needs_itself_is_a_cycle() -> None:
    (cycle,) = find_cycles({"A": ("A",)})
    assert cycle.path == ("A",)


def test_the_shortest_cycle_of_a_knot_is_told() -> None:
    (cycle,) = find_cycles({"A": ("B",), "B": ("C",), "C": ("D",), "D": ("A", "C")})
    assert cycle.path == ("C", "D")


def test_all_that_is_tied_into_a_knot_is_told() -> None:
    (cycle,) = find_cycles({"A": ("B",), "B": ("C",), "C": ("D",), "D": ("A", "C")})
    assert cycle.knot == ("A", "B", "C", "D")


def test_two_separate_cycles_are_both_found() -> None:
    cycles = find_cycles({"A": ("B",), "B": ("A", "C"), "C": ("D",), "D": ("C",)})
    assert {cycle.path for cycle in cycles} == {("A", "B"), ("C", "D")}


def test_a_very_long_chain_is_walked() -> None:
    chain = {f"R{index}": (f"R{index + 1}",) for index in range(20_000)}
    assert find_cycles({**chain, "R20000": ("R0",)})[0].path[:2] == ("R0", "R1")


def assembly(*stacks: Stack) -> Assembly:
    return Assembly(Path("out"), stacks, {})


def nested_cycle() -> Assembly:
    root = {
        "Resources": {
            "auth1": nested("auth", fn={"Fn::GetAtt": ["function1", "Outputs.helloArn"]}),
            "function1": nested("function", pool={"Fn::GetAtt": ["auth1", "Outputs.poolId"]}),
        }
    }
    auth = {
        "Resources": {"Pool": resource("auth/Pool/Resource", Properties={"Trigger": {"Ref": "fn"}})},
        "Outputs": {"poolId": {"Value": {"Ref": "Pool"}}},
    }
    function = {
        "Resources": {"Hello": resource("function/hello/Resource", Properties={"Env": {"Ref": "pool"}})},
        "Outputs": {"helloArn": {"Value": {"Fn::GetAtt": ["Hello", "Arn"]}}},
    }
    return assembly(
        Stack("root.json", root),
        Stack("auth.json", auth, "root.json", "auth1", "auth"),
        Stack("function.json", function, "root.json", "function1", "function"),
    )


def test_a_cycle_is_printed_with_logical_ids_and_construct_paths() -> None:
    template = {
        "Resources": {
            "A1": resource("auth/A/Resource", DependsOn="B1"),
            "B1": resource("auth/B/Resource", DependsOn="A1"),
        }
    }
    result = check_cycles([assembly(Stack("root.json", template))])
    assert result.reason == "circular dependency: A1 (auth/A) -> B1 (auth/B) -> A1 (auth/A)"


def test_nested_stacks_that_feed_each_other_are_a_cycle() -> None:
    result = check_cycles([nested_cycle()])
    assert result.reason == "circular dependency: auth1 (auth) -> function1 (function) -> auth1 (auth)"


def test_a_cycle_of_nested_stacks_names_the_resources_behind_it() -> None:
    (detail,) = check_cycles([nested_cycle()]).details
    assert detail.message.splitlines()[1:] == [
        "  Pool (auth/Pool) takes Hello (function/hello) from function1 (function)",
        "  Hello (function/hello) takes Pool (auth/Pool) from auth1 (auth)",
    ]


def test_what_branch_and_sandbox_have_in_common_is_told_once() -> None:
    assert len(check_cycles([nested_cycle(), nested_cycle()]).details) == 1


def test_templates_without_cycles_pass() -> None:
    template = {"Resources": {"A": resource("a", DependsOn="B"), "B": resource("b")}}
    assert check_cycles([assembly(Stack("root.json", template))]).status is Status.PASSED
