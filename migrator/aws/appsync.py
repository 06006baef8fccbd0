"""GraphQL APIs as they are, read only.

https://docs.aws.amazon.com/appsync/latest/APIReference/API_GetGraphqlApi.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from migrator.aws.errors import asking
from migrator.aws.properties import Properties, capitalized, optional, pages
from migrator.aws.session import Session

_API = (
    "name",
    "authenticationType",
    "additionalAuthenticationProviders",
    "userPoolConfig",
    "openIDConnectConfig",
    "lambdaAuthorizerConfig",
    "logConfig",
    "xrayEnabled",
)
_ROOTS = ("Query", "Mutation", "Subscription")


def graphql_api(session: Session, api: str) -> Properties | None:
    """An API by its id; None when there is none. `GraphQLUrl` is added to what templates say. Raises AwsError."""
    client = session.client("appsync")
    found = optional(lambda: client.get_graphql_api(apiId=api), f"the API {api}", "NotFoundException")
    if found is None:
        return None
    said: Mapping[str, Any] = found["graphqlApi"]
    return {
        **{name[:1].upper() + name[1:]: capitalized(said.get(name)) or None for name in _API},
        "GraphQLUrl": said.get("uris", {}).get("GRAPHQL", ""),
    }


def schema_text(session: Session, api: str) -> str:
    """The schema of an API as SDL, with its directives. Raises AwsError."""
    with asking(f"the schema of the API {api}"):
        answer = session.client("appsync").get_introspection_schema(apiId=api, format="SDL", includeDirectives=True)
        body: bytes = answer["schema"].read()
    return body.decode()


def introspected(session: Session, api: str) -> Mapping[str, Any]:
    """The types of an API as GraphQL's introspection tells them, by name. Raises AwsError."""
    with asking(f"the schema of the API {api}"):
        answer = session.client("appsync").get_introspection_schema(apiId=api, format="JSON")
        body: bytes = answer["schema"].read()
    said = msgspec.json.decode(body)
    listed = said.get("data", said)["__schema"]["types"]
    return {one["name"]: one for one in listed}


def resolvers(session: Session, api: str, types: tuple[str, ...] = _ROOTS) -> tuple[Properties, ...]:
    """The resolvers of the fields of some types. Raises AwsError."""
    client = session.client("appsync")
    found: list[Properties] = []
    for name in types:
        with asking(f"the resolvers of {name} of the API {api}"):
            found += [
                capitalized(one)
                for one in pages(client.list_resolvers, "resolvers", token="nextToken", apiId=api, typeName=name)
            ]
    return tuple(found)


def functions(session: Session, api: str) -> tuple[Properties, ...]:
    """The functions of which pipelines are made. Raises AwsError."""
    with asking(f"the functions of the API {api}"):
        client = session.client("appsync")
        return tuple(
            capitalized(one) for one in pages(client.list_functions, "functions", token="nextToken", apiId=api)
        )


def data_sources(session: Session, api: str) -> tuple[Properties, ...]:
    """What the API reads and writes. Raises AwsError."""
    with asking(f"the data sources of the API {api}"):
        client = session.client("appsync")
        listed = tuple(pages(client.list_data_sources, "dataSources", token="nextToken", apiId=api))
    return tuple(capitalized(one) for one in listed)


def api_keys(session: Session, api: str) -> tuple[str, ...]:
    """The keys of an API, the longest-lived first: to call with, never to store. Raises AwsError."""
    with asking(f"the keys of the API {api}"):
        listed = tuple(pages(session.client("appsync").list_api_keys, "apiKeys", token="nextToken", apiId=api))
    return tuple(str(one["id"]) for one in sorted(listed, key=lambda one: -int(one.get("expires", 0))))


def add_key(session: Session, api: str, days: int = 7) -> str:
    """Gives an API one key more, which holds for some days, and returns it. Raises AwsError."""
    import time

    expires = int(time.time()) + days * 24 * 60 * 60
    with asking(f"a key of the API {api}"):
        made = session.client("appsync").create_api_key(apiId=api, expires=expires)
    return str(made["apiKey"]["id"])
