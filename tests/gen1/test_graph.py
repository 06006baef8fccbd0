"""Facts from traced values, defaults by path, and edges between resources."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from migrator.core.ref import ResourceRef
from migrator.documents.document import Document
from migrator.documents.traced import Source, Traced
from migrator.gen1.graph import (
    Evidence,
    Fact,
    Link,
    LinkKind,
    Node,
    Resource,
    ResourceGraph,
    attribute,
    attributes,
    fact,
    gen1_defaults,
)

POOL, BELL, TABLE = ResourceRef("auth", "pool"), ResourceRef("function", "bell"), ResourceRef("storage", "table")
FILE = Document(Path("a.json"), "a.json", {"a": 1, "b": {"c": 2}})


class Inner(Node, frozen=True):
    depth: int = 0


class Middle(Node, frozen=True):
    inner: Inner = Inner(1)
    word: str = "m"


class Outer(Node, frozen=True):
    required: str
    middle: Middle = Middle()
    listed: tuple[str, ...] = ()
    settings: Mapping[str, Any] = {}


class Other(Node, frozen=True):
    left_out = True


def made(values: dict[str, Traced[Any]]) -> Fact[Outer]:
    return fact(Outer, POOL, "key", {"required": Traced("r"), **values})


def test_attributes_that_are_not_named_have_their_defaults() -> None:
    assert made({}).node == Outer("r")


def test_a_nested_value_is_named_by_its_path() -> None:
    assert made({"middle.inner.depth": Traced(5)}).value("middle.inner.depth") == 5


def test_beside_a_nested_value_the_outer_default_is_lost_only_where_it_was_named() -> None:
    assert made({"middle.word": Traced("x")}).node.middle == Middle(Inner(1), "x")


def test_a_value_keeps_its_places() -> None:
    place = Source(FILE, ("b", "c"))
    assert made({"middle.word": Traced("x", (place,))}).sources == {"middle.word": (place,)}


def test_a_default_has_no_places() -> None:
    assert made({"middle.word": Traced("x")}).sources == {}


def test_a_mapping_is_one_value() -> None:
    assert made({"settings": Traced({"depth": 1})}).node.settings == {"depth": 1}


@pytest.mark.parametrize("path", ["unknown", "middle.unknown", "middle.inner.unknown"])
def test_a_path_that_the_node_lacks_is_an_error_of_the_reader(path: str) -> None:
    with pytest.raises(KeyError, match="unknown"):
        made({path: Traced(1)})


def test_a_path_below_a_plain_value_is_an_error_of_the_reader() -> None:
    with pytest.raises(KeyError, match="listed"):
        made({"listed.deeper": Traced(1)})


def test_a_required_value_that_is_missing_is_an_error() -> None:
    with pytest.raises(TypeError, match="required"):
        fact(Outer, POOL, "key", {})


def test_every_attribute_is_listed_once_by_path() -> None:
    assert dict(attributes(Outer("r"))) == {
        "required": "r",
        "middle.inner.depth": 1,
        "middle.word": "m",
        "listed": (),
        "settings": {},
    }


def test_an_attribute_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError):
        attribute(Outer("r"), "middle.depth")


def test_defaults_are_those_of_the_enclosing_field() -> None:
    assert gen1_defaults(Outer)["middle.inner.depth"] == 1


def test_a_required_field_has_no_default() -> None:
    assert "required" not in gen1_defaults(Outer)


def test_defaults_of_made_values_are_made() -> None:
    assert gen1_defaults(Outer)["settings"] == {}


def test_evidence_is_ranked_by_strength() -> None:
    assert max(Evidence, key=lambda each: each.rank) is Evidence.SOURCE


def graph() -> ResourceGraph:
    return ResourceGraph(
        (
            Resource(
                POOL,
                "Cognito",
                Evidence.SOURCE,
                (Fact(POOL, "a", Outer("a")), Fact(POOL, "b", Inner())),
                (Link(POOL, BELL, LinkKind.TRIGGER, "signUp"), Link(POOL, TABLE, LinkKind.USES)),
            ),
            Resource(
                BELL, "Lambda", Evidence.SOURCE, (Fact(BELL, "c", Outer("c")),), (Link(BELL, TABLE, LinkKind.USES),)
            ),
        )
    )


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ({}, 3),
        ({"source": POOL}, 2),
        ({"target": TABLE}, 2),
        ({"kind": LinkKind.USES}, 2),
        ({"source": POOL, "kind": LinkKind.USES}, 1),
        ({"source": TABLE}, 0),
        ({"target": BELL, "kind": LinkKind.USES}, 0),
    ],
)
def test_edges_are_found_by_their_ends_and_kind(wanted: dict[str, Any], number: int) -> None:
    assert len(graph().links(**wanted)) == number


def test_a_resource_is_found_by_its_name() -> None:
    found = graph().get(BELL)
    assert found is not None
    assert found.service == "Lambda"


def test_a_resource_that_is_not_there_is_not_found() -> None:
    assert graph().get(TABLE) is None


def test_facts_are_found_by_type() -> None:
    assert [one.key for one in graph().facts(Outer)] == ["a", "c"]


def test_facts_of_one_resource_are_found() -> None:
    assert [one.key for one in graph().facts(Outer, BELL)] == ["c"]


def test_a_resource_with_facts_can_be_converted() -> None:
    assert Resource(POOL, "Cognito", Evidence.SOURCE, (Fact(POOL, "a", Inner()),)).convertible


def test_a_resource_that_could_not_be_read_cannot_be_converted() -> None:
    assert not Resource(POOL, "Cognito", Evidence.SOURCE).convertible


def test_a_resource_that_a_fact_leaves_out_cannot_be_converted() -> None:
    facts = (Fact(POOL, "a", Inner()), Fact(POOL, "b", Other()))
    assert not Resource(POOL, "Cognito", Evidence.SOURCE, facts).convertible
