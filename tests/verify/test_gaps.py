"""Values that Gen 1 takes from what is not converted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from migrator.core.finding import Finding, Severity
from migrator.core.location import Location
from migrator.core.ref import ResourceRef
from migrator.engine.comparison import Mismatch
from migrator.engine.observed import Declared, Observed
from migrator.verify.gaps import UNKNOWN, naming, of_right, of_value

FUNCTION = "AWS::Lambda::Function"
RESIZE, LAKE = ResourceRef("function", "resize"), ResourceRef("custom", "lake")
FOUND = (
    Finding("OTH030", Severity.GAP, "The stack custom/lake is not converted.", resource=LAKE),
    Finding(
        "FUN900", Severity.GAP, "The template of function/resize also makes Jobs.", resource=RESIZE, said=("Jobs",)
    ),
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


JOBS, STEPS = "${function/resize Jobs}", "${custom/lake#Outputs.Steps}"


@pytest.mark.parametrize("gen2", [("",), ("subnet-1",), ("subnet-1", "subnet-2")])
def test_a_list_of_what_is_not_converted_is_shown_as_its_gap(gen2: tuple[str, ...]) -> None:
    assert rule((JOBS, STEPS), gen2) == "FUN900"
    assert rule((JOBS, STEPS, "kept"), (*gen2, "kept")) == "FUN900"


@pytest.mark.parametrize(
    ("gen1", "gen2"),
    [
        ((JOBS, "${function resize}"), ("", "")),
        ((JOBS, "kept"), ("",)),
        ((JOBS,), None),
        ((JOBS,), ("${bucket media}",)),
        ((JOBS,), ("subnet-1", "subnet-2")),
        ((JOBS, "kept"), ("kept",)),
        ((JOBS, 5), ("", 5)),
    ],
)
def test_a_list_of_which_gen_2_ought_to_have_a_part_is_no_gap(gen1: object, gen2: object) -> None:
    assert rule(gen1, gen2) == ""


ROLE = "AWS::IAM::Role"
OF_ROLE = Finding(
    "FUN053",
    Severity.GAP,
    "The role of function/resize has MaxSessionDuration.",
    resource=RESIZE,
    said=("MaxSessionDuration",),
)
OF_TRUST = Finding(
    "FUN052",
    Severity.GAP,
    "Besides Lambda, others may take the role: edgelambda.",
    resource=RESIZE,
    said=("edgelambda",),
)


def right(attribute: str, gen2: object = None) -> str:
    """The rule that a right of the function's role is shown under, when Gen 2 has it so."""
    one = Observed(ROLE, "role of function resize", {}, (Declared("r", ROLE, owner=RESIZE),))
    mismatch = Mismatch(ROLE, "role of function resize", attribute, ("a:B",), gen2, one)  # type: ignore[arg-type]
    known = (*FOUND, OF_ROLE, OF_TRUST)
    found = of_right(mismatch, lambda ref: ref == RESIZE, lambda ref: (gap for gap in known if gap.resource == ref))
    return found.rule if found else ""


def test_a_right_on_what_is_not_converted_is_shown_as_its_gap() -> None:
    assert right("Allow[arn:aws:s3:::${custom/lake Bucket}/*]") == "OTH030"


def test_who_may_become_a_role_and_its_properties_are_shown_as_their_gaps() -> None:
    assert right("Trust[service edgelambda.amazonaws.com]") == "FUN052"
    assert right("MaxSessionDuration") == "FUN053"


@pytest.mark.parametrize(
    ("attribute", "gen2"),
    [
        ("Allow[arn:aws:s3:::${custom/lake Bucket}/*]", ("a:B", "a:C")),
        ("Allow[arn:aws:s3:::${bucket media}/*]", None),
        ("Deny[arn:aws:s3:::${custom/lake Bucket}/*]", None),
        ("PermissionsBoundary", None),
        ("Trust[service ec2.amazonaws.com]", None),
    ],
)
def test_a_right_that_gen_2_ought_to_have_is_no_gap(attribute: str, gen2: object) -> None:
    assert right(attribute, gen2) == ""


JOBS_ARN = "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${function/resize Jobs.QueueName}"


@pytest.mark.parametrize(
    ("given", "attribute", "gen2", "shown"),
    [
        ({f"Allow[{JOBS_ARN}]": ("sqs:SendMessage",)}, "Allow[]", ("sqs:SendMessage",), "FUN900"),
        ({f"Allow[{JOBS_ARN}]": ("sqs:SendMessage",)}, "Allow[]", ("sqs:PurgeQueue",), ""),
        ({f"Allow[{JOBS_ARN}]": ("sqs:SendMessage",)}, "Allow[*]", ("sqs:SendMessage",), ""),
        ({"Allow[arn:aws:s3:::${bucket media}]": ("sqs:SendMessage",)}, "Allow[]", ("sqs:SendMessage",), ""),
        ({}, "Allow[]", ("sqs:SendMessage",), ""),
    ],
)
def test_a_right_on_an_empty_place_is_shown_as_the_gap_of_what_belongs_there(
    given: dict[str, tuple[str, ...]], attribute: str, gen2: tuple[str, ...], shown: str
) -> None:
    one = Observed(ROLE, "role of function resize", given, (Declared("r", ROLE, owner=RESIZE),))
    found = of_right(
        Mismatch(ROLE, "role of function resize", attribute, None, gen2, one), lambda ref: ref == RESIZE, gaps
    )
    assert (found.rule if found else "") == shown


def test_a_right_on_a_name_that_no_file_explains_is_shown_as_the_gap_of_its_role() -> None:
    said = "Policies of CrewGroupRole speak of names."
    lost = Finding("AUTH206", Severity.GAP, said, resource=RESIZE, said=("CrewGroupRole",))
    one = Observed(ROLE, "role of group Crew", {}, (Declared("auth/x#CrewGroupRole", ROLE, owner=RESIZE),))

    def told(attribute: str, gap: Finding = lost) -> str:
        mismatch = Mismatch(ROLE, "role of group Crew", attribute, ("a:B",), None, one)
        found = of_right(mismatch, lambda ref: True, lambda ref: (gap,))
        return found.rule if found else ""

    assert told("Allow[arn:aws:s3:::${S3Bucket}/*]") == "AUTH206"
    assert told("Allow[arn:aws:s3:::known/*]") == ""
    assert told("Allow[arn:aws:s3:::${S3Bucket}/*]", OF_ROLE) == ""


@pytest.mark.parametrize("lost", ["template", "also", "Queue", "SQS", "resize"])
def test_a_word_around_the_names_in_a_message_names_no_resource(lost: str) -> None:
    message = "The template of function/resize also makes Jobs (AWS::SQS::Queue)."
    gap = Finding("FUN900", Severity.GAP, message, resource=RESIZE, said=("Jobs (AWS::SQS::Queue)",))
    assert naming((gap,), "Jobs") is not None
    assert naming((gap,), lost) is None


def test_what_is_said_of_a_property_does_not_explain_a_resource_that_is_lost() -> None:
    def gap(pointer: str) -> Finding:
        return Finding("GEN011", Severity.GAP, "It is not used.", Location("t.json", pointer), resource=RESIZE)

    assert naming((gap("/Resources/Jobs"),), "Jobs") is not None
    assert naming((gap("/Resources/Jobs/Properties/Tags"),), "Jobs") is None
