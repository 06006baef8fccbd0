"""The catalogue: compiled, refreshed, and extended with rules of one's own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest

from migrator.engine import catalog as module
from migrator.engine.catalog import SHIPPED, Catalog, load_catalog, names
from migrator.engine.loader import compile_folder, parse_file
from migrator.engine.rule import Rule, RuleFile
from tests.engine.made import rules_file

HEAD = "- id: AUTH010\n  name: door\n  title: Door\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the shipped rules."""
    monkeypatch.setattr(module, "SHIPPED", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", names())
def test_the_compiled_rules_equal_the_yaml(name: str) -> None:
    found = load_catalog((name,)).rules
    assert found == parse_file(SHIPPED / f"{name}.yaml").rules


def test_what_a_wheel_carries_equals_the_yaml() -> None:
    for name, compiled in compile_folder(SHIPPED):
        assert msgspec.json.decode(compiled, type=RuleFile) == parse_file(SHIPPED / f"{name}.yaml")


def test_the_first_use_leaves_compiled_rules_beside(folder: Path) -> None:
    rules_file(folder, HEAD)
    load_catalog(("auth",))
    kept = json.loads((folder / "__compiled__" / "auth.json").read_bytes())
    assert [one["id"] for one in kept["rules"]] == ["AUTH010"]


def test_compiled_rules_are_taken_while_the_file_is_the_same(folder: Path) -> None:
    rules_file(folder, HEAD)
    load_catalog(("auth",))
    cache = folder / "__compiled__" / "auth.json"
    cache.write_text(cache.read_text().replace("AUTH010", "AUTH099"))
    assert [one.id for one in load_catalog(("auth",)).rules] == ["AUTH099"]


def test_compiled_rules_are_refreshed_when_the_file_changes(folder: Path) -> None:
    rules_file(folder, HEAD)
    load_catalog(("auth",))
    rules_file(folder, HEAD.replace("AUTH010", "AUTH011"))
    assert [one.id for one in load_catalog(("auth",)).rules] == ["AUTH011"]


def test_a_change_that_keeps_the_size_is_seen(folder: Path) -> None:
    path = rules_file(folder, HEAD)
    load_catalog(("auth",))
    path.write_text(path.read_text().replace("AUTH010", "AUTH011"))
    os.utime(path, ns=(1, 1))
    assert [one.id for one in load_catalog(("auth",)).rules] == ["AUTH011"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"rules": 3}'])
def test_a_broken_cache_is_made_anew(text: str, folder: Path) -> None:
    rules_file(folder, HEAD)
    (folder / "__compiled__").mkdir()
    (folder / "__compiled__" / "auth.json").write_text(text)
    assert [one.id for one in load_catalog(("auth",)).rules] == ["AUTH010"]


def test_a_folder_that_cannot_be_written_works_too(folder: Path) -> None:
    rules_file(folder, HEAD)
    (folder / "__compiled__").write_text("a file in the way")
    assert [one.id for one in load_catalog(("auth",)).rules] == ["AUTH010"]


def test_compiled_rules_of_a_wheel_need_no_yaml(folder: Path) -> None:
    source = rules_file(folder, HEAD)
    for name, compiled in compile_folder(folder):
        (folder / f"{name}.json").write_bytes(compiled)
    source.unlink()
    assert [one.id for one in load_catalog(names()).rules] == ["AUTH010"]


def test_a_category_without_rules_has_an_empty_catalogue(folder: Path) -> None:
    assert load_catalog(("geo",)).rules == ()


def test_a_rule_of_ones_own_replaces_the_shipped_one_by_id(folder: Path) -> None:
    rules_file(folder, HEAD)
    (found,) = load_catalog(("auth",), (Rule("AUTH010", "mine", "Mine"),)).rules
    assert found.name == "mine"


def test_a_rule_of_ones_own_with_a_new_id_is_added(folder: Path) -> None:
    rules_file(folder, HEAD)
    found = load_catalog(("auth",), (Rule("AUTH910", "mine", "Mine"),)).rules
    assert [one.id for one in found] == ["AUTH010", "AUTH910"]


@pytest.mark.parametrize("word", ["AUTH010", "auth010", "door", "Door"])
def test_a_rule_is_found_by_id_or_name(word: str) -> None:
    found = Catalog((Rule("AUTH009", "gate", "Gate"), Rule("AUTH010", "door", "Door"))).find(word)
    assert found is not None
    assert found.id == "AUTH010"


def test_an_unknown_rule_is_not_found() -> None:
    assert Catalog((Rule("AUTH010", "door", "Door"),)).find("auth") is None


def test_a_catalogue_without_a_rule_keeps_the_others() -> None:
    both = Catalog((Rule("AUTH010", "door", "Door"), Rule("AUTH011", "gate", "Gate")))
    assert [one.id for one in both.without("AUTH010").rules] == ["AUTH011"]


def test_rules_are_listed_by_the_node_they_match() -> None:
    listed = (Rule("AUTH010", "a", "A", node="Door"), Rule("AUTH011", "b", "B", node="Door"), Rule("AUTH001", "c", "C"))
    assert {node: [one.id for one in found] for node, found in Catalog(listed).by_node.items()} == {
        "Door": ["AUTH010", "AUTH011"]
    }
