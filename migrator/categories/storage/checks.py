"""Conditions that a property test cannot say."""

from __future__ import annotations

from typing import Any

from migrator.categories.storage.model import CLI_CORS, Bucket, BucketPolicy, Principal
from migrator.categories.storage.targets import made_buckets
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact


def own_cors(fact: Fact[Bucket], context: Context) -> bool:
    """Whether the CORS rules are not the ones that the CLI writes."""
    return fact.node.cors != CLI_CORS


def role_is_known(fact: Fact[BucketPolicy], context: Context) -> bool:
    """Whether the policy is for a role that Gen 2 has as well."""
    services = {resource.service for resource in context.graph.resources}
    match fact.node.principal:
        case Principal.GROUP:
            return "Cognito-UserPool-Groups" in services
        case Principal.SIGNED_IN | Principal.GUEST:
            return "Cognito" in services
        case Principal.FUNCTION:
            return _is_converted(ResourceRef("function", fact.node.name), context)
        case _:
            return False


def triggers_exist(fact: Fact[Bucket], context: Context) -> bool:
    """Whether every function that the bucket calls is part of the project, and can be converted."""
    called = (ResourceRef("function", notification.function) for notification in fact.node.notifications)
    return all(_is_converted(ref, context) for ref in called)


def _is_converted(ref: ResourceRef, context: Context) -> bool:
    function = context.graph.get(ref)
    return function is not None and function.convertible


def default_encryption(fact: Fact[Any], context: Context) -> bool:
    """Whether the encryption is S3's own default (AES256)."""
    rules = (fact.node.encryption or {}).get("ServerSideEncryptionConfiguration", [])
    return bool(rules == [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}])


def default_of_several(fact: Fact[Bucket], context: Context) -> bool:
    """Whether the backend makes several buckets, of which this is the first."""
    made = made_buckets(context)
    return len(made) > 1 and made[0] == fact.resource
