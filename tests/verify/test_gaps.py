"""Values that Gen 1 takes from what is not converted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.engine.comparison import Mismatch
from migrator.engine.observed import Declared, Observed
from migrator.verify.gaps import UNKNOWN, of_value

FUNCTION = "AWS::Lambda::Function"
RESIZE, LAKE = ResourceRef("function", "resize"), ResourceRef("custom", "lake")
FOUND = (
    Finding("OTH030", Severity.GAP, "The stack custom/lake is not converted.", resource=LAKE),
    Finding("FUN900", Severity.GAP, "The template of function/resize also makes Jobs.", resource=RESIZE),
)


def gaps(ref: ResourceRef | None) -> Iterator[Finding]:
    return (one for one in FOUND if one.resource == ref)


def rule(gen1: object, gen2: object) -> str:
    """The rule that a variable of function/resize is shown under."""
    one = Observed(FUNCTION, "function resize", {}, (Declared("f", FUNCTION, owner=RESIZE),))
    mismatch = Mismatch(FUNCTION, "function resize", "Variables[A]", gen1, gen2, one)  # type: ignore[arg-type]
    found = of_value(mismatch, lambda ref: ref == RESIZE, gaps)
    return found.rule if found else ""


@pytest.mark.parametrize("gen2", ["", "lake-of-the-user"])
def test_an_output_of_what_is_not_converted_is_shown_as_its_gap(gen2: str) -> None:
    assert rule("${custom/lake#Outputs.Name}", gen2) == "OTH030"
    assert rule("arn:aws:s3:::${custom/lake Bucket}", gen2) == "OTH030"


def test_a_resource_that_is_left_out_of_a_converted_template_is_shown_as_its_gap() -> None:
    assert rule("arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${function/resize Jobs.QueueName}", "") == "FUN900"


def test_a_parameter_that_no_file_fills_in_is_shown_as_a_value_that_is_not_known() -> None:
    assert rule("${routeCalculator}", "") == UNKNOWN


@pytest.mark.parametrize(
    ("gen1", "gen2"),
    [
        ("${function resize}", ""),
        ("${model Todo}", "Todo"),
        ("${function/resize Other.Arn}", ""),
        ("${custom/other#Outputs.Name}", ""),
        ("${custom/lake#Outputs.Name}", "${function resize}"),
        ("${custom/lake#Outputs.Name}/${bucket media}", ""),
        ("${custom/lake#Outputs.Name}", None),
        ("${AWS::Region}", ""),
        ("plain", ""),
        (25, 30),
    ],
)
def test_what_gen_2_ought_to_have_is_no_gap(gen1: object, gen2: object) -> None:
    assert rule(gen1, gen2) == ""
