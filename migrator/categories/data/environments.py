"""The live tables of every Gen 1 environment whose API is known: they are named after model, API id and environment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from migrator.categories.data.model import GraphqlSchema
from migrator.categories.data.sdl import parse
from migrator.core.errors import UsageError
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.app import App
from migrator.gen1.graph import Fact

API_ID = "GraphQLAPIIdOutput"
"""The output of the API's stack that is its id; functions get it as a parameter."""
_ID = r"[a-z0-9]{26}"
"""Ids of AppSync APIs. The one in the address of an API (`aws-exports.js`) is another."""


def live_tables(fact: Fact[GraphqlSchema], models: Iterable[str], context: Context) -> Mapping[str, Mapping[str, str]]:
    """Environment to model to the name of its live table, the converted environment first.

    Raises UsageError when nothing says the id of the converted environment's API.
    """
    ids = api_ids(fact, context)
    chosen = context.app.env or ""
    if not ids.get(chosen):
        _explain(fact, context)
    order = dict.fromkeys((chosen, *context.app.environments, *ids))
    stems = {model: model for model in models} | dict(_mapped(fact.node))
    return {env: {m: f"{stems[m]}-{ids[env]}-{env}" for m in stems} for env in order if env in ids}


def _mapped(schema: GraphqlSchema) -> Iterator[tuple[str, str]]:
    """Models whose tables have another name (`@mapsTo`)."""
    for file in schema.files:
        for definition in parse(file.text):
            mapped = definition.directive("mapsTo") if definition.is_model else None
            if mapped and isinstance(name := mapped.arguments.get("name"), str):
                yield definition.name, name


def _explain(fact: Fact[GraphqlSchema], context: Context) -> None:
    if not context.app.env:
        raise UsageError(
            f"the live tables of {fact.resource} are named after their environment, which no file says",
            hint="Name it with --env.",
        )
    raise UsageError(
        f"the live tables of {fact.resource} are named after the id of its API, which no file says",
        hint="Give it with --api-id (AppSync console, or `aws appsync list-graphql-apis`).",
    )


def api_ids(fact: Fact[GraphqlSchema], context: Context) -> dict[str, str]:
    """Environment to the id of its API: what the user said, what deployments noted, what names of tables show."""
    app = context.app
    found = _said(context.options.api_id, app.env or "")
    for env, api in (*_deployed(app, fact.resource), *_in_texts(app, fact)):
        found.setdefault(env, api)
    return found


def _said(option: str, env: str) -> dict[str, str]:
    """`--api-id`: the id alone, or `ENV=ID` for several environments, with commas between."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in option.split(","))):
        name, _, api = part.rpartition("=")
        if not api or (name or env) in found:
            raise UsageError(
                f"--api-id {option!r} is not understood", hint="Write --api-id ID, or --api-id ENV=ID,ENV=ID."
            )
        found[name or env] = api
    return found


def _deployed(app: App, ref: ResourceRef) -> Iterator[tuple[str, str]]:
    """What `amplify-meta.json` notes, for the environment whose stack it is of."""
    entry = app.entry(ref)
    if entry is not None and app.env and (api := entry.output(API_ID).value):
        yield app.env, api
    for meta in (app.files.deployed_meta, app.files.local_meta):
        stack = app.files.provider(meta, "StackName").value
        env = next((env for env in app.environments if stack and app.files.stack_of(env) == stack), "")
        api_id = meta.part(ref.category, ref.name, "output", API_ID).root if meta is not None and env else None
        if isinstance(api_id, str) and api_id:
            yield env, api_id


def _in_texts(app: App, fact: Fact[GraphqlSchema]) -> Iterator[tuple[str, str]]:
    """Environments of which files name a table, or hand the API's id to a function; not where they disagree."""
    found: dict[str, set[str]] = {}
    for env, api in (*_parameters(app, fact.resource), *_names(app, fact.node.models)):
        found.setdefault(env, set()).add(api)
    yield from ((env, ids.pop()) for env, ids in found.items() if len(ids) == 1)


def _parameters(app: App, ref: ResourceRef) -> Iterator[tuple[str, str]]:
    """Parameters of functions in `team-provider-info.json`, by environment."""
    name, team = f"{ref.category}{ref.name}{API_ID}", app.files.team_file
    for env in app.environments if team is not None else ():
        for key, value in _members(team.part(env, "categories").root if team else None):
            if key == name and re.fullmatch(_ID, value):
                yield env, value


def _names(app: App, models: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names of tables in any file of the app: policies, parameters, settings of front ends."""
    words, envs = "|".join(map(re.escape, models)), "|".join(map(re.escape, app.environments))
    if not words or not envs:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{words})-(?P<api>{_ID})-(?P<env>{envs})(?![\w-])")
    documents = [*app.documents.values(), *app.front_ends, *filter(None, [app.files.team_file])]
    documents += [document for entry in app.entries for document in entry.documents.values()]
    for document in documents:
        for _, value in _members(document.root):
            yield from ((hit["env"], hit["api"]) for hit in pattern.finditer(value))


def _members(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text, with the name of the member that holds it."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _members(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _members(item, key)
