"""What is deployed, as a generation: the resources of the assembly, with the properties that the services tell.

What a service is not asked about keeps what the template says. Names that resources got become references again, so
that the observers read both alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from migrator.aws import appsync, cognito, dynamodb, kinesis, lambda_, s3
from migrator.aws.inventory import tree_resources
from migrator.aws.lifecycle import in_words_of
from migrator.aws.properties import Properties
from migrator.aws.session import Session
from migrator.aws.stacks import StackResource
from migrator.engine.observed import Declared, Generation
from migrator.verify.assembly import Assembly, Stack

_API = "AWS::AppSync::GraphQLApi"
_RULES = "LifecycleConfiguration"
_SHORTEST = 5
"""Names up to this length may stand in other words by chance."""
MADE = "Custom::AmplifyDynamoDBTable"
IMPORTED = "Custom::ImportedAmplifyDynamoDBTable"
_ACCOUNT = re.compile(r"(arn:aws[\w-]*:[a-z0-9-]+):([a-z0-9-]*):(\d{12}|):")

Describe: TypeAlias = "Callable[[Session, str, Declared, Located], Properties | None]"


class Located(Struct, frozen=True):
    """Where the resources of an assembly are, by their ids in the generation (`auth#UserPool4BA7`)."""

    names: Mapping[str, str]
    """The names that they got."""
    resources: Mapping[str, StackResource]

    def of(self, resources: tuple[Declared, ...], *types: str) -> Iterator[tuple[Declared, str]]:
        """The resources of these types that are there, with their names."""
        for one in resources:
            if one.type in types and self.names.get(one.id):
                yield one, self.names[one.id]


def locate(session: Session, stack: str, assembly: Assembly) -> Located:
    """Asks CloudFormation what became of every resource of an assembly. Raises AwsError."""
    prefixes = dict(_prefixes(assembly))
    found: dict[str, StackResource] = {}
    for path, one in tree_resources(session, stack):
        if path in prefixes:
            found[f"{prefixes[path]}#{one.logical_id}"] = one
    return Located({id: one.physical_id for id, one in found.items()}, found)


def _prefixes(assembly: Assembly) -> Iterator[tuple[str, str]]:
    """By the path of logical ids, what the generation calls each stack."""
    by_file = {stack.file: stack for stack in assembly.stacks}
    for stack in assembly.stacks:
        yield "/".join(_path(stack, by_file)), stack.path or stack.logical_id


def _path(stack: Stack, by_file: Mapping[str, Stack]) -> tuple[str, ...]:
    above = by_file.get(stack.parent)
    return (*(_path(above, by_file) if above else ()), stack.logical_id) if stack.logical_id else ()


def _pool(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    return cognito.user_pool(session, name)


def _client(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    pool = _named(declared.properties.get("UserPoolId"), located)
    said = cognito.user_pool_client(session, pool, name) if pool else {}
    return said and {key: value for key, value in said.items() if key != "UserPoolId"}


def _group(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    pools = [
        physical for id, physical in located.names.items() if located.resources[id].type == "AWS::Cognito::UserPool"
    ]
    wanted = declared.properties.get("GroupName")
    listed = cognito.groups(session, pools[0]) if pools else ()
    return next((one for one in listed if one.get("GroupName") == wanted), None) if pools else {}


def _identity_pool(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    return cognito.identity_pool(session, name)


def _roles(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    """The two roles; role mappings have keys that services choose."""
    pool = _named(declared.properties.get("IdentityPoolId"), located)
    return {"Roles": cognito.identity_pool_roles(session, pool).get("Roles")} if pool else {}


def _named(value: object, located: Located) -> str:
    """The name of what a property refers to; empty when it is not in this stack."""
    found = re.fullmatch(r"\$\{([^{}.]+)\}", str(value))
    return located.names.get(found[1], "") if found else ""


def _bucket(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    said = s3.bucket(session, name)  # CDK sets notifications by a resource of its own, which stays beside the bucket
    if said is None:
        return None
    rules = (said.get(_RULES) or {}).get("Rules")
    kept = {_RULES: {"Rules": in_words_of(declared.properties.get(_RULES), rules)}} if rules else {}
    return {**{key: value for key, value in said.items() if key != "NotificationConfiguration"}, **kept}


def _policy(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    bucket = _named(declared.properties.get("Bucket"), located)
    if not bucket:
        return {}  # of a bucket that is kept
    document = s3.bucket_policy(session, bucket)
    return {"PolicyDocument": document} if document is not None else None


def _notified(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    bucket = _named(declared.properties.get("BucketName"), located)
    said = s3.bucket(session, bucket) if bucket else None
    return {"NotificationConfiguration": said.get("NotificationConfiguration") or {}} if said else {}


def _table(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    said = dynamodb.table(session, name)
    if said is None or declared.type == "AWS::DynamoDB::Table":
        return said
    return {key[:1].lower() + key[1:]: _small(value) for key, value in said.items()}


def _small(value: Any) -> Any:
    """Members with a small letter, as the table manager takes them."""
    if isinstance(value, Mapping):
        return {_SMALL.get(key, key[:1].lower() + key[1:]): _small(item) for key, item in value.items()}
    return [_small(item) for item in value] if isinstance(value, list) else value


_SMALL = {"SSEEnabled": "sseEnabled"}


def _function(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    said = lambda_.function(session, name)  # variables are a check of their own
    return said and {key: value for key, value in said.items() if key not in ("Environment", "Layers")}


def _api(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    said = appsync.graphql_api(session, name.rpartition("/")[2])
    return said and {key: value for key, value in said.items() if key != "GraphQLUrl"}


def _stream(session: Session, name: str, declared: Declared, located: Located) -> Properties | None:
    said = kinesis.stream(session, name)
    return said and {key: value for key, value in said.items() if key in declared.properties}


DESCRIBED: Mapping[str, Describe] = {
    "AWS::Cognito::UserPool": _pool,
    "AWS::Cognito::UserPoolClient": _client,
    "AWS::Cognito::UserPoolGroup": _group,
    "AWS::Cognito::IdentityPool": _identity_pool,
    "AWS::Cognito::IdentityPoolRoleAttachment": _roles,
    "AWS::S3::Bucket": _bucket,
    "AWS::S3::BucketPolicy": _policy,
    "Custom::S3BucketNotifications": _notified,
    "AWS::DynamoDB::Table": _table,
    MADE: _table,
    IMPORTED: _table,
    "AWS::Kinesis::Stream": _stream,
    "AWS::Lambda::Function": _function,
    _API: _api,
}
"""How the properties of a type are had."""


class Live(Struct, frozen=True):
    """What is deployed, and what of it is missing."""

    generation: Generation
    missing: tuple[Declared, ...]


def live(
    session: Session,
    template: Generation,
    located: Located,
    wanted: Callable[[Declared], bool],
    left: Mapping[str, Container[str]] = {},
) -> Live:
    """The generation with what the services tell of the `wanted` resources; by type, properties that are `left` as the
    template says. Raises AwsError.
    """
    names = Names(template, located, session.region)
    missing: list[Declared] = []
    found: list[Declared] = []
    for one in template.resources:
        describe = DESCRIBED.get(one.type)
        if describe is None or not wanted(one):
            found.append(one)
            continue
        name = located.names.get(one.id, "")
        said = describe(session, name, one, located) if name else None
        if said is None:
            missing.append(one)
        else:
            told = {key: value for key, value in said.items() if key not in left.get(one.type, ())}
            found.append(
                replace(one, properties={**one.properties, **_kept(one, names.written(told, one.id), session.region)})
            )
    return Live(replace(template, resources=tuple(found)), tuple(missing))


def _kept(declared: Declared, said: Mapping[str, Any], region: str) -> dict[str, Any]:
    """What a service says, without names and defaults that a template leaves to it, and with the region in the
    template's words."""
    found: dict[str, Any] = {}
    for key, value in said.items():
        there = key in declared.properties
        if there or (value not in _SILENT and key not in _NAMES):
            general = there and "${AWS::Region}" in str(declared.properties[key])
            found[key] = _anywhere(value, region) if general else value
    return found


