"""Intrinsic functions, evaluated without an account, with the places that decided each value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.core.finding import Finding
from migrator.documents import Cursor, Document, Traced
from migrator.documents.document import format_pointer
from migrator.gen1.template import Template

PARAMETERS: dict[str, Any] = {
    "env": {"Type": "String"},
    "name": {"Type": "String", "Default": "pets"},
    "list": {"Type": "CommaDelimitedList", "Default": "a, b"},
    "open": {"Type": "String"},
    "flag": {"Type": "String", "Default": "true"},
}
CONDITIONS: dict[str, Any] = {
    "Yes": {"Fn::Equals": ["a", "a"]},
    "No": {"Fn::Equals": ["a", "b"]},
    "NoEnvironment": {"Fn::Equals": [{"Ref": "env"}, "NONE"]},
    "Open": {"Fn::Equals": [{"Ref": "open"}, "x"]},
    "Flag": {"Fn::Equals": [{"Ref": "flag"}, True]},
    "Both": {"Fn::And": [{"Condition": "Yes"}, {"Condition": "Flag"}]},
    "NotBoth": {"Fn::Not": [{"Condition": "Both"}]},
    "YesOrOpen": {"Fn::Or": [{"Condition": "Open"}, {"Condition": "Yes"}]},
    "NoAndOpen": {"Fn::And": [{"Condition": "Open"}, {"Condition": "No"}]},
    "YesAndOpen": {"Fn::And": [{"Condition": "Open"}, {"Condition": "Yes"}]},
    "Circle": {"Fn::Not": [{"Condition": "Circle"}]},
}
MAPPINGS: dict[str, Any] = {"Regions": {"us-east-1": {"lex": "us-east-1"}, "eu-north-1": {"lex": "eu-west-1"}}}


def template(
    value: object, findings: list[Finding] | None = None, known: dict[str, str] | None = None, **given: object
) -> Template:
    root: Any = {
        "Parameters": PARAMETERS,
        "Conditions": CONDITIONS,
        "Mappings": MAPPINGS,
        "Resources": {"It": {"Type": "AWS::X::Y", "Properties": {"P": value}}},
    }
    document = Document(Path("t.json"), "t.json", root)
    return Template(document, {k: Traced(v) for k, v in given.items()}, findings, known)  # type: ignore[misc]


def prop(
    value: object, *, findings: list[Finding] | None = None, known: dict[str, str] | None = None, **given: object
) -> Cursor:
    resource = template(value, findings, known, **given).resource("It")
    assert resource is not None
    return resource.properties.get("P")


def data(value: object, **given: object) -> object:
    return prop(value, **given).whole().value  # type: ignore[arg-type]


def places(cursor: Cursor) -> set[str]:
    prefix = "/Resources/It/Properties/P"
    return {format_pointer(source.pointer).removeprefix(prefix) for source in cursor.whole().sources}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Ref": "name"}, "pets"),
        ({"Ref": "list"}, ["a", "b"]),
        ({"Ref": "AWS::Region"}, "${AWS::Region}"),
        ({"Ref": "Bucket"}, "${Bucket}"),
        ({"Ref": "open"}, "${open}"),
        ({"Fn::GetAtt": ["Role", "Arn"]}, "${Role.Arn}"),
        ({"Fn::GetAtt": "Role.Arn"}, "${Role.Arn}"),
        ({"Fn::GetAtt": ["authx", "Outputs.UserPoolId"]}, "${authx.Outputs.UserPoolId}"),
        ({"Fn::GetAtt": ["Role", {"Ref": "name"}]}, "${Role.pets}"),
        ({"Fn::Join": ["-", ["a", {"Ref": "name"}, 1, True]]}, "a-pets-1-true"),
        ({"Fn::Join": ["", ["arn:aws:s3:::", {"Ref": "Bucket"}, "/public/*"]]}, "arn:aws:s3:::${Bucket}/public/*"),
        ({"Fn::Join": ["+", {"Ref": "list"}]}, "a+b"),
        ({"Fn::Join": [",", ["a", {"Ref": "AWS::NoValue"}, "b"]]}, "a,b"),
        ({"Fn::Split": ["-", "a-b-c"]}, ["a", "b", "c"]),
        ({"Fn::Split": ["-", {"Fn::Sub": "a-${Some-Thing}-c"}]}, ["a", "${Some-Thing}", "c"]),
        ({"Fn::Select": [1, ["a", "b"]]}, "b"),
        ({"Fn::Select": ["0", {"Ref": "list"}]}, "a"),
        ({"Fn::Select": [0, {"Fn::GetAZs": ""}]}, "${Select:0:AWS::AvailabilityZones}"),
        ({"Fn::Select": [3, {"Fn::Split": ["-", {"Ref": "AWS::StackName"}]}]}, "${Select:3:Split:-:AWS::StackName}"),
        ({"Fn::Sub": "x-${name}-${Bucket.Arn}-${AWS::Region}"}, "x-pets-${Bucket.Arn}-${AWS::Region}"),
        ({"Fn::Sub": "${!Literal}-${ name }"}, "${Literal}-pets"),
        ({"Fn::Sub": ["${a}-${name}", {"a": {"Ref": "list"}}]}, "a,b-pets"),
        ({"Fn::Sub": ["${name}", {"name": "own"}]}, "own"),
        ({"Fn::ImportValue": {"Fn::Sub": "${Api}:GetAtt:T:Name"}}, "${ImportValue:Api:GetAtt:T:Name}"),
        ({"Fn::Base64": "hello"}, "aGVsbG8="),
        ({"Fn::Base64": {"Ref": "open"}}, "${Base64:open}"),
        ({"Fn::Cidr": ["10.0.0.0/16", 2, 8]}, ["10.0.0.0/24", "10.0.1.0/24"]),
        ({"Fn::Cidr": [{"Fn::GetAtt": ["Vpc", "CidrBlock"]}, 2, 8]}, "${Cidr:Vpc.CidrBlock:2:8}"),
        ({"Fn::FindInMap": ["Regions", "eu-north-1", "lex"]}, "eu-west-1"),
        ({"Fn::FindInMap": ["Regions", {"Ref": "AWS::Region"}, "lex"]}, "${FindInMap:Regions.AWS::Region.lex}"),
        ({"Fn::FindInMap": ["Regions", "x", "lex", {"DefaultValue": {"Ref": "name"}}]}, "pets"),
        ({"Fn::Length": {"Ref": "list"}}, 2),
        ({"Fn::ToJsonString": {"a": {"Ref": "name"}}}, '{"a":"pets"}'),
        ({"Fn::If": ["Yes", "a", "b"]}, "a"),
        ({"Fn::If": ["No", "a", {"Ref": "name"}]}, "pets"),
        ({"Fn::If": ["No", "a", {"Fn::If": ["Yes", ["b"], "c"]}]}, ["b"]),
        ({"a": {"Fn::If": ["No", 1, {"Ref": "AWS::NoValue"}]}, "b": 2}, {"b": 2}),
        ([1, {"Fn::If": ["No", 2, {"Ref": "AWS::NoValue"}]}, 3], [1, 3]),
        ({"Ref": "a", "Other": "b"}, {"Ref": "a", "Other": "b"}),
        ({"Condition": {"StringLike": {"s3:prefix": ["a"]}}}, {"Condition": {"StringLike": {"s3:prefix": ["a"]}}}),
    ],
)
def test_intrinsics_give_plain_data(value: object, expected: object) -> None:
    findings: list[Finding] = []
    assert data(value, findings=findings) == expected
    assert findings == []


@pytest.mark.parametrize(
    "value",
    [
        {"Fn::Unheard": 1},
        {"Fn::Transform": {"Name": "x"}},
        {"Fn::Join": "x"},
        {"Fn::Select": [9, ["a"]]},
        {"Fn::Select": ["x", ["a"]]},
        {"Fn::Split": ["", "a"]},
        {"Fn::Sub": 1},
        {"Fn::If": ["Yes"]},
        {"Fn::FindInMap": ["Regions", "nowhere", "lex"]},
        {"Fn::GetAtt": ["OnlyOne"]},
        {"Fn::Cidr": ["nonsense", 1]},
        {"Fn::Length": "x"},
        {"Ref": 1},
    ],
)
def test_what_cannot_be_evaluated_stays_and_is_said(value: object) -> None:
    findings: list[Finding] = []
    assert data(value, findings=findings) == value
    assert [f.rule for f in findings] == ["GEN011"]


def test_an_unknown_intrinsic_is_said_once_however_often_it_is_read() -> None:
    findings: list[Finding] = []
    cursor = prop({"Fn::Unheard": 1}, findings=findings)
    cursor.whole()
    cursor.whole()
    assert len(findings) == 1


def test_given_parameters_win_over_defaults() -> None:
    assert data({"Ref": "name"}, name="dogs") == "dogs"


def test_a_list_for_a_text_parameter_is_joined() -> None:
    assert data({"Ref": "name"}, name=["a", "b"]) == "a,b"


def test_a_list_for_a_list_parameter_stays() -> None:
    assert data({"Ref": "list"}, list=["x", "y"]) == ["x", "y"]


def test_an_element_with_a_comma_in_it_is_two() -> None:
    assert data({"Ref": "list"}, list=["x, y", "z"]) == ["x", "y", "z"]


def test_an_empty_text_for_a_list_parameter_is_no_element() -> None:
    assert data({"Ref": "list"}, list="") == []


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("Yes", True),
        ("No", False),
        ("Flag", True),
        ("Both", True),
        ("NotBoth", False),
        ("YesOrOpen", True),
        ("NoAndOpen", False),
        ("YesAndOpen", None),
        ("Open", None),
        ("Circle", None),
        ("Missing", None),
        ("NoEnvironment", False),
    ],
)
def test_conditions_hold_fail_or_stay_open(name: str, verdict: bool | None) -> None:
    assert template("x").condition(name) is verdict


def test_a_text_that_cannot_become_the_other_is_unequal() -> None:
    root: Any = {"Conditions": {"C": {"Fn::Equals": [{"Fn::Sub": "prod-${AWS::Region}"}, "dev-us-east-1"]}}}
    assert Template(Document(Path("t"), "t", root)).condition("C") is False


def test_a_known_pseudo_parameter_decides_conditions_but_stays_a_placeholder() -> None:
    root: Any = {
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}},
        "Outputs": {"R": {"Value": {"Ref": "AWS::Region"}}},
    }
    template = Template(Document(Path("t"), "t", root), known={"AWS::Region": "us-east-1"})
    assert template.condition("C") is True
    assert template.output("R").text().value == "${AWS::Region}"


def test_a_known_region_finds_its_mapping() -> None:
    value = {"Fn::FindInMap": ["Regions", {"Ref": "AWS::Region"}, "lex"]}
    assert data(value, known={"AWS::Region": "eu-north-1"}) == "eu-west-1"


def test_the_token_of_a_known_stack_name_is_selected() -> None:
    value = {"Fn::Join": ["", ["b", {"Fn::Select": [3, {"Fn::Split": ["-", {"Ref": "AWS::StackName"}]}]}]]}
    known = {"AWS::StackName": "amplify-pets-dev-12345-storagephotos-${StackHash}"}
    assert data(value, known=known) == "b12345"


def test_an_open_condition_takes_the_first_branch_and_says_what_is_missing() -> None:
    findings: list[Finding] = []
    assert data({"Fn::If": ["Open", "a", "b"]}, findings=findings) == "a"
    assert [f.rule for f in findings] == ["GEN020"]
    assert "no file says what open is" in findings[0].message


def test_an_undeclared_condition_takes_the_first_branch_and_is_said() -> None:
    findings: list[Finding] = []
    assert data({"Fn::If": ["Nowhere", "a", "b"]}, findings=findings) == "a"
    assert "no condition Nowhere" in findings[0].message


def test_text_that_doubles_with_every_level_ends() -> None:
    value: object = "\\"
    for _ in range(60):
        value = {"Fn::ToJsonString": [value]}
    findings: list[Finding] = []
    assert len(str(data(value, findings=findings))) < 5_000_000
    assert {f.rule for f in findings} == {"GEN011"}


# ---- where values come from


def test_a_plain_value_comes_from_its_place() -> None:
    assert places(prop("x")) == {""}


def test_an_object_without_intrinsics_comes_from_its_place_as_a_whole() -> None:
    assert places(prop({"a": [1, {"b": 2}]})) == {""}


def test_a_reference_comes_from_its_place_and_the_declaration() -> None:
    assert places(prop({"Ref": "name"})) == {"/Ref", "/Parameters/name/Type", "/Parameters/name/Default"}


def test_a_given_parameter_comes_from_the_place_that_gave_it() -> None:
    given = Cursor(Document(Path("p.json"), "p.json", {"name": "dogs"}), []).get("name").whole()
    root: Any = {"Parameters": PARAMETERS, "Outputs": {"N": {"Value": {"Ref": "name"}}}}
    value = Template(Document(Path("t.json"), "t.json", root), {"name": given}).output("N").text()
    assert value.value == "dogs"
    assert ("p.json", ("name",)) in [(s.document.name, s.pointer) for s in value.sources]


def test_a_join_comes_from_every_part() -> None:
    found = places(prop({"Fn::Join": ["-", ["a", {"Ref": "Bucket"}]]}))
    assert found == {"/Fn::Join/0", "/Fn::Join/1/0", "/Fn::Join/1/1/Ref"}


def test_a_decided_choice_accounts_for_both_branches_and_the_condition() -> None:
    found = places(prop({"Fn::If": ["No", {"Ref": "a"}, "b"]}))
    assert found == {"/Fn::If/0", "/Fn::If/1", "/Fn::If/2", "/Conditions/No"}


def test_an_open_choice_leaves_the_other_branch_unread() -> None:
    found = places(prop({"Fn::If": ["Open", "a", "b"]}, findings=[]))
    assert "/Fn::If/1" in found
    assert "/Fn::If/2" not in found


def test_what_is_read_below_a_choice_keeps_the_choice() -> None:
    cursor = prop({"Fn::If": ["Yes", {"A": 1, "B": 2}, {"A": 3}]}).get("A")
    assert places(cursor) == {"/Fn::If/0", "/Fn::If/1/A", "/Fn::If/2", "/Conditions/Yes"}


def test_a_removed_value_counts_as_unset_and_as_read() -> None:
    cursor = prop({"Fn::If": ["No", "x", {"Ref": "AWS::NoValue"}]})
    assert not cursor.present
    assert cursor.text("default").value == "default"
    assert places(cursor) == {"/Fn::If/0", "/Fn::If/1", "/Fn::If/2/Ref", "/Conditions/No"}


def test_below_a_removed_object_everything_counts_as_unset_and_as_read() -> None:
    cursor = prop({"Fn::If": ["No", {"Arn": "x"}, {"Ref": "AWS::NoValue"}]})
    assert cursor.get("Arn").text().sources == cursor.whole().sources


def test_variables_of_a_substitution_that_are_not_used_are_not_read() -> None:
    found = places(prop({"Fn::Sub": ["${a}", {"a": "x", "b": "y"}]}))
    assert found == {"/Fn::Sub/0", "/Fn::Sub/1/a"}


# ---- cursors


def test_members_and_elements_skip_what_is_removed() -> None:
    gone = {"Ref": "AWS::NoValue"}
    cursor = prop({"list": [gone, "a", gone, {"Ref": "name"}], "gone": gone})
    assert [key for key, _ in cursor.items()] == ["list"]
    assert [element.text().value for element in cursor.get("list").elements()] == ["a", "pets"]
    assert cursor.get("list", 1).text().value == "pets"


def test_scalars_are_read_from_evaluated_values() -> None:
    cursor = prop({"n": {"Ref": "name"}, "f": {"Ref": "flag"}, "l": [{"Ref": "name"}, "x"]}, name="5")
    assert cursor.get("n").integer().value == 5
    assert cursor.get("f").flag().value is True
    assert cursor.get("l").texts().value == ("5", "x")


def test_a_computed_list_can_be_walked() -> None:
    assert [e.text().value for e in prop({"Ref": "list"}).elements()] == ["a", "b"]


def test_a_wrong_type_is_said_as_in_any_document() -> None:
    findings: list[Finding] = []
    assert prop({"Ref": "name"}, findings=findings).integer(7).value == 7
    assert [f.rule for f in findings] == ["GEN005"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.sampled_from(
        ("Ref", "Fn::Join", "Fn::Sub", "Fn::If", "Fn::Select", "Fn::Split", "Fn::GetAtt", "Fn::FindInMap", "Fn::Equals",
         "Fn::Not", "Fn::And", "Fn::Base64", "Fn::Cidr", "Fn::ImportValue", "Fn::Length", "Fn::Unheard")
    ), inner, max_size=2),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_no_value_makes_a_traceback_and_whole_agrees_with_get(value: object) -> None:
    cursor = prop(value, findings=[])
    whole = cursor.whole().value
    if isinstance(whole, dict):
        assert {key: child.whole().value for key, child in cursor.items()} == whole
    if isinstance(whole, list):
        assert [child.whole().value for child in cursor.elements()] == whole


@given(JSON, JSON)
def test_no_condition_makes_a_traceback(one: object, other: object) -> None:
    root: Any = {"Conditions": {"A": one, "B": {"Fn::Equals": [one, other]}, "C": {"Fn::Not": [{"Condition": "B"}]}}}
    template = Template(Document(Path("t"), "t", root))
    verdict = template.condition("B")
    assert template.condition("C") is (None if verdict is None else not verdict)
    assert template.condition("A") in (True, False, None)
