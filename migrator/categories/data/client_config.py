"""What clients are told of a live Gen 1 GraphQL API, in the layout of `amplify_outputs.json`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.data.model import AuthMode, GraphqlApi
from migrator.categories.data.observe_outputs import schema
from migrator.engine.client_config import Lack, Told, files_of, is_of_another, known
from migrator.engine.context import Context
from migrator.gen1.entries import Entry
from migrator.gen1.exports import FrontEnd, api_key

_OF_KEY = "The AppSync console shows it under Settings; `amplify pull` writes it to the front end's file."


def told(context: Context) -> Iterator[Told]:
    """The section `data`; none for an app without an API."""
    entry = next(iter(context.app.of("api", "AppSync")), None)
    files = files_of(context.app)
    if entry is None and not files.graphql_endpoint.value:
        return
    values: dict[str, Any] = {
        "url": known(entry.output("GraphQLAPIEndpointOutput").value if entry else "", files.graphql_endpoint.value),
        "aws_region": known(files.graphql_region.value, context.app.region.value),
        **_modes(files, context),
    }
    wanted = {"url": "the address of the GraphQL API", "aws_region": "the region"}
    wanted["default_authorization_type"] = "the authorization mode of the GraphQL API"
    lacks = [Lack(what, needed=True) for key, what in wanted.items() if not values[key]]
    if AuthMode.API_KEY in (values["default_authorization_type"], *values["authorization_types"]):
        values["api_key"] = _key(entry, files, context)
        lacks += [] if values["api_key"] else [Lack("the API key", hint=_OF_KEY)]
    said = {key: value for key, value in values.items() if value or key == "authorization_types"}
    yield Told("data", said, tuple(lacks), resource=entry.ref if entry else None, schema=schema(context))


def _modes(files: FrontEnd, context: Context) -> dict[str, Any]:
    """The mode that requests use unless told otherwise, by the front end's own word, and the other modes.

    Front-end files have no word for further modes; without a description of the API, a key shows one.
    """
    nodes = (fact.node for resource in context.graph.resources for fact in resource.facts)
    api = next((node for node in nodes if isinstance(node, GraphqlApi)), None)
    modes = [str(api.default_mode), *map(str, api.more_modes)] if api else []
    if not modes and files.graphql_api_key.value:
        modes = [str(AuthMode.API_KEY)]
    default = files.graphql_authentication_type.value or (modes[0] if api else "")
    others = [mode for mode in dict.fromkeys(modes) if mode != default]
    return {"default_authorization_type": default, "authorization_types": others}


def _key(entry: Entry | None, files: FrontEnd, context: Context) -> str:
    """The key, which is public: every client holds it."""
    told = entry.output("GraphQLAPIKeyOutput").value if entry else ""
    mine = files.graphql_endpoint.present and not is_of_another(context.app)
    return known(told, api_key(context.app.front_ends) if mine else "")
