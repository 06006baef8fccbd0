"""The YAML reader: YAML 1.2 values, one meaning for each text, and no way to exhaust the machine."""

from __future__ import annotations

import pytest

from migrator.core.errors import ArtifactError
from migrator.documents.yaml_text import load_template_yaml, load_yaml, load_yaml_lines, yaml_position


@pytest.mark.parametrize("word", ["OFF", "ON", "on", "off", "yes", "no", "y", "True", "FALSE", "2012-10-17"])
def test_words_that_yaml_1_1_takes_for_something_else_are_text(word: str) -> None:
    assert load_yaml(f"a: {word}", "a.yml") == {"a": word}


@pytest.mark.parametrize("number", ["010", "0o17", "0x1F", "1_000", "1:30:00", "0b1", "012345678901", ".inf", ".nan"])
def test_numbers_that_are_not_plainly_decimal_are_text(number: str) -> None:
    assert load_yaml(f"a: {number}", "a.yml") == {"a": number}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("-7", -7),
        ("1.5", 1.5),
        ("1e3", 1000.0),
    ],
)
def test_core_values_are_read(text: str, value: object) -> None:
    assert load_yaml(f"a: {text}", "a.yml") == {"a": value}


@pytest.mark.parametrize("text", ["'true'", '"5"', "'~'"])
def test_quoted_values_are_text(text: str) -> None:
    assert load_yaml(f"a: {text}", "a.yml") == {"a": text[1:-1]}


def test_keys_are_text() -> None:
    assert load_yaml("on: 1\n2: two\ntrue: 3", "a.yml") == {"on": 1, "2": "two", "true": 3}


def test_a_key_that_stands_twice_is_an_error_with_its_line() -> None:
    with pytest.raises(ArtifactError, match="'b' stands here twice") as caught:
        load_yaml("a:\n  b: 1\n  b: 2\n", "x.yml")
    assert str(caught.value.location) == "x.yml:3:3 (/a)"


def test_an_unknown_tag_is_an_error() -> None:
    with pytest.raises(ArtifactError, match="unknown tag !!python/object"):
        load_yaml("a: !!python/object/apply:os.system ['true']", "x.yml")


def test_short_forms_belong_to_templates_only() -> None:
    with pytest.raises(ArtifactError, match="unknown tag !Ref"):
        load_yaml("a: !Ref b", "x.yml")


def test_two_documents_in_one_file_are_an_error() -> None:
    with pytest.raises(ArtifactError, match="more than one document"):
        load_yaml("a: 1\n---\nb: 2\n", "x.yml")


def test_aliases_are_resolved() -> None:
    assert load_yaml("a: &x {b: 1}\nc: *x", "x.yml") == {"a": {"b": 1}, "c": {"b": 1}}


def test_aliases_that_multiply_are_an_error() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(ArtifactError, match="too many"):
        load_yaml("\n".join(lines), "x.yml")


def test_an_alias_inside_its_own_value_is_an_error() -> None:
    with pytest.raises(ArtifactError, match="inside the value it names"):
        load_yaml("a: &x [*x]", "x.yml")


def test_deep_nesting_is_an_error() -> None:
    with pytest.raises(ArtifactError):
        load_yaml("[" * 5000 + "]" * 5000, "x.yml")


def test_a_tab_is_an_error_with_its_place() -> None:
    with pytest.raises(ArtifactError) as caught:
        load_yaml("a:\n\tb: 1\n", "x.yml")
    assert caught.value.location is not None
    assert caught.value.location.line == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref env", {"Ref": "env"}),
        ("!Condition IsProd", {"Condition": "IsProd"}),
        ("!GetAtt Role.Arn", {"Fn::GetAtt": ["Role", "Arn"]}),
        ("!GetAtt authx.Outputs.UserPoolId", {"Fn::GetAtt": ["authx", "Outputs.UserPoolId"]}),
        ("!GetAtt [Role, Arn]", {"Fn::GetAtt": ["Role", "Arn"]}),
        ("!Sub '${env}-x'", {"Fn::Sub": "${env}-x"}),
        ("!Join ['-', [a, !Ref env]]", {"Fn::Join": ["-", ["a", {"Ref": "env"}]]}),
        ("!If [C, 1, !Ref 'AWS::NoValue']", {"Fn::If": ["C", 1, {"Ref": "AWS::NoValue"}]}),
        ("!Select [3, !Split ['-', !Ref 'AWS::StackName']]", None),
        ("!Ref 12", {"Ref": "12"}),
    ],
)
def test_short_forms_are_written_out(text: str, value: object) -> None:
    split = {"Fn::Select": [3, {"Fn::Split": ["-", {"Ref": "AWS::StackName"}]}]}
    assert load_template_yaml(f"a: {text}", "t.yml") == {"a": value or split}


def test_an_unknown_short_form_is_an_error() -> None:
    with pytest.raises(ArtifactError, match="unknown tag !Rev"):
        load_template_yaml("a: !Rev b", "t.yml")


def test_lines_of_members_and_elements_are_known() -> None:
    value, lines = load_yaml_lines("rules:\n  - id: A1\n    name: x\n  - id: A2\n", "r.yaml")
    assert value == {"rules": [{"id": "A1", "name": "x"}, {"id": "A2"}]}
    assert lines["rules", 0, "name"] == 3
    assert lines["rules", 1] == 4


def test_the_position_under_a_short_form_is_that_of_its_value() -> None:
    text = "Resources:\n  Bucket:\n    Name: !Sub x\n"
    assert yaml_position(text, ("Resources", "Bucket", "Name", "Fn::Sub")) == (3, 11)


def test_the_position_of_a_member_is_that_of_its_name() -> None:
    assert yaml_position("a:\n  b:\n    c: 1\n", ("a", "b")) == (2, 3)
