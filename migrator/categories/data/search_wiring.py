"""The search domain of `@searchable` as wiring code: its size, the stream that fills it, and encryption.

The transformer of Gen 2 takes the same parameters as that of Gen 1, but `defineData` has no word for them.
https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/search-and-result-aggregations/#set-up-opensearch-for-production-environments
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.data.model import GraphqlApi, GraphqlSchema
from migrator.categories.data.targets import FEATURE, local
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import Piece, Wiring
from migrator.typescript.build import assign, call, const, member
from migrator.typescript.identifiers import identifier
from migrator.typescript.nodes import As, Do, Index, Lit, Member, Stmt, TypeName

PARAMETERS: Mapping[str, str | int] = {
    "OpenSearchInstanceType": "t2.small.elasticsearch",
    "OpenSearchInstanceCount": 1,
    "OpenSearchEBSVolumeGB": 10,
    "OpenSearchStreamBatchSize": 100,
    "OpenSearchStreamMaximumBatchingWindowInSeconds": 1,
    "OpenSearchDebugStreamingLambda": 0,
}
"""Parameters that change something, with the transformer's values (graphql-searchable-transformer 3.1.3)."""
_UNUSED = (
    "OpenSearchAccessIAMRoleName",
    "OpenSearchStreamingIAMRoleName",
    "OpenSearchStreamingFunctionName",
    "OpenSearchStreamingLambdaHandlerName",
    "OpenSearchStreamingLambdaRuntime",
)
"""Names of what only AppSync and the stream use, and what goes with the transformer's own code."""


def searches(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether the schema has models that can be searched; without any there is no domain."""
    schemas = context.graph.facts(GraphqlSchema, fact.resource)
    return any(one.node.searchable for one in schemas) if schemas else bool(fact.node.search)


def sized(fact: Fact[GraphqlApi], context: Context) -> bool:
    """Whether every setting of the domain is one that the transformer of Gen 2 takes."""
    return all(_known(name) and _plain(value) for name, value in fact.node.search.items())


def _plain(value: Any) -> bool:
    return isinstance(value, str | int) and "${" not in str(value)


def _known(name: str) -> bool:
    current = name.replace("ElasticSearch", "OpenSearch")
    return current in PARAMETERS or current in _UNUSED


def search_domain(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """Parameters of the domain that differ from the transformer's."""
    said = {name.replace("ElasticSearch", "OpenSearch"): value for name, value in fact.node.search.items()}
    changed = {name: said[name] for name, usual in PARAMETERS.items() if name in said and str(said[name]) != str(usual)}
    body = tuple(stmt for name, value in changed.items() for stmt in _parameter(name, value, PARAMETERS[name]))
    if body:
        yield Wiring(FEATURE, body, "DATA034", order=24, owner=fact.resource)


def _parameter(name: str, value: Any, usual: str | int) -> Iterator[Stmt]:
    variable = identifier(name.replace("OpenSearch", "search-"))
    found = call(member("backend", "data.node.findChild"), name)
    yield const(variable, As(found, TypeName("CfnParameter", "aws-cdk-lib")))
    number = isinstance(usual, int) and str(value).isdigit()
    yield assign(member(variable, "default"), int(value) if number else str(value))


def search_encryption(fact: Fact[GraphqlApi], context: Context) -> Iterator[Piece]:
    """Encryption between the nodes of the domain, which a flag of Gen 1 switches on."""
    domain = Index(local("additionalCfnResources"), Lit("OpenSearchDomain"))
    encrypted = call(Member(domain, "addPropertyOverride"), "NodeToNodeEncryptionOptions.Enabled", True)
    yield Wiring(FEATURE, (Do(encrypted),), "DATA042", order=25, owner=fact.resource)
