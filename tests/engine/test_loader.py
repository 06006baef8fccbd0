"""Rules files: parsed strictly, every problem with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.core.errors import ArtifactError, MigratorError, RuleError
from migrator.engine.loader import parse_file, parse_folder
from tests.engine.made import rule, rules, rules_file

HEAD = "- id: AUTH010\n  name: door\n  title: Door\n"


def problem(folder: Path, text: str) -> tuple[str, str]:
    """The place and the message of what is wrong."""
    with pytest.raises(MigratorError) as error:
        rules(folder, text)
    found = error.value.location
    assert found is not None
    return f"{found.file}:{found.line}", error.value.message


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (f"{HEAD}  suport: native", "auth.yaml:4", "suport"),
        (f"{HEAD}  support: sometimes", "auth.yaml:7", "sometimes"),
        (f"{HEAD}  map:\n  - {{from: a, to: b, vai: c}}", "auth.yaml:8", "vai"),
        (f"{HEAD}  map:\n  - {{from: a}}", "auth.yaml:8", "to"),
        (f"{HEAD}  map:\n  - {{from: [a], to: b}}", "auth.yaml:8", "Expected `str`, got `array`"),
        (f"{HEAD}  map: {{from: a, to: b}}", "auth.yaml:7", "Expected `array`"),
        (f"{HEAD}  build:\n  - {{name: a, claims: b}}", "auth.yaml:8", "Expected `array`"),
        (f"{HEAD}  drop:\n  - {{from: a}}", "auth.yaml:8", "reason"),
        (f"{HEAD}  examples:\n  - gen1: {{}}\n    gen3: {{}}", "auth.yaml:8", "gen3"),
        (f"{HEAD}- id: AUTH011\n  name: other", "auth.yaml:7", "title"),
        ("- just text", "auth.yaml:4", "Expected `object`"),
        (f"{HEAD}  when: yes", "auth.yaml:7", "Expected `object | null`"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, place: str, message: str, tmp_path: Path) -> None:
    found, said = problem(tmp_path, text)
    assert found == place
    assert message in said


@pytest.mark.parametrize("text", ["", "rules: 3", "[]", "just text", "category: auth\ndocumentation: x"])
def test_a_file_without_rules_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "auth.yaml"
    path.write_text(text)
    with pytest.raises(RuleError, match="a list of `rules`"):
        parse_file(path)


def test_a_file_without_a_category_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "auth.yaml"
    path.write_text("documentation: x\nrules: []")
    with pytest.raises(RuleError, match="category"):
        parse_file(path)


def test_a_file_that_is_no_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "auth.yaml"
    path.write_bytes(b"category: \xff")
    with pytest.raises(MigratorError, match="UTF-8"):
        parse_file(path)


def test_a_key_given_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    place, message = problem(tmp_path, f"{HEAD}  name: again")
    assert place == "auth.yaml:7"
    assert "name" in message


def test_broken_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "auth.yaml"
    path.write_text("category: auth\nrules: [")
    with pytest.raises(ArtifactError) as error:
        parse_file(path)
    assert error.value.location is not None
    assert error.value.location.line > 0


@pytest.mark.parametrize("word", ["OFF", "ON", "off", "Yes", "no", "y", "2012-10-17", "010", "0x1F", "1_000", "12:30"])
def test_words_that_other_yaml_readers_change_stay_text(word: str, tmp_path: Path) -> None:
    (found,) = rule(tmp_path, f"when: {{color: {word}}}")
    assert found.when == {"color": word}


@pytest.mark.parametrize("word", ["OFF", "ON", "no", "2012-10-17", "010"])
def test_keys_that_other_yaml_readers_change_stay_text(word: str, tmp_path: Path) -> None:
    (found,) = rule(tmp_path, f"map:\n- {{from: color, to: define.name, table: {{{word}: x}}}}")
    assert found.map[0].table == {word: "x"}


@pytest.mark.parametrize(("word", "value"), [("true", True), ("false", False), ("null", None), ("~", None), ("10", 10)])
def test_plain_values_are_what_they_say(word: str, value: object, tmp_path: Path) -> None:
    (found,) = rule(tmp_path, f"when: {{color: {word}}}")
    assert found.when == {"color": value}


def test_a_rule_knows_its_file_its_line_and_its_category(tmp_path: Path) -> None:
    _, second = rules(tmp_path, f"{HEAD}- id: AUTH011\n  name: other\n  title: Other")
    assert (second.file, second.line, second.category) == ("auth.yaml", 7, "auth")


def test_a_clause_knows_its_line(tmp_path: Path) -> None:
    (found,) = rules(tmp_path, f"{HEAD}  drop:\n  - {{from: a, reason: R}}\n  - {{from: b, reason: R}}")
    assert [clause.line for clause in found.drop] == [8, 9]


def test_a_folder_has_the_rules_of_all_its_files(tmp_path: Path) -> None:
    rules_file(tmp_path, HEAD, "b")
    rules_file(tmp_path, HEAD.replace("AUTH010", "AUTH011"), "a")
    assert [one.id for one in parse_folder(tmp_path)] == ["AUTH011", "AUTH010"]


def test_files_with_the_short_ending_are_read_too(tmp_path: Path) -> None:
    rules_file(tmp_path, HEAD).rename(tmp_path / "auth.yml")
    assert [one.id for one in parse_folder(tmp_path)] == ["AUTH010"]


def test_a_folder_without_rules_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no rules file"):
        parse_folder(tmp_path)
