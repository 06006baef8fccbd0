"""How fields are resolved."""

from __future__ import annotations

from typing import Any

from migrator.verify.results import Check
from tests.mutation.edits import GONE, drop, put
from tests.mutation.fault import Fault

RESOLVERS = Check.RESOLVERS
CREATE = "data/papershop/Product/mutationCreateProductResolver"
QUOTE = "data/papershop/FunctionDirectiveStack/queryQuoteShippingResolver"
SUBSCRIBE = "data/papershop/OrderLine/subscriptionOnCreateOrderLineResolver"
SOURCE = "data/papershop/FunctionDirectiveStack/FnQuoteShippingLambdaDataSource"
FUNCTIONS = "PipelineConfig.Functions"


def stash(old: str, new: str) -> Any:
    """Another text in a template that is put together of pieces."""

    def change(template: Any) -> Any:
        pieces = template["Fn::Join"][1]
        assert any(isinstance(one, str) and old in one for one in pieces), pieces
        return {"Fn::Join": ["", [one.replace(old, new) if isinstance(one, str) else one for one in pieces]]}

    return change


FAULTS = (
    Fault("a resolver is lost", RESOLVERS, "shop", drop(CREATE)),
    Fault("no question who calls: a query of a function", RESOLVERS, "shop", put(QUOTE, f"{FUNCTIONS}[0]", GONE)),
    Fault("no question who calls: a subscription", RESOLVERS, "shop", put(SUBSCRIBE, f"{FUNCTIONS}[0]", GONE)),
    Fault("the answer to refused callers is lost", RESOLVERS, "shop", put(SUBSCRIBE, f"{FUNCTIONS}[1]", GONE)),
    Fault(
        "the steps in another order",
        RESOLVERS,
        "shop",
        put(CREATE, FUNCTIONS, lambda said: [said[1], said[0], *said[2:]]),
    ),
    Fault("a step twice", RESOLVERS, "shop", put(CREATE, FUNCTIONS, lambda said: [said[0], *said])),
    Fault(
        "another function answers",
        RESOLVERS,
        "shop",
        put(SOURCE, "LambdaConfig.LambdaFunctionArn", {"Ref": "referencetoelsewhere"}),
    ),
    Fault(
        "a source reads another table",
        RESOLVERS,
        "shop",
        put("data/papershop/Order/OrderDataSource", "DynamoDBConfig.TableName", "Other"),
    ),
    Fault(
        "a source reads another region",
        RESOLVERS,
        "shop",
        put("data/papershop/Order/OrderDataSource", "DynamoDBConfig.AwsRegion", "us-west-2"),
    ),
    Fault("a field without a pipeline", RESOLVERS, "shop", put(CREATE, "Kind", "UNIT")),
    Fault(
        "the stash names another type",
        RESOLVERS,
        "shop",
        put(QUOTE, "RequestMappingTemplate", stash('"fieldName", "quoteShipping"', '"fieldName", "other"')),
    ),
    Fault(
        "the stash takes the caller for a user",
        RESOLVERS,
        "shop",
        put(QUOTE, "RequestMappingTemplate", stash("assumed-role/", "role/")),
    ),
    Fault("an answer is swallowed", RESOLVERS, "shop", put(QUOTE, "ResponseMappingTemplate", "null")),
    Fault("answers are kept for a field", RESOLVERS, "shop", put(QUOTE, "CachingConfig", {"Ttl": 60})),
    Fault("many at once", RESOLVERS, "shop", put(QUOTE, "MaxBatchSize", 10)),
)
