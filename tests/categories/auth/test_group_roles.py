"""Roles of groups that policies of other resources name by what their names are put together of."""

from __future__ import annotations

import pytest

from migrator.categories.auth.observe import OBSERVER
from migrator.engine.observed import Side
from tests.categories import observing
from tests.categories.observing import generation


@pytest.mark.parametrize(
    ("role", "meant"),
    [
        ("${user pool}-WardensGroupRole", {"${user pool}-WardensGroupRole": "${role of group Wardens}"}),
        ("reporting", {}),
    ],
)
def test_the_role_of_a_group_is_known_by_its_name(role: str, meant: dict[str, str]) -> None:
    policy = observing.gen1("api/museum#WardensPolicy", "AWS::IAM::Policy", {"Roles": [role]})
    assert OBSERVER.spelt(generation(Side.GEN1, policy))[""] == meant
