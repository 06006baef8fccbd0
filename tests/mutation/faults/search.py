"""Search, and resources of the API's own stacks."""

from __future__ import annotations

from migrator.verify.results import Check
from tests.mutation.edits import drop, put
from tests.mutation.fault import Fault

SAMPLE = "graphql-search"
STACK = "data/archive/SearchableStack"
DOMAIN = f"{STACK}/OpenSearchDomain"
ROLE = f"{STACK}/OpenSearchStreamingLambdaIAMRole/DefaultPolicy"
SETTINGS, RESOLVERS, GRANTS = Check.SETTINGS, Check.RESOLVERS, Check.GRANTS

FAULTS = (
    Fault(
        "the search domain has a smaller instance",
        SETTINGS,
        SAMPLE,
        put(DOMAIN, "ElasticsearchClusterConfig.InstanceType", "t2.small.elasticsearch"),
    ),
    Fault(
        "nodes of the search domain speak in the clear",
        SETTINGS,
        SAMPLE,
        drop(DOMAIN, "NodeToNodeEncryptionOptions"),
    ),
    Fault("the search domain has a foreign name", SETTINGS, SAMPLE, put(DOMAIN, "DomainName", "archive")),
    Fault(
        "rows do not come into the index any more",
        SETTINGS,
        SAMPLE,
        drop(f"{STACK}/SearchableRecordingLambdaMapping"),
    ),
    Fault(
        "what fills the index may do anything with every domain",
        GRANTS,
        SAMPLE,
        put(ROLE, "PolicyDocument.Statement[0].Resource", "*"),
    ),
    Fault(
        "a table of the API's own stack goes with it",
        SETTINGS,
        SAMPLE,
        put("data/LoansTable", "/DeletionPolicy", "Delete"),
    ),
    Fault("a note of the API names another one", SETTINGS, SAMPLE, put("data/ApiNoted", "Value", "another")),
    Fault(
        "a resolver by hand asks for one row whoever asks",
        RESOLVERS,
        SAMPLE,
        put("data/QueryLoanResolver", "RequestMappingTemplate", lambda said: said.replace("${ctx.args.shelf}", "A")),
    ),
    Fault(
        "a data source by hand reads another table",
        RESOLVERS,
        SAMPLE,
        put("data/LoansSource", "DynamoDBConfig.TableName", "loans"),
    ),
    Fault(
        "a role of a data source by hand may do anything",
        GRANTS,
        SAMPLE,
        put("data/LoansPolicy", "PolicyDocument.Statement[0].Action", "dynamodb:*"),
    ),
)
