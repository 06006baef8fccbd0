"""Custom stacks, and what overrides set."""

from __future__ import annotations

from migrator.verify.results import Check
from tests.mutation.edits import GONE, drop, put
from tests.mutation.fault import Fault

QUEUE = "custom-pilotage/requests"
RULE = "custom-pilotage/tide"
TABLE = "custom-registry#Vessels"
TOPIC = "custom-registry#Notices"
CLERK = "custom-registry#Clerk"
API = "data/harbour/GraphQLAPI"
SETTINGS = Check.SETTINGS

FAULTS = (
    Fault(
        "a queue of a custom stack forgets its messages earlier",
        SETTINGS,
        "harbour",
        put(QUEUE, "VisibilityTimeout", 30),
    ),
    Fault("what pilots did not answer is lost", SETTINGS, "harbour", drop(QUEUE, "RedrivePolicy")),
    Fault("a queue has the live one's name", SETTINGS, "harbour", put(QUEUE, "QueueName", "pilotage-main")),
    Fault("a schedule of a custom stack is off", SETTINGS, "harbour", put(RULE, "State", "DISABLED")),
    Fault("a table of a custom stack goes with it", SETTINGS, "harbour", put(TABLE, "/DeletionPolicy", "Delete")),
    Fault("a table of a custom stack keeps its rows", SETTINGS, "harbour", drop(TABLE, "TimeToLiveSpecification")),
    Fault("a parameter of a custom stack has another value", SETTINGS, "harbour", put(TOPIC, "DisplayName", "Harbour")),
    Fault(
        "a role of a custom stack may do more",
        Check.GRANTS,
        "harbour",
        put(CLERK, "Policies[0].PolicyDocument.Statement[1].Action", "dynamodb:*"),
    ),
    Fault(
        "a topic that an override added has another label",
        SETTINGS,
        "harbour",
        put("storage/ChartBells", "DisplayName", "Charts"),
    ),
    Fault("an alarm that an override added is gone", SETTINGS, "harbour", drop("storage/ManyCharts")),
    Fault(
        "an alarm that an override added looks at another bucket",
        SETTINGS,
        "harbour",
        put("storage/ManyCharts", "Dimensions[0].Value", "another"),
    ),
    Fault(
        "a resolver asks what it asked before the override",
        Check.RESOLVERS,
        "harbour",
        put("data/harbour/Berth/queryGetBerthResolver", "RequestMappingTemplate", "{}"),
    ),
    Fault(
        "a resolver that an override lets keep answers keeps none",
        Check.RESOLVERS,
        "harbour",
        put("data/harbour/Berth/mutationCreateBerthResolver", "CachingConfig", GONE),
    ),
    Fault("what an override switched on is off", Check.API, "harbour", put(API, "XrayEnabled", GONE)),
)
