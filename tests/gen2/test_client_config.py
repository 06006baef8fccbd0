"""The layout of `amplify_outputs.json`."""

from __future__ import annotations

import json

import pytest

from migrator.gen2.client_config import complaint, print_client_config

AUTH = {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_a", "user_pool_client_id": "b"}


def test_what_clients_read_is_in_order() -> None:
    assert complaint("auth", AUTH) == ""


def test_a_section_without_what_clients_need_is_told() -> None:
    assert "user_pool_client_id" in complaint("auth", {"aws_region": "eu-west-1", "user_pool_id": "eu-west-1_a"})


@pytest.mark.parametrize("wrong", [{"mfa_configuration": "OFF"}, {"mfa_methods": ["PIGEON"]}, {"secret": "x"}])
def test_values_and_keys_that_clients_do_not_know_are_told(wrong: dict[str, object]) -> None:
    assert complaint("auth", {**AUTH, **wrong})


def test_custom_outputs_hold_anything() -> None:
    assert complaint("custom", {"API": {"books": 1}}) == ""


def test_an_unknown_section_is_told() -> None:
    assert complaint("bots", {})


def test_sections_stand_in_the_order_of_the_layout_without_empty_ones() -> None:
    printed = print_client_config({"custom": {"a": 1}, "storage": {}, "auth": AUTH})
    assert list(json.loads(printed)) == ["version", "auth", "custom"]