_SILENT: tuple[Any, ...] = (None, False, {}, [])
_NAMES = (
    "UserPoolName",
    "IdentityPoolName",
    "ClientName",
    "BucketName",
    "TableName",
    "tableName",
    "FunctionName",
    "Name",
)
"""What CloudFormation makes up where a template does not say it."""


def _anywhere(value: Any, region: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _anywhere(item, region) for key, item in value.items()}
    if isinstance(value, list):
        return [_anywhere(item, region) for item in value]
    if not isinstance(value, str):
        return value
    # ids of pools begin with the region too, and stay as they are
    return re.sub(rf"(?<![\w-]){re.escape(region)}(?![\w-]|:[0-9a-f]{{8}}-)", "${AWS::Region}", value)


class Names:
    """Names that resources got, written as references again."""

    def __init__(self, generation: Generation, located: Located, region: str) -> None:
        types = {one.id: one.type for one in generation.resources}
        self._region = region
        self._ids: dict[str, str] = {}
        """References (`auth#UserPool4BA7`, `data#Api.ApiId`) by names."""
        for id, physical in located.names.items():
            api = types.get(id) == _API  # known by its ARN; others mention its id
            if id in types and len(physical) > _SHORTEST:
                self._ids[physical.rpartition("/")[2] if api else physical] = f"{id}.ApiId" if api else id

    def written(self, value: Any, own: str = "") -> Any:
        """A value with references in the place of names, and placeholders for the account and region beside them.

        `own` is the resource that says it: a name does not refer to itself.
        """
        return self._written(value, self._pattern(own))

    @lru_cache(maxsize=512)  # noqa: B019 - one for each check, which is short-lived
    def _pattern(self, own: str) -> re.Pattern[str] | None:
        listed = sorted((name for name, id in self._ids.items() if id.split(".")[0] != own), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, listed))) if listed else None

    def _written(self, value: Any, pattern: re.Pattern[str] | None) -> Any:
        if isinstance(value, Mapping):
            return {key: self._written(item, pattern) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._written(item, pattern) for item in value]
        if not isinstance(value, str) or pattern is None:
            return value
        named = pattern.sub(lambda found: f"${{{self._ids[found.group()]}}}", value)
        if named == value:
            return value
        return _ACCOUNT.sub(self._here, named).replace(f".{self._region}.", ".${AWS::Region}.")

    def _here(self, found: re.Match[str]) -> str:
        region = "${AWS::Region}" if found[2] else ""
        return f"{found[1]}:{region}:{'${AWS::AccountId}' if found[3] else ''}:"
