"""What functions are told."""

from __future__ import annotations

from migrator.verify.results import Check
from tests.mutation.edits import GONE, put
from tests.mutation.fault import Fault

REPORT = "function/nightlyreport-lambda"
PAYMENT = "data/paymentnotice-lambda"
VARIABLES = "Environment.Variables"
ENVIRONMENT = Check.ENVIRONMENT

FAULTS = (
    Fault(
        "a variable has another name",
        ENVIRONMENT,
        "shop",
        put(
            REPORT,
            VARIABLES,
            lambda said: {("BUCKET" if k == "STORAGE_MEDIA_BUCKETNAME" else k): v for k, v in said.items()},
        ),
    ),
    Fault("a variable is lost", ENVIRONMENT, "shop", put(REPORT, f"{VARIABLES}.STORAGE_MEDIA_BUCKETNAME", GONE)),
    Fault("a variable more", ENVIRONMENT, "shop", put(REPORT, f"{VARIABLES}.DEBUG", "1")),
    Fault("another value", ENVIRONMENT, "shop", put(PAYMENT, f"{VARIABLES}.SHOP_URL", "https://staging.example.com")),
    Fault("the name of another environment", ENVIRONMENT, "shop", put(REPORT, f"{VARIABLES}.ENV", "dev")),
    Fault(
        "one table's ARN for the other's name",
        ENVIRONMENT,
        "shop",
        put(
            REPORT,
            VARIABLES,
            lambda said: said | {"API_PAPERSHOP_ORDERTABLE_NAME": said["API_PAPERSHOP_ORDERTABLE_ARN"]},
        ),
    ),
    Fault(
        "the live table of another account",
        ENVIRONMENT,
        "shop",
        put(REPORT, f"{VARIABLES}.API_PAPERSHOP_ORDERTABLE_NAME", "Order-abcdefghijklmnopqrstuvwxyz-dev"),
    ),
    Fault("a secret is written out", ENVIRONMENT, "shop", put(PAYMENT, f"{VARIABLES}.PAYMENT_SIGNING_KEY", "s3cr3t")),
    Fault("a secret is never fetched", ENVIRONMENT, "shop", put(PAYMENT, f"{VARIABLES}.AMPLIFY_SSM_ENV_CONFIG", "{}")),
    Fault(
        "the list of secrets is lost", ENVIRONMENT, "shop", put(PAYMENT, f"{VARIABLES}.AMPLIFY_SSM_ENV_CONFIG", GONE)
    ),
    Fault(
        "the region is a text",
        ENVIRONMENT,
        "club",
        put("function/outingreminder-lambda", f"{VARIABLES}.REGION", "us-east-1"),
    ),
    Fault(
        "the time zone", ENVIRONMENT, "club", put("function/outingreminder-lambda", f"{VARIABLES}.CLUB_TIMEZONE", "UTC")
    ),
)
