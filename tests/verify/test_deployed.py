"""What Gen 1 deployed against what Gen 2 synthesizes: the checks as a whole, on small projects."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from migrator.commands.assessment import Assessment
from migrator.core.finding import Finding, Severity
from migrator.core.ref import ResourceRef
from migrator.engine.acceptance import Verdict
from migrator.engine.observed import Aspect
from migrator.verify.assembly import Assembly
from migrator.verify.results import Check, CheckResult, Status
from migrator.verify.subject import DeployedSubject
from tests.verify.deployments import FUNCTION, RESIZE, assembly, checked, gen1, project


@pytest.fixture
def resize(tmp_path: Path) -> Assessment:
    """A project with one function."""
    return project(tmp_path, {"resize": FUNCTION})


def synthesized(**changes: Any) -> Assembly:
    """The function in Gen 2, with other properties."""
    function: Any = deepcopy(RESIZE)
    for name, value in changes.items():
        function["Properties"][name] = value
    return assembly({"function": {"Resources": {"resizelambda": function}}})


def open_differences(result: CheckResult) -> list[tuple[str, str, Any, Any]]:
    return [
        (one.resource, one.attribute, one.gen1, one.gen2)
        for one in result.differences
        if one.verdict is Verdict.UNEXPLAINED
    ]


def test_what_is_the_same_passes(resize: Assessment) -> None:
    result = checked(resize, synthesized())
    assert (result.status, open_differences(result)) == (Status.PASSED, [])


def test_what_is_meant_is_told_with_its_rule(resize: Assessment) -> None:
    (one,) = checked(resize, synthesized()).differences
    assert (one.attribute, one.gen1, one.gen2, one.verdict, one.rule) == (
        "FunctionName",
        "resize-main",
        None,
        Verdict.ACCEPTED,
        "FUN800",
    )


def test_another_timeout_fails(resize: Assessment) -> None:
    result = checked(resize, synthesized(Timeout=3))
    assert result.status is Status.FAILED
    assert result.reason == "1 difference without an explanation"
    assert open_differences(result) == [("function/resize: function resize", "Timeout", 25, 3)]


def test_more_memory_than_lambdas_default_fails(resize: Assessment) -> None:
    result = checked(resize, synthesized(MemorySize=512))
    assert open_differences(result) == [("function/resize: function resize", "MemorySize", None, 512)]


def test_a_variable_that_is_gone_fails_the_check_of_variables(resize: Assessment) -> None:
    made = synthesized(Environment={"Variables": {"ENV": "main", "AMPLIFY_SSM_ENV_CONFIG": "{}"}})
    assert checked(resize, made).status is Status.PASSED
    result = checked(resize, made, Check.ENVIRONMENT)
    assert open_differences(result) == [
        ("function/resize: function resize", "Variables[REGION]", "${AWS::Region}", None)
    ]


def test_a_function_that_is_gone_fails(resize: Assessment) -> None:
    result = checked(resize, assembly({}))
    assert open_differences(result) == [("function/resize: function resize", "", "present", None)]


def test_a_resource_that_nothing_knows_of_fails(resize: Assessment) -> None:
    topic = {"Type": "AWS::SNS::Topic", "Metadata": {"aws:cdk:path": "root/extra/Topic/Resource"}}
    made = synthesized()
    both = assembly({"function": made.stacks[1].template, "extra": {"Resources": {"Topic": topic}}})
    assert open_differences(checked(resize, both)) == [("extra/Topic", "", None, "present")]


def test_a_value_of_another_function_is_compared_by_what_it_is(tmp_path: Path) -> None:
    caller: Any = deepcopy(FUNCTION)
    caller["Resources"]["LambdaFunction"]["Properties"]["Environment"]["Variables"] = {
        "OTHER": {"Ref": "functionresizeName"}
    }
    caller["Parameters"]["functionresizeName"] = {"Type": "String"}
    needs = {"caller": {"dependsOn": [{"category": "function", "resourceName": "resize", "attributes": ["Name"]}]}}
    assessment = project(tmp_path, {"resize": FUNCTION, "caller": caller}, needs)

    def made(other: Any) -> Assembly:
        own: Any = deepcopy(RESIZE)
        own["Metadata"]["aws:cdk:path"] = "root/function/caller-lambda/Resource"
        own["Properties"]["Environment"]["Variables"] = {"OTHER": other}
        return assembly({"function": {"Resources": {"resizelambda": RESIZE, "callerlambda": own}}})

    assert open_differences(checked(assessment, made({"Ref": "resizelambda"}), Check.ENVIRONMENT)) == []
    assert open_differences(checked(assessment, made({"Ref": "callerlambda"}), Check.ENVIRONMENT)) == [
        ("function/caller: function caller", "Variables[OTHER]", "${function resize}", "${function caller}")
    ]


def test_a_parameter_with_its_own_name_is_what_the_name_says_though_no_index_does(tmp_path: Path) -> None:
    caller: Any = deepcopy(FUNCTION)
    variables = {"OTHER": {"Ref": "functionresizeName"}, "OWN": {"Ref": "functionName"}}
    caller["Resources"]["LambdaFunction"]["Properties"]["Environment"]["Variables"] = variables
    caller["Parameters"]["functionresizeName"] = {"Type": "String", "Default": "functionresizeName"}
    caller["Parameters"]["functionName"] = {"Type": "String", "Default": "functionName"}
    found = gen1(project(tmp_path, {"resize": FUNCTION, "caller": caller})).of(Aspect.ENVIRONMENT)
    (said,) = (one.attributes for _, one in found if one.key == "function caller")
    assert said == {"Variables[OTHER]": "${function resize}", "Variables[OWN]": "functionName"}


def test_a_value_of_what_is_left_out_is_shown_as_its_gap(with_queue: Assessment) -> None:
    template: Any = with_queue.app.entries[0].documents["template"].root
    function = template["Resources"]["LambdaFunction"]
    function["Properties"]["DeadLetterConfig"] = {"TargetArn": {"Fn::GetAtt": ["Jobs", "Arn"]}}
    made = synthesized(DeadLetterConfig={"TargetArn": ""})
    about = ResourceRef("function", "resize")
    told = Finding("FUN999", Severity.GAP, "The resource Jobs stays.", resource=about, said=("Jobs",))
    with_queue.__dict__["findings"] = (told,)
    gaps = [(one.attribute, one.rule) for one in checked(with_queue, made).differences if one.gap]
    assert gaps == [("DeadLetterConfig.TargetArn", "FUN999"), ("", "FUN999")]


def test_what_is_not_converted_is_shown_as_its_gap(resize: Assessment, tmp_path: Path) -> None:
    ref = ResourceRef("function", "resize")
    resize.narrow(frozenset())
    gap = Finding("FUN901", Severity.GAP, "It is not converted.", resource=ref)
    subject = {"features": frozenset({"function"})}
    result = checked(resize, assembly({}), **subject)
    assert open_differences(result) == [("function/resize", "", "present", None)]
    resize.__dict__["findings"] = (gap,)
    (shown,) = checked(resize, assembly({}), **subject).differences
    assert (shown.verdict, shown.rule, shown.reason) == (Verdict.ACCEPTED, "FUN901", "gap: It is not converted.")


def test_features_that_are_not_asked_for_are_left_out(resize: Assessment) -> None:
    result = checked(resize, synthesized(Timeout=3), features=frozenset({"auth"}))
    assert open_differences(result) == []


def test_without_a_gen1_project_there_is_nothing_to_compare() -> None:
    assert DeployedSubject().reason == "there is no Gen 1 project to compare with"


def test_without_a_template_a_check_says_what_it_lacks(tmp_path: Path) -> None:
    assessment = project(tmp_path, {})
    result = checked(assessment, synthesized(), Check.ENVIRONMENT)
    assert (result.status, "amplify pull" in result.reason) == (Status.SKIPPED, True)


QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 30}}


@pytest.fixture
def with_queue(tmp_path: Path) -> Assessment:
    """The function, with a queue that somebody added to its template."""
    template: Any = deepcopy(FUNCTION)
    template["Resources"]["Jobs"] = QUEUE
    return project(tmp_path, {"resize": template})


def with_jobs(timeout: int) -> Assembly:
    queue = {**QUEUE, "Properties": {"VisibilityTimeout": timeout}, "Metadata": {"aws:cdk:path": "root/function/Jobs"}}
    return assembly({"function": {"Resources": {"resizelambda": RESIZE, "Jobs": queue}}})


def test_what_was_added_by_hand_is_compared_under_its_logical_id(with_queue: Assessment) -> None:
    assert open_differences(checked(with_queue, with_jobs(30))) == []
    ((_, attribute, one, other),) = open_differences(checked(with_queue, with_jobs(31)))
    assert (attribute, one, other) == ("VisibilityTimeout", 30, 31)


def test_what_scan_reports_by_name_is_shown_as_its_gap(with_queue: Assessment) -> None:
    about = ResourceRef("function", "resize")
    told = Finding("FUN999", Severity.GAP, "The resource Jobs stays.", resource=about, said=("Jobs",))
    with_queue.__dict__["findings"] = ()
    assert [one[0] for one in open_differences(checked(with_queue, synthesized()))] == [
        "function/resize: function/resize Jobs"
    ]
    with_queue.__dict__["findings"] = (told,)
    (gap,) = (one for one in checked(with_queue, synthesized()).differences if one.kind == "AWS::SQS::Queue")
    assert (gap.verdict, gap.rule) == (Verdict.ACCEPTED, "FUN999")


@pytest.mark.parametrize("kind", ["AWS::CloudFormation::Stack", "AWS::CloudFormation::StackSet"])
def test_a_stack_of_gen_2_whose_template_nobody_sees_is_told(resize: Assessment, kind: str) -> None:
    """What it makes, and whom it gives rights, would be compared by no check."""
    outside = {"Type": kind, "Properties": {"TemplateURL": "https://example.com/t.json"}}
    function = {"function": {"Resources": {"resizelambda": deepcopy(RESIZE)}}}
    result = checked(resize, assembly(function, {"Outside": outside}))
    assert [one[1:] for one in open_differences(result)] == [("", None, "present")]
