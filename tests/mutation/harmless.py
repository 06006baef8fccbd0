"""Changes that deploy the same, in TypeScript and in what is synthesized: the proof has to pass as before."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct
from msgspec.structs import replace

from migrator.verify.assembly import Assembly
from tests.mutation.edits import Change, put, together
from tests.mutation.faults.grants import POLICY, STATEMENTS
from tests.mutation.sources import Edit


class Harmless(Struct, frozen=True):
    """A change of a synthesized sample that deploys the same."""

    name: str
    sample: str
    change: Change


class HarmlessSource(Struct, frozen=True):
    """Edits of a golden project that deploy the same."""

    name: str
    sample: str
    edits: tuple[Edit, ...]


def in_sources() -> tuple[HarmlessSource, ...]:
    """Those that are made in TypeScript."""
    listed = yaml.safe_load((Path(__file__).parent / "harmless.yaml").read_text("utf-8"))
    return tuple(
        HarmlessSource(
            one["name"], one["sample"], tuple(Edit(e["file"], e.get("old", ""), e["new"]) for e in one["edits"])
        )
        for one in listed
    )


def everywhere(change: Callable[[Any], Any]) -> Change:
    """Every template, changed."""

    def changed(assembly: Assembly) -> Assembly:
        return replace(assembly, stacks=tuple(replace(one, template=change(one.template)) for one in assembly.stacks))

    return changed


def reordered(value: Any) -> Any:
    """The keys of every object, from the last to the first."""
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(one) for one in value] if isinstance(value, list) else value


def renamed(old: str, new: str) -> Change:
    """Another logical id, wherever it is said."""

    def change(assembly: Assembly) -> Assembly:
        whole = re.compile(rf'"{old}"')
        stacks = []
        for stack in assembly.stacks:
            text = msgspec.json.encode(stack.template).decode()
            template = msgspec.json.decode(whole.sub(f'"{new}"', text))
            stacks.append(replace(stack, template=template))
        return replace(assembly, stacks=tuple(stacks))

    return change


def without(part: str) -> Callable[[Any], Any]:
    """A template without a part of it."""
    return lambda template: {key: value for key, value in template.items() if key != part}


def described(template: Any) -> Any:
    """A template that is described otherwise."""
    return template | {"Description": "Another description"}


def as_texts(properties: Any) -> Any:
    """Numbers and booleans as texts, which CloudFormation takes for the same."""
    if isinstance(properties, dict):
        return {key: as_texts(value) for key, value in properties.items()}
    if isinstance(properties, list):
        return [as_texts(value) for value in properties]
    if isinstance(properties, bool):
        return "true" if properties else "false"
    return str(properties) if isinstance(properties, int) else properties


POOL = "auth/amplifyAuth/UserPool"
CLIENT = "auth/amplifyAuth/UserPoolAppClient"
BUCKET = "storage/media/Bucket"
REPORT = "function/nightlyreport-lambda"
SCHEDULE = "function/nightlyreport-CloudWatchEvent"

CHANGES = (
    Harmless("keys in another order", "shop", everywhere(reordered)),
    Harmless("another logical id: a pool", "shop", renamed("amplifyAuthUserPool4BA7F805", "Pool")),
    Harmless("another logical id: a function", "shop", renamed("nightlyreportlambdaBA791FA9", "Report")),
    Harmless("other descriptions of templates", "club", everywhere(described)),
    Harmless("no rules of CDK's own", "shop", everywhere(without("Rules"))),
    Harmless("attributes in another order", "notes-legacy", put(POOL, "Schema", lambda said: said[::-1])),
    Harmless("scopes in another order", "club", put(CLIENT, "AllowedOAuthScopes", lambda said: said[::-1])),
    Harmless("callbacks in another order", "club", put(CLIENT, "CallbackURLs", lambda said: said[::-1])),
    Harmless(
        "indexes in another order",
        "club",
        put("data/rowclub/Outing/OutingTable/Default", "globalSecondaryIndexes", lambda said: said[::-1]),
    ),
    Harmless("statements in another order", "shop", put(POLICY, STATEMENTS, lambda said: said[::-1])),
    Harmless("actions in another order", "shop", put(POLICY, f"{STATEMENTS}[0].Action", lambda said: said[::-1])),
    Harmless(
        "a statement in two",
        "shop",
        put(
            POLICY,
            STATEMENTS,
            lambda said: [
                said[0] | {"Action": said[0]["Action"][:2]},
                said[0] | {"Action": said[0]["Action"][2:]},
                *said[1:],
            ],
        ),
    ),
    Harmless("a statement with a name", "shop", put(POLICY, f"{STATEMENTS}[0].Sid", "Tables")),
    Harmless("an action twice", "shop", put(POLICY, f"{STATEMENTS}[0].Action", lambda said: [*said, said[0]])),
    Harmless(
        "methods of CORS in another order",
        "shop",
        put(BUCKET, "CorsConfiguration.CorsRules[0].AllowedMethods", lambda said: said[::-1]),
    ),
    Harmless(
        "numbers as texts", "shop", together(put(REPORT, "MemorySize", as_texts), put(REPORT, "Timeout", as_texts))
    ),
    Harmless("settings as texts", "shop", put(POOL, "Policies", as_texts)),
    Harmless(
        "an ARN put together",
        "shop",
        put(SCHEDULE, "Targets[0].Arn", {"Fn::Sub": "${nightlyreportlambdaBA791FA9.Arn}"}),
    ),
    Harmless("what holds anyway", "shop", put(REPORT, "TracingConfig", {"Mode": "PassThrough"})),
    Harmless("another id of a target", "shop", put(SCHEDULE, "Targets[0].Id", "Main")),
    Harmless("another name of the API", "shop", put("data/papershop/GraphQLAPI", "Name", "papershopApi")),
)
