"""What the data category deploys, in both generations: its names, and who observes what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.categories.data import (
    api_source,
    observe_api,
    observe_outputs,
    observe_resolvers,
    observe_rights,
    observe_search,
    observe_tables,
)
from migrator.categories.data.model import CustomResource
from migrator.categories.data.observe_api import API, KEY
from migrator.categories.data.observe_tables import IMPORTED, MADE, TABLE
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Observer, Side

_SINGLE = {API: "GraphQL API", KEY: "key of the GraphQL API"}
"""Types of which a project has one."""
_CHANGES = {"AWS::DynamoDB::Table": "table of changes", "AWS::IAM::Role": "role of the table of changes"}
_OF_CHANGES = re.compile(r"^(?:DataStore|AmplifyDataStoreIAMRole(?:[0-9A-F]{8})?)$")
"""Of DataStore: what was changed in the last 30 minutes."""
_GEN2_TABLE = re.compile(r"^data/[^/]+/[^/]+/(\w+)Table(?:/Default)?$")
_LACKED = (
    "the project does not hold the mapping templates that Gen 1 built (`build/resolvers`; `amplify pull` brings them), "
    "so pipelines, data sources and the templates of stacks are compared, but not the authorization in these files"
)
_OF_FIRST_TRANSFORMER = (
    "Gen 1 built the resolvers with transformer 1: one step each, which does the authorization as well. Of the "
    "pipelines of Gen 2 only what each field reads is compared; `api` and `schema` compare who gets which field"
)
_EXPORT = re.compile(r"GetAtt:(\w+)Table:(\w+)$")


def name(declared: Declared, generation: Generation) -> str:
    """What both generations call the API, its key, and the tables of models."""
    if not _is_of_data(declared, generation):
        return ""
    if declared.type in _SINGLE:
        return _SINGLE[declared.type]
    if part := observe_search.name(declared) or _of_changes(declared, generation) or _by_hand(declared, generation):
        return part
    if generation.side is Side.GEN1:
        model = _gen1_model(declared) if declared.type == TABLE else ""
    else:
        found = _GEN2_TABLE.match(declared.path) if declared.type in (MADE, IMPORTED) else None
        model = found[1] if found else ""
    return f"model {model}" if model else ""


def _is_of_data(declared: Declared, generation: Generation) -> bool:
    if generation.side is Side.GEN2:
        return declared.stack.partition("/")[0] == "data"
    known = generation.context.app.entry(declared.owner) if declared.owner else None
    return known is not None and known.service == "AppSync"


def _of_changes(declared: Declared, generation: Generation) -> str:
    """What DataStore needs besides the models, where it is kept; where it is left, that is all Gen 1's own."""
    if generation.context.options.datastore != "keep":
        return ""
    own = declared.path.rpartition("/")[2] if declared.path else declared.logical_id
    return _CHANGES.get(declared.type, "") if _OF_CHANGES.match(own) and declared.stack.count("/") < 2 else ""


def _by_hand(declared: Declared, generation: Generation) -> str:
    """A resource of `stacks/`, which keeps its logical id."""
    direct = declared.path.count("/") == 1 if generation.side is Side.GEN2 else declared.stack.count("/") == 2
    own = {fact.key for fact in generation.context.graph.facts(CustomResource)} if direct else ()
    return f"{declared.logical_id} of the API's own stacks" if declared.logical_id in own else ""


def _gen1_model(declared: Declared) -> str:
    """The model of a table: the transformer calls the table after it, without signs that logical ids cannot have.

    https://docs.amplify.aws/gen1/react/build-a-backend/graphqlapi/data-modeling/
    """
    stack, id = declared.stack.split("/"), declared.logical_id
    if len(stack) != 3 or id != f"{stack[-1]}Table":
        return ""
    stem = str(declared.properties.get("TableName", "")).partition("-")[0]
    return stem if re.sub(r"\W|_", "", stem) == stack[-1] else stack[-1]


def observe(generation: Generation) -> Iterator[Observed]:
    """Everything that the data category deploys."""
    yield from observe_tables.observe(generation)
    yield from observe_api.observe(generation)
    yield from observe_resolvers.observe(generation)
    yield from observe_search.observe(generation)


def gives(ref: ResourceRef, output: str, context: Context) -> str:
    """What others take of an API: its id, address and key, and the tables of its models."""
    if ref.category != "api" or (known := context.app.entry(ref)) is None or known.service != "AppSync":
        return ""
    given = {
        "GraphQLAPIIdOutput": "${GraphQL API.ApiId}",
        "GraphQLAPIEndpointOutput": "${GraphQL API.GraphQLUrl}",
        "GraphQLAPIKeyOutput": "${key of the GraphQL API.ApiKey}",
    }
    table = _EXPORT.search(output)
    if table is None:
        return given.get(output, "")
    model = f"model {table[1]}"
    return {"Name": f"${{{model}}}", "StreamArn": f"${{{model}.StreamArn}}"}.get(table[2], "")


def lacks(context: Context) -> Iterator[tuple[Aspect, str]]:
    """Mapping templates that Gen 1 keeps in files, which only a build leaves in the project."""
    if observe_resolvers.of_first_transformer(context):
        yield Aspect.RESOLVERS, _OF_FIRST_TRANSFORMER
    elif observe_resolvers.lacks_templates(context):
        yield Aspect.RESOLVERS, _LACKED


DEFAULTS = (*observe_tables.DEFAULTS, *observe_api.DEFAULTS, *observe_resolvers.DEFAULTS, *observe_search.DEFAULTS)
OBSERVER = Observer(
    name,
    observe,
    DEFAULTS,
    gives,
    lacks,
    tells=observe_outputs.observe,
    schema=observe_outputs.schema,
    builds=api_source.sources,
    spelt=observe_rights.spelt,
    made_again=True,
)
