"""Lines and columns of values."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.core.location import Location
from migrator.documents.document import Document, format_pointer
from migrator.documents.positions import parse_pointer, pinpoint, position


@pytest.mark.parametrize(
    ("text", "pointer", "place"),
    [
        ('{"a": 1}', (), (1, 1)),
        ('{\n  "a": 1,\n  "b": [10,\n 20]\n}', ("b", 1), (4, 2)),
        ('{\n  "a": {"b": 1}}', ("a", "b"), (2, 9)),
        ('{"a": 1, "a": 2}', ("a",), (1, 10)),
        ('{"x\\"y": 1,\n "z": 2}', ('x"y',), (1, 2)),
        ('// {"a": 0}\n{"a": 1}', ("a",), (2, 2)),
        ('{"t": "{\\"a\\": 1}",\n "a": 1}', ("a",), (2, 2)),
        ('{"a": {}}', ("a", "missing"), (1, 2)),
        ('{"a": 1}', ("missing",), (1, 1)),
        ('{"1": "x"}', (1,), (1, 2)),
    ],
)
def test_positions_in_json(text: str, pointer: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert position(text, ".json", pointer) == place


def test_json_in_a_yaml_file_is_found_as_json() -> None:
    assert position('{\n "a": 1}', ".yml", ("a",)) == (2, 2)


def test_positions_in_a_javascript_object() -> None:
    text = "// none\nconst a = {\n  aws_project_region: 'x',\n  'oauth': { scope: ['a'] },\n};\nexport default a;\n"
    assert position(text, ".js", ("oauth", "scope", 0)) == (4, 22)


@pytest.mark.parametrize("text", ["", "{", '{"a": ', "[1, 2", '{"a": "x'])
def test_broken_text_has_some_position(text: str) -> None:
    line, column = position(text, ".json", ("a", 0, "b"))
    assert line >= 1
    assert column >= 1


def test_a_part_of_a_document_is_found_in_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "team-provider-info.json"
    path.write_text('{\n  "dev": {\n    "region": "x"\n  }\n}')
    part = Document(path, path.name, {"dev": {"region": "x"}}).part("dev")
    assert str(part.locate(("region",))) == "team-provider-info.json:3:5 (/dev/region)"


def test_a_place_is_pinpointed_only_when_it_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{\n  "a": 1\n}')
    place = Document(tmp_path / "a.json", "a.json", {"a": 1}).place(("a",))
    assert place == Location("a.json", "/a")
    assert pinpoint(place, tmp_path) == Location("a.json", "/a", 2, 3)


def test_a_file_that_went_away_keeps_its_pointer(tmp_path: Path) -> None:
    assert pinpoint(Location("gone.json", "/a"), tmp_path) == Location("gone.json", "/a")


VALUES = st.recursive(
    st.integers() | st.text() | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@given(VALUES, st.sampled_from((None, 2)))
def test_every_member_is_found_where_its_name_stands(value: object, indent: int | None) -> None:
    text = json.dumps(value, indent=indent)
    lines = text.split("\n")
    document = Document(Path("a.json"), "a.json", json.loads(text), text)
    for pointer in document.leaves():
        if pointer:
            line, column = position(text, ".json", pointer)
            rest = lines[line - 1][column - 1 :]
            key = pointer[-1]
            assert rest.startswith(json.dumps(key) if isinstance(key, str) else tuple('"[{-0123456789n'))


@given(st.lists(st.text() | st.integers(0, 99), max_size=4))
def test_a_pointer_survives_being_written(parts: list[str | int]) -> None:
    assert [str(part) for part in parse_pointer(format_pointer(tuple(parts)))] == [str(part) for part in parts]
