"""Functions, what wakes them, and layers."""

from __future__ import annotations

from migrator.verify.results import Check
from tests.mutation.edits import add, drop, put
from tests.mutation.fault import Fault

REPORT = "function/nightlyreport-lambda"
SCHEDULE = "function/nightlyreport-CloudWatchEvent"
STREAM = "function/orderstream-lambda/.*EventSource.*"
SETTINGS = Check.SETTINGS
CIRCLE = Check.CYCLES

FAULTS = (
    Fault("the timeout", SETTINGS, "shop", put(REPORT, "Timeout", 3)),
    Fault("the timeout is not said", SETTINGS, "shop", drop(REPORT, "Timeout")),
    Fault("less memory", SETTINGS, "shop", put(REPORT, "MemorySize", 511)),
    Fault("another runtime", SETTINGS, "shop", put(REPORT, "Runtime", "nodejs20.x")),
    Fault("another processor", SETTINGS, "shop", put(REPORT, "Architectures[0]", "arm64")),
    Fault("more disk", SETTINGS, "shop", put(REPORT, "EphemeralStorage.Size", 1024)),
    Fault("an end to how many run at once", SETTINGS, "shop", put(REPORT, "ReservedConcurrentExecutions", 1)),
    Fault("a function in a network", SETTINGS, "shop", put(REPORT, "VpcConfig", {"SubnetIds": ["subnet-1"]})),
    Fault(
        "a layer that was not there",
        SETTINGS,
        "shop",
        put(REPORT, "Layers", ["arn:aws:lambda:eu-west-1:123456789012:layer:other:1"]),
    ),
    Fault("traces", SETTINGS, "shop", put(REPORT, "TracingConfig", {"Mode": "Active"})),
    Fault("a function is lost", SETTINGS, "shop", drop("function/orderstream-lambda")),
    Fault("the schedule", SETTINGS, "shop", put(SCHEDULE, "ScheduleExpression", "cron(30 2 * * ? *)")),
    Fault("the schedule sleeps", SETTINGS, "shop", put(SCHEDULE, "State", "DISABLED")),
    Fault("the schedule is lost", SETTINGS, "club", drop("function/outingreminder-CloudWatchEvent")),
    Fault(
        "the schedule wakes another function",
        SETTINGS,
        "shop",
        put(SCHEDULE, "Targets[0].Arn", {"Fn::GetAtt": ["orderstreamlambda7F5B72F5", "Arn"]}),
    ),
    Fault("the stream is read from its beginning", SETTINGS, "shop", put(STREAM, "StartingPosition", "TRIM_HORIZON")),
    Fault("the stream comes one by one", SETTINGS, "shop", put(STREAM, "BatchSize", 1)),
    Fault("the stream is not read", SETTINGS, "shop", drop(STREAM)),
    Fault("the stream is filtered", SETTINGS, "shop", put(STREAM, "FilterCriteria", {"Filters": [{"Pattern": "{}"}]})),
    Fault("a queue that nobody asked for", SETTINGS, "shop", add(REPORT, "Jobs", {"Type": "AWS::SQS::Queue"})),
    Fault(
        "an address for everybody",
        SETTINGS,
        "shop",
        add(REPORT, "Address", {"Type": "AWS::Lambda::Url", "Properties": {"AuthType": "NONE"}}),
    ),
    Fault(
        "a role waits for its function",
        CIRCLE,
        "shop",
        put("function/nightlyreport-lambda/ServiceRole", "/DependsOn", ["nightlyreportlambdaBA791FA9"]),
    ),
    Fault(
        "two stacks wait for each other",
        CIRCLE,
        "shop",
        put("auth\\.NestedStack/auth\\.NestedStackResource", "/DependsOn", ["function1351588B"]),
    ),
    Fault("a table waits for itself", CIRCLE, "shop", put("storage-loyalty/loyalty", "/DependsOn", "loyaltyACD1BB05")),
)
