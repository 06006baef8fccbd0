"""What rules may look at besides the fact they match."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from migrator.core.ref import ResourceRef
from migrator.engine.context import Options
from migrator.gen1.graph import Node
from tests.engine.made import DOOR, REF, context, fact


class Wall(Node, frozen=True):
    left_out = True


def test_a_resource_of_the_backend_is_converted(tmp_path: Path) -> None:
    assert context(tmp_path, fact(DOOR)).converted(REF)


def test_a_resource_outside_the_selection_is_not_converted(tmp_path: Path) -> None:
    assert not replace(context(tmp_path, fact(DOOR)), selection=frozenset()).converted(REF)


def test_a_resource_that_is_left_out_is_not_converted_although_it_is_selected(tmp_path: Path) -> None:
    assert not context(tmp_path, fact(DOOR), fact(Wall())).converted(REF)


def test_a_resource_that_is_not_there_is_not_converted(tmp_path: Path) -> None:
    gone = ResourceRef("auth", "gone")
    assert not replace(context(tmp_path, fact(DOOR)), selection=frozenset({gone})).converted(gone)


def test_resources_are_made_anew_unless_something_says_otherwise(tmp_path: Path) -> None:
    assert not context(tmp_path, fact(DOOR)).reused(REF)


def test_the_resources_of_a_reused_feature_are_reused(tmp_path: Path) -> None:
    assert context(tmp_path, fact(DOOR), options=Options(reuse=frozenset({"auth"}))).reused(REF)


def test_a_resource_that_gen_1_had_imported_is_reused(tmp_path: Path) -> None:
    assert context(tmp_path, fact(DOOR), imported=True).reused(REF)


def test_a_branch_has_the_name_of_its_environment(tmp_path: Path) -> None:
    assert context(tmp_path).branch("dev") == "dev"


def test_a_branch_may_have_another_name(tmp_path: Path) -> None:
    assert context(tmp_path, options=Options(branch_map={"prod": "main"})).branch("prod") == "main"
