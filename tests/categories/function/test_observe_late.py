"""Variables whose value comes through Parameter Store."""

from __future__ import annotations

import json

import pytest

from migrator.categories.function.observe_late import LATE, LIST, NOWHERE, late_values
from migrator.engine.observed import Side
from tests.categories.observing import gen2, generation

PARAMETER = gen2("functionLinks/P", "AWS::SSM::Parameter", {"Name": "/links/PEER", "Value": "${function ping}"})
SAID = {"PEER": LATE, LIST: json.dumps({"PEER": {"path": "/links/PEER"}})}


def test_a_parameter_of_the_backend_gives_the_value() -> None:
    said, used = late_values(SAID, generation(Side.GEN2, PARAMETER))
    assert (said["PEER"], used) == ("${function ping}", (PARAMETER,))


def test_a_secret_stays_one() -> None:
    assert late_values(SAID, generation(Side.GEN2)) == (SAID, ())


def test_a_value_that_is_there_already_stays() -> None:
    said = {**SAID, "PEER": "x"}
    assert late_values(said, generation(Side.GEN2, PARAMETER)) == (said, ())


def test_a_secret_that_is_not_listed_is_none() -> None:
    assert late_values({"PEER": LATE, LIST: "{}"}, generation(Side.GEN2))[0]["PEER"] == NOWHERE


@pytest.mark.parametrize("listed", ["", "{", "[]", "3", '{"PEER": 3}', None])
def test_an_odd_list_is_no_error(listed: object) -> None:
    assert late_values({"PEER": LATE, LIST: listed}, generation(Side.GEN2, PARAMETER))[1] == ()
