"""Access rules, triggers, policies and tables: what a property map cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.storage.model import Bucket, BucketPolicy, Notification, Permission, Principal, Rights
from migrator.categories.storage.targets import FEATURE, cfn_bucket, define
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import DefinitionOf, Override, Piece, Reference, Setting, Wiring
from migrator.gen2.cdk import IAM, environment, policy_statement, property_name, property_value
from migrator.typescript.build import arr, arrow, call, new, obj
from migrator.typescript.nodes import Call, Do, Expr, Lit, Member, Name

NOTIFICATIONS = "aws-cdk-lib/aws-s3-notifications"
S3 = "aws-cdk-lib/aws-s3"
_EVENTS = {"s3:ObjectCreated:*": ("onUpload", "OBJECT_CREATED"), "s3:ObjectRemoved:*": ("onDelete", "OBJECT_REMOVED")}


def access_rules(fact: Fact[Bucket], context: Context) -> Iterator[Piece]:
    """The rights of users and guests, path by path, exactly as wide as in Gen 1."""
    signed_in, guest = fact.node.signed_in, fact.node.guest
    own = _words(signed_in.protected, signed_in.lists)
    paths: dict[str, tuple[Expr | None, ...]] = {
        "public/*": (_allow("authenticated", _public(signed_in)), _allow("guest", _public(guest))),
        "protected/{entity_id}/*": (
            _allow("authenticated", ("read",) if signed_in.lists else ()),
            _allow("guest", ("read",) if guest.lists else ()),
            _entity(own),
        ),
        "private/{entity_id}/*": (_entity(_words(signed_in.private, signed_in.lists)),),
        "uploads/*": (
            _allow("authenticated", _words(signed_in.uploads, False)),
            _allow("guest", _words(guest.uploads, False)),
        ),
    }
    rules = {path: arr(r for r in allowed if r is not None) for path, allowed in paths.items() if any(allowed)}
    if rules:
        yield Setting(define(fact, context), "access", arrow("allow", obj(rules, expanded=True)), "STO020")


def _public(rights: Rights) -> tuple[str, ...]:
    return _words(rights.public, rights.lists)


def _words(permissions: tuple[Permission, ...], lists: bool) -> tuple[str, ...]:
    """Gen 2's words: `read` is `get` and `list` together."""
    gets = Permission.GET in permissions
    reading = ("read",) if gets and lists else ("get",) if gets else ("list",) if lists else ()
    return (*reading, *(str(p) for p in (Permission.WRITE, Permission.DELETE) if p in permissions))


def _allow(who: str, words: tuple[str, ...]) -> Expr | None:
    return Call(Member(Member(Name("allow"), who), "to"), (arr(words),)) if words else None


def _entity(words: tuple[str, ...]) -> Expr | None:
    return Call(Member(call(Member(Name("allow"), "entity"), "identity"), "to"), (arr(words),)) if words else None


def bucket_triggers(fact: Fact[Bucket], context: Context) -> Iterator[Piece]:
    """The functions that uploads and deletions call. `defineStorage` knows no filters: those become notifications."""
    for notification in fact.node.notifications:
        function = ResourceRef("function", notification.function)
        if function not in context.selection:
            continue
        plain = not (notification.prefix or notification.suffix) and notification.event in _EVENTS
        if plain:
            name, _ = _EVENTS[notification.event]
            yield Setting(define(fact, context), f"triggers.{name}", DefinitionOf(function), "STO040")
        else:
            body = Do(_notification(fact.resource, function, notification))
            yield Wiring(FEATURE, (body,), "STO040", deferrable=True, owner=fact.resource)


def _notification(bucket: ResourceRef, function: ResourceRef, notification: Notification) -> Expr:
    lambda_ = Reference(function, "lambda")
    words = {"prefix": notification.prefix, "suffix": notification.suffix}
    filters = [obj({name: value for name, value in words.items() if value})] if any(words.values()) else []
    kind = _EVENTS.get(notification.event, ("", notification.event.removeprefix("s3:").replace(":", "_").upper()))[1]
    return call(
        Member(Reference(bucket, "bucket"), "addEventNotification"),
        Member(Name("EventType", S3), kind),
        new(Name("LambdaDestination", NOTIFICATIONS), lambda_),
        *filters,
    )


def other_properties(fact: Fact[Bucket], context: Context) -> Iterator[Piece]:
    """Properties that only an override or a hand edit sets, one by one."""
    for name, value in fact.node.other.items():
        yield Override(cfn_bucket(fact, context), property_name(name), property_value(value), "STO033")


def bucket_policy(fact: Fact[BucketPolicy], context: Context) -> Iterator[Piece]:
    """A policy in the bucket's stack: CDK's own grants would put it beside the role and close a circle of stacks."""
    role = _role(fact.node, context)
    if role is None:
        return
    bucket = Reference(fact.resource, "bucket")

    def placeholder(name: str) -> Expr | None:
        return Member(bucket, "bucketName") if name == "S3Bucket" else environment(name)

    statements = arr((_on_bucket(s, bucket) or policy_statement(s, placeholder) for s in fact.node.statements), True)
    stack = Reference(fact.resource, "stack")
    policy = new(Name("Policy", IAM), stack, Lit(fact.key), {"roles": arr([role]), "statements": statements})
    yield Wiring(FEATURE, (Do(policy),), "STO050", deferrable=True, owner=fact.resource)


def _on_bucket(statement: Mapping[str, Any], bucket: Expr) -> Expr | None:
    """The common case, said with the construct's own ARNs."""
    arns = {
        "arn:aws:s3:::${S3Bucket}": Member(bucket, "bucketArn"),
        "arn:aws:s3:::${S3Bucket}/*": call(Member(bucket, "arnForObjects"), "*"),
    }
    resources = statement.get("Resource")
    listed = [resources] if isinstance(resources, str) else list(resources or ())
    if not listed or any(r not in arns for r in listed) or statement.keys() - {"Effect", "Action", "Resource"}:
        return None
    if statement.get("Effect", "Allow") != "Allow":
        return None
    actions = statement["Action"]
    said = {
        "actions": arr([actions] if isinstance(actions, str) else actions),
        "resources": arr(arns[r] for r in listed),
    }
    return new(Name("PolicyStatement", IAM), said)


def _role(policy: BucketPolicy, context: Context) -> Expr | None:
    pool = next((r.ref for r in context.graph.resources if r.service == "Cognito"), None)
    groups = next((r.ref for r in context.graph.resources if r.service == "Cognito-UserPool-Groups"), None)
    match policy.principal:
        case Principal.GROUP if groups:
            return Reference(groups, f"groupRole:{policy.name}")
        case Principal.FUNCTION:
            return Member(Reference(ResourceRef("function", policy.name), "lambda"), "role", non_null=True)
        case Principal.SIGNED_IN if pool:
            return Reference(pool, "authenticatedUserIamRole")
        case Principal.GUEST if pool:
            return Reference(pool, "unauthenticatedUserIamRole")
        case _:
            return None
