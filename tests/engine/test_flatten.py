"""Properties as flat settings."""

from __future__ import annotations

from migrator.engine.flatten import BAG, EACH, SET, by, pattern, settings


def test_objects_become_paths() -> None:
    assert settings({"A": {"B": {"C": 1}}, "D": "x"}) == {"A.B.C": 1, "D": "x"}


def test_what_is_empty_says_nothing() -> None:
    assert settings({"A": {}, "B": [], "C": None, "D": ""}) == {"D": ""}


def test_a_list_of_scalars_keeps_its_order() -> None:
    assert settings({"A": ["b", "a"]}) == {"A": ("b", "a")}


def test_a_set_is_sorted_and_has_each_value_once() -> None:
    assert settings({"A": ["b", "a", "b"]}, {"A": SET}) == {"A": ("a", "b")}


def test_each_value_of_a_set_is_a_setting() -> None:
    assert settings({"A": ["b", "a"]}, {"A": EACH}) == {"A[b]": True, "A[a]": True}


def test_objects_are_told_apart_by_a_property() -> None:
    listed = [{"Name": "email", "Required": True}, {"Name": "phone"}]
    assert settings({"A": listed}, {"A": by("Name")}) == {
        "A[email]": True,
        "A[email].Required": True,
        "A[phone]": True,
    }


def test_two_objects_of_one_name_hide_nothing() -> None:
    listed = [{"Name": "x", "V": 1}, {"Name": "x", "V": 2}]
    assert settings({"A": listed}, {"A": by("Name")}) == {
        "A[x]": True,
        "A[x].V": 1,
        "A[x (2)]": True,
        "A[x (2)].V": 2,
    }


def test_objects_without_a_name_are_counted() -> None:
    assert settings({"A": [{"V": 1}, {"V": 2}]}) == {"A[0].V": 1, "A[1].V": 2}


def test_the_order_of_a_bag_means_nothing() -> None:
    one, other = {"E": "put", "T": {"x": 1, "y": 2}}, {"T": {"y": 1}, "E": "get"}
    shapes = {"A": BAG}
    assert settings({"A": [one, other]}, shapes) == settings({"A": [other, one]}, shapes)


def test_a_shape_below_a_list_names_any_element() -> None:
    listed = [{"Methods": ["PUT", "GET"]}]
    assert settings({"A": listed}, {"A[*].Methods": SET}) == {"A[0].Methods": ("GET", "PUT")}


def test_a_pattern_names_any_element() -> None:
    assert pattern("A[email].B[0].C") == "A[*].B[*].C"
