"""The API, its schema, and the tables of its models."""

from __future__ import annotations

from migrator.verify.results import Check
from tests.mutation.edits import GONE, add, drop, put, rewritten
from tests.mutation.fault import Fault

API_ = "data/papershop/GraphQLAPI"
KEY = "data/papershop/GraphQLAPI/DefaultApiKey"
ORDERS = "data/papershop/Order/OrderTable/Default"
MODES = "AdditionalAuthenticationProviders"
POOLS = {"AuthenticationType": "AMAZON_COGNITO_USER_POOLS"}
KEYS = {"AuthenticationType": "API_KEY"}
API, TABLES = Check.API, Check.TABLES


def sdl(name: str, old: str, new: str, sample: str = "shop") -> Fault:
    """A fault in the schema that is deployed."""
    return Fault(name, API, sample, rewritten(".graphql", old, new))


FAULTS = (
    Fault("another default mode", API, "shop", put(API_, "AuthenticationType", "API_KEY")),
    Fault("a mode is added: keys", API, "club", put("data/rowclub/GraphQLAPI", f"{MODES}[1]", KEYS)),
    Fault("a mode is lost", API, "shop", put(API_, f"{MODES}[0]", GONE)),
    Fault(
        "a mode is added: any issuer",
        API,
        "shop",
        put(
            API_,
            f"{MODES}[2]",
            {"AuthenticationType": "OPENID_CONNECT", "OpenIDConnectConfig": {"Issuer": "https://example.com"}},
        ),
    ),
    Fault("users of the pool are refused", API, "shop", put(API_, "UserPoolConfig.DefaultAction", "DENY")),
    Fault("the pool of somebody else", API, "shop", put(API_, "UserPoolConfig.UserPoolId", "eu-west-1_abcdefghi")),
    Fault("the key lives a year", API, "shop", put(KEY, "Expires", lambda said: said + 335 * 86400)),
    Fault("the key is lost", API, "shop", drop(KEY)),
    Fault(
        "a second API",
        API,
        "shop",
        add(
            API_,
            "Other",
            {"Type": "AWS::AppSync::GraphQLApi", "Properties": {"Name": "other", "AuthenticationType": "API_KEY"}},
        ),
    ),
    Fault(
        "an API for events",
        API,
        "shop",
        add(API_, "Events", {"Type": "AWS::AppSync::Api", "Properties": {"Name": "events"}}),
    ),
    Fault(
        "answers are kept",
        API,
        "shop",
        add(
            API_,
            "Cache",
            {
                "Type": "AWS::AppSync::ApiCache",
                "Properties": {"ApiCachingBehavior": "FULL_REQUEST_CACHING", "Ttl": 60, "Type": "SMALL"},
            },
        ),
    ),
    Fault("the schema may be asked by nobody", API, "shop", put(API_, "IntrospectionConfig", "DISABLED")),
    Fault("questions have a limit", API, "shop", put(API_, "QueryDepthLimit", 5)),
    Fault("logs of everything", API, "shop", put(API_, "LogConfig", {"FieldLogLevel": "ALL"})),
    sdl("an attribute is optional", "  title: String!\n", "  title: String\n"),
    sdl("an attribute is required", "  maker: String\n", "  maker: String!\n"),
    sdl("a list may hold nothing", "tags: [String!]", "tags: [String]"),
    sdl("an attribute is lost", "  imageKey: String\n", ""),
    sdl("an attribute has another name", "  imageKey: String\n", "  imageUrl: String\n"),
    sdl(
        "the owner's attribute has another name",
        "  updatedAt: AWSDateTime!\n  owner: String\n",
        "  updatedAt: AWSDateTime!\n  ownedBy: String\n",
    ),
    sdl("a value of an enumeration is lost", "  SHIPPED\n", ""),
    sdl("a type is open to keys", "type Order @aws_iam", "type Order @aws_api_key @aws_iam"),
    sdl("a type is closed to keys", "type Product @aws_api_key", "type Product"),
    sdl(
        "a query is open to keys", "getOrder(id: ID!): Order @aws_iam", "getOrder(id: ID!): Order @aws_api_key @aws_iam"
    ),
    sdl("an argument is lost", "quoteShipping(country: String!, weightGrams: Int!)", "quoteShipping(country: String!)"),
    sdl("an argument is optional", "announcePayment(orderId: ID!)", "announcePayment(orderId: ID)"),
    sdl("another query field", "ordersByOwner(", "ordersByOwnerAndPlacedOn("),
    sdl(
        "a subscription answers to another mutation",
        '@aws_subscribe(mutations: ["createProduct"])',
        '@aws_subscribe(mutations: ["updateProduct"])',
    ),
    sdl("subscriptions that Gen 1 left out", "type Subscription", "type Strange { a: String }\n\ntype Subscription"),
    sdl(
        "subscriptions are for all",
        "onCreateOrder(filter: ModelSubscriptionOrderFilterInput, owner: String)",
        "onCreateOrder(filter: ModelSubscriptionOrderFilterInput)",
    ),
    sdl(
        "a mutation for IAM only",
        "deleteOuting(input: DeleteOutingInput!, condition: ModelOutingConditionInput): Outing"
        " @aws_cognito_user_pools @aws_iam",
        "deleteOuting(input: DeleteOutingInput!, condition: ModelOutingConditionInput): Outing @aws_iam",
        "club",
    ),
    Fault("the table of a model goes with its stack", TABLES, "shop", put(ORDERS, "/DeletionPolicy", "Delete")),
    Fault("a model's index is lost", TABLES, "shop", drop(ORDERS, "globalSecondaryIndexes")),
    Fault(
        "a model's index has another name",
        TABLES,
        "shop",
        put(ORDERS, "globalSecondaryIndexes[0].indexName", "byOwner"),
    ),
    Fault(
        "a model's index has no sort key", TABLES, "shop", put(ORDERS, "globalSecondaryIndexes[0].keySchema[1]", GONE)
    ),
    Fault("a model's key", TABLES, "shop", put(ORDERS, "keySchema[0].attributeName", "orderId")),
    Fault(
        "a model's stream shows less", TABLES, "shop", put(ORDERS, "streamSpecification.streamViewType", "NEW_IMAGE")
    ),
    Fault("a model has no stream", TABLES, "shop", drop(ORDERS, "streamSpecification")),
    Fault("a model's table is not on demand", TABLES, "shop", put(ORDERS, "billingMode", "PROVISIONED")),
    Fault("a model's table is encrypted otherwise", TABLES, "shop", put(ORDERS, "sseSpecification.sseEnabled", True)),
    Fault(
        "a model's rows expire",
        TABLES,
        "shop",
        put(ORDERS, "timeToLiveSpecification", {"attributeName": "ttl", "enabled": True}),
    ),
    Fault(
        "backups of a model",
        TABLES,
        "shop",
        put(ORDERS, "pointInTimeRecoverySpecification", {"PointInTimeRecoveryEnabled": True}),
    ),
    Fault("a model's table is protected", TABLES, "shop", put(ORDERS, "deletionProtectionEnabled", True)),
    Fault("indexes replace the table", TABLES, "shop", put(ORDERS, "replaceTableUponGsiUpdate", True)),
    Fault("a model's table is lost", TABLES, "shop", drop(ORDERS)),
    Fault(
        "a model reads a table of another environment",
        TABLES,
        "shop",
        put(ORDERS, "tableName", "Order-abcdefghijklmnopqrstuvwxyz-dev"),
    ),
    Fault("a table is taken over", TABLES, "shop", put(ORDERS, "/Type", "Custom::ImportedAmplifyDynamoDBTable")),
)
