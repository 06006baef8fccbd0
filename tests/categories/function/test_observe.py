"""What functions deploy, seen in both generations."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.categories.function.observe import OBSERVER
from migrator.engine.observed import Aspect, Declared, Generation, Side
from tests.categories.observing import differing, gen1, gen2, generation

FUNCTION, ROLE, LAYER = "AWS::Lambda::Function", "AWS::IAM::Role", "AWS::Lambda::LayerVersion"
KNOWN = (("resize", "Lambda"), ("tools", "LambdaLayer"))


def old(*resources: Declared) -> Generation:
    return generation(Side.GEN1, *resources, known=KNOWN)


def new(*resources: Declared) -> Generation:
    return generation(Side.GEN2, *resources, known=KNOWN)


def function(**said: Any) -> Declared:
    return gen1("function/resize#LambdaFunction", FUNCTION, said)


def made(path: str = "function/resize-lambda", **said: Any) -> Declared:
    return gen2(path, FUNCTION, said)


@pytest.mark.parametrize("path", ["function/resize-lambda", "data/resize-lambda", "auth/resize-lambda"])
def test_a_function_is_known_in_whatever_stack_it_stands(path: str) -> None:
    assert differing(OBSERVER, old(function(Timeout=25)), new(made(path, Timeout=25))) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"MemorySize": 128, "Timeout": 3, "EphemeralStorage": {"Size": 512}, "Architectures": ["x86_64"]}),
        ({"Layers": []}, {}),
        ({"Code": {"S3Key": "a"}}, {"Code": {"S3Key": "b"}}),
    ],
)
def test_what_means_the_same_is_the_same(one: Any, other: Any) -> None:
    assert differing(OBSERVER, old(function(**one)), new(made(**other))) == []


@pytest.mark.parametrize(
    ("one", "other", "attribute"),
    [
        ({"Timeout": 25}, {}, "Timeout"),
        ({}, {"MemorySize": 512}, "MemorySize"),
        ({"Runtime": "nodejs20.x"}, {"Runtime": "nodejs22.x"}, "Runtime"),
        ({"Handler": "index.handler"}, {"Handler": "index.main"}, "Handler"),
        ({"Layers": ["a", "b"]}, {"Layers": ["b", "a"]}, "Layers"),
        ({"ReservedConcurrentExecutions": 1}, {}, "ReservedConcurrentExecutions"),
        ({"VpcConfig": {"SubnetIds": ["a"]}}, {}, "VpcConfig.SubnetIds"),
        ({}, {"Architectures": ["arm64"]}, "Architectures"),
        ({"TracingConfig": {"Mode": "Active"}}, {}, "TracingConfig.Mode"),
    ],
)
def test_what_a_function_says_otherwise_is_seen(one: Any, other: Any, attribute: str) -> None:
    found = differing(OBSERVER, old(function(**one)), new(made(**other)))
    assert [each[:2] for each in found] == [("function resize", attribute)]


def test_the_role_of_another_function_is_seen() -> None:
    own = gen1("function/resize#LambdaExecutionRole", ROLE)
    roles = (gen2("function/resize-lambda/ServiceRole", ROLE), gen2("function/other-lambda/ServiceRole", ROLE))
    one = old(function(Role="${function/resize#LambdaExecutionRole.Arn}"), own)
    assert differing(OBSERVER, one, new(made(Role="${function/resize-lambda/ServiceRole#R.Arn}"), *roles)) == []
    assert differing(OBSERVER, one, new(made(Role="${function/other-lambda/ServiceRole#R.Arn}"), *roles)) != []


def variables(**said: str) -> dict[str, Any]:
    return {"Environment": {"Variables": said}}


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"A": "1", "B": ""}, []),
        ({"A": "2", "B": ""}, [("function resize", "Variables[A]", "1", "2")]),
        ({"A": "1"}, [("function resize", "Variables[B]", "", None)]),
        ({"A": "1", "B": "", "C": "x"}, [("function resize", "Variables[C]", None, "x")]),
    ],
)
def test_every_variable_is_compared(other: Any, found: Any) -> None:
    one = old(function(**variables(A="1", B="")))
    assert differing(OBSERVER, one, new(made(**variables(**other))), Aspect.ENVIRONMENT) == found


def schedule(side: str, **said: Any) -> Declared:
    called = "function/resize#LambdaFunction" if side == "gen1" else "function/resize-lambda#R"
    targets = [{"Arn": f"${{{called}.Arn}}", "Id": side}]
    properties = {"ScheduleExpression": "rate(1 hour)", "Targets": targets, **said}
    rule = "AWS::Events::Rule"
    return gen1("function/resize#Event", rule, properties) if side == "gen1" else gen2("function/E", rule, properties)


def test_a_schedule_is_known_by_the_function_that_it_calls() -> None:
    one, other = old(function(), schedule("gen1")), new(made(), schedule("gen2", State="ENABLED"))
    assert differing(OBSERVER, one, other) == []


@pytest.mark.parametrize("said", [{"ScheduleExpression": "rate(2 hours)"}, {"State": "DISABLED"}, {"Targets": []}])
def test_another_schedule_is_seen(said: Any) -> None:
    assert differing(OBSERVER, old(function(), schedule("gen1")), new(made(), schedule("gen2", **said))) != []


def source(side: str, called: str, **said: Any) -> Declared:
    properties = {"EventSourceArn": "arn:aws:kinesis:r:a:stream/clicks", "FunctionName": called, **said}
    kind = "AWS::Lambda::EventSourceMapping"
    return gen1("function/resize#Source", kind, properties) if side == "gen1" else gen2("function/S", kind, properties)


def test_an_event_source_is_one_whether_it_calls_by_name_or_arn() -> None:
    one = old(function(), source("gen1", "${function/resize#LambdaFunction.Arn}"))
    assert differing(OBSERVER, one, new(made(), source("gen2", "${function/resize-lambda#R}", Enabled=True))) == []
    (found,) = differing(OBSERVER, one, new(made(), source("gen2", "${function/resize-lambda#R}", BatchSize=1)))
    assert found[1] == "BatchSize"


def test_an_event_source_for_another_function_is_seen() -> None:
    one = old(function(), source("gen1", "${function/resize#LambdaFunction}"))
    other = new(made(), made("function/other-lambda"), source("gen2", "${function/other-lambda#R}"))
    assert [each[1] for each in differing(OBSERVER, one, other)] == ["", "", ""]


def test_a_layer_is_known_by_its_name() -> None:
    one = old(gen1("function/tools#LambdaLayerVersion1", LAYER, {"CompatibleRuntimes": ["b", "a"]}))
    assert differing(OBSERVER, one, new(gen2("function/tools", LAYER, {"CompatibleRuntimes": ["a", "b"]}))) == []
    assert differing(OBSERVER, one, new(gen2("function/tools", LAYER, {"CompatibleRuntimes": ["a"]}))) != []


@pytest.mark.parametrize(("queue", "size"), [("arn:aws:sqs:r:a:jobs", 10), ("arn:aws:kinesis:r:a:stream/clicks", 100)])
def test_a_batch_that_is_not_said_is_lambdas(queue: str, size: int) -> None:
    one = old(source("gen1", "${function/resize#LambdaFunction.Arn}", EventSourceArn=queue))

    def differs(batch: int) -> bool:
        said = source("gen2", "${function/resize-lambda#R}", EventSourceArn=queue, BatchSize=batch)
        return differing(OBSERVER, old(function(), *one.resources), new(made(), said)) != []

    assert (differs(size), differs(size + 1)) == (False, True)
