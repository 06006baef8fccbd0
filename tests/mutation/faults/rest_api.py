"""REST APIs: who gets in, who answers, and what browsers and clients are told."""

from __future__ import annotations

import json
from typing import Any

from migrator.verify.results import Check
from tests.mutation.edits import GONE, Change, drop, put
from tests.mutation.fault import Fault
from tests.mutation.faults.outputs import told

SETTINGS, GRANTS = Check.SETTINGS, Check.GRANTS
API = "rest-api-parcelpost/parcelpost"
PARCELS = f"{API}/Default/parcels"
ADMIN = r"rest-api-AdminQueries/AdminQueries/Default/\{proxy\+\}/ANY"
STAGE = f"{API}/DeploymentStage.main"
ORCHARD = "rest-overridden"
APPLES = "rest-api-orchard/orchard"
GATE = f"{APPLES}/Default/gate"
KEEPER = "rest-api-orchard/Keeper"
RESOURCES = "PolicyDocument.Statement[0].Resource"
CORS = "Integration.IntegrationResponses[0].ResponseParameters"
ALLOWED = "method.response.header.Access-Control-Allow-Methods"


def reaching(old: str, new: str) -> Any:
    """Other places in the ARNs of a statement."""
    return lambda said: json.loads(json.dumps(said).replace(old, new))


def rights(policy: str, old: str, new: str) -> Change:
    """A policy of the API that reaches another place."""
    return put(f"rest-api-parcelpost/{policy}", RESOURCES, reaching(old, new))


FAULTS = (
    Fault("a path takes unsigned requests", SETTINGS, "parcels", put(f"{PARCELS}/ANY", "AuthorizationType", "NONE")),
    Fault(
        "everything below a path takes unsigned requests",
        SETTINGS,
        "parcels",
        put(rf"{PARCELS}/\{{proxy\+\}}/ANY", "AuthorizationType", "NONE"),
    ),
    Fault(
        "an open path is closed", SETTINGS, "parcels", put(f"{API}/Default/track/ANY", "AuthorizationType", "AWS_IAM")
    ),
    Fault("admin queries take tokens of any scope", SETTINGS, "parcels", drop(ADMIN, "AuthorizationScopes")),
    Fault("admin queries take signed requests", SETTINGS, "parcels", put(ADMIN, "AuthorizationType", "AWS_IAM")),
    Fault(
        "admin queries take tokens of another pool",
        SETTINGS,
        "parcels",
        put("rest-api-AdminQueries/Cognito", "ProviderARNs", ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/x"]),
    ),
    Fault(
        "another function answers",
        SETTINGS,
        "parcels",
        put(
            f"{PARCELS}/ANY", "Integration.Uri", "arn:aws:apigateway:eu-west-1:lambda:path/functions/other/invocations"
        ),
    ),
    Fault("a path answers one verb only", SETTINGS, "parcels", put(f"{PARCELS}/ANY", "HttpMethod", "GET")),
    Fault("a path is called otherwise", SETTINGS, "parcels", put(PARCELS, "PathPart", "parcel")),
    Fault(
        "browsers may send no parcels",
        SETTINGS,
        "parcels",
        put(f"{PARCELS}/OPTIONS", CORS, lambda said: {**said, ALLOWED: "'GET'"}),
    ),
    Fault(
        "browsers are not told why",
        SETTINGS,
        "parcels",
        put(f"{API}/DEFAULT_4XX", "ResponseType", "ACCESS_DENIED"),
    ),
    Fault("another stage", SETTINGS, "parcels", put(STAGE, "StageName", "v2")),
    Fault(
        "requests are throttled",
        SETTINGS,
        "parcels",
        put(STAGE, "MethodSettings", [{"HttpMethod": "*", "ResourcePath": "/*", "ThrottlingRateLimit": 1}]),
    ),
    Fault("guests may send parcels", GRANTS, "parcels", rights("PolicyAPIGWUnauth1", "/GET/", "/*/")),
    Fault("guests may see the depots", GRANTS, "parcels", rights("PolicyAPIGWUnauth1", "/parcels", "/depots")),
    Fault("users may read parcels only", GRANTS, "parcels", rights("PolicyAPIGWAuth1", "/*/parcels", "/GET/parcels")),
    Fault(
        "couriers may change depots", GRANTS, "parcels", rights("CouriersGroupdepotsPolicy", "/GET/depots", "/*/depots")
    ),
    Fault(
        "any API may call a function",
        GRANTS,
        "parcels",
        put(f"{API}/ApiPermission.*tracking.*", "SourceArn", "arn:aws:execute-api:eu-west-1:123456789012:*"),
    ),
    Fault(
        "a path waits longer for its function",
        SETTINGS,
        ORCHARD,
        put(f"{GATE}/ANY", "Integration.TimeoutInMillis", 29000),
    ),
    Fault("a path asks no function who may pass", SETTINGS, ORCHARD, put(f"{GATE}/ANY", "AuthorizationType", "NONE")),
    Fault(
        "another function says who may pass",
        SETTINGS,
        ORCHARD,
        put(
            KEEPER,
            "AuthorizerUri",
            "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/"
            "arn:aws:lambda:eu-west-1:123456789012:function:other/invocations",
        ),
    ),
    Fault(
        "who may pass is asked of another header",
        SETTINGS,
        ORCHARD,
        put(KEEPER, "IdentitySource", "method.request.header.X"),
    ),
    Fault(
        "answers about who may pass are kept longer",
        SETTINGS,
        ORCHARD,
        put(KEEPER, "AuthorizerResultTtlInSeconds", 3600),
    ),
    Fault(
        "an API is near its clients no more",
        SETTINGS,
        ORCHARD,
        put(APPLES, "EndpointConfiguration", {"Types": ["EDGE"]}),
    ),
    Fault("an API loses the tags of its override", SETTINGS, ORCHARD, drop(APPLES, "Tags")),
    Fault("what an override added is gone", SETTINGS, ORCHARD, drop("rest-api-orchard/OrchardApiId")),
    Fault(
        "what an override added says something else",
        SETTINGS,
        ORCHARD,
        put("rest-api-orchard/OrchardApiId", "Value", "none"),
    ),
    Fault(
        "any service may call what looks at keys",
        GRANTS,
        ORCHARD,
        put("rest-api-orchard/KeeperPermission", "SourceArn", "*"),
    ),
    Fault(
        "pickers may come from anywhere",
        GRANTS,
        ORCHARD,
        put("rest-api-orchard/PickersGrouptreesPolicy.*", "PolicyDocument.Statement[0].Condition", GONE),
    ),
    Fault("clients find no REST API", Check.OUTPUTS, "parcels", told("customOutputs", '{"custom":{},"version":"1.4"}')),
)
