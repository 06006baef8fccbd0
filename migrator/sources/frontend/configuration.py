"""What front ends do with the configuration that the Gen 1 CLI writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from migrator.documents.source import SourceFile
from migrator.documents.syntax import kind_of, span, text_of
from migrator.engine.sources import Use
from migrator.sources.declarations import EVERYTHING, Binding
from migrator.sources.frontend.versions import gen1_name
from migrator.sources.script import Reference, Script, arguments_of, scripts
from migrator.sources.uses import Configuration, ConfigurationKey

if TYPE_CHECKING:
    from migrator.documents.syntax import SyntaxNode

FILE = re.compile(r"(?:^|/)(?:aws-exports|amplifyconfiguration|awsconfiguration)(?:\.\w+)?(?:\?.*)?$")
"""Modules that the Gen 1 CLI writes."""
_GEN1_KEYS = re.compile(r"\b(?:aws_(?:project|cognito|user|appsync|mobile|cloud|bots|content|dynamodb)_?\w*)\b")
_OLD_SETTINGS = re.compile(
    r"\b(?:userPoolWebClientId|mandatorySignIn|authenticationFlowType|graphql_endpoint(?:_iam_region)?|AWSS3"
    r"|endpoints\s*:\s*\[|cookieStorage|identityPoolRegion|AWSPinpoint|AWSKinesis|authModeStrategyType|customPrefix)\b"
)
"""Settings that version 6 has under other names."""
KEYS = {
    "aws_project_region": "auth.aws_region",
    "aws_cognito_region": "auth.aws_region",
    "aws_user_pools_id": "auth.user_pool_id",
    "aws_user_pools_web_client_id": "auth.user_pool_client_id",
    "aws_cognito_identity_pool_id": "auth.identity_pool_id",
    "aws_cognito_username_attributes": "auth.username_attributes",
    "aws_cognito_signup_attributes": "auth.standard_required_attributes",
    "aws_cognito_verification_mechanisms": "auth.user_verification_types",
    "aws_cognito_mfa_configuration": "auth.mfa_configuration",
    "aws_cognito_mfa_types": "auth.mfa_methods",
    "aws_cognito_password_protection_settings": "auth.password_policy",
    "aws_cognito_social_providers": "auth.oauth.identity_providers",
    "aws_appsync_graphqlEndpoint": "data.url",
    "aws_appsync_region": "data.aws_region",
    "aws_appsync_authenticationType": "data.default_authorization_type",
    "aws_appsync_apiKey": "data.api_key",
    "aws_user_files_s3_bucket": "storage.bucket_name",
    "aws_user_files_s3_bucket_region": "storage.aws_region",
    "aws_mobile_analytics_app_id": "analytics.amazon_pinpoint.app_id",
    "aws_mobile_analytics_app_region": "analytics.amazon_pinpoint.aws_region",
    "aws_cloud_logic_custom": "custom.API",
}
"""https://docs.amplify.aws/react/reference/amplify_outputs/"""
CERTAIN = frozenset(
    (
        "aws_cognito_region",
        "aws_user_pools_id",
        "aws_user_pools_web_client_id",
        "aws_cognito_identity_pool_id",
        "aws_appsync_graphqlEndpoint",
        "aws_appsync_region",
        "aws_appsync_authenticationType",
        "aws_appsync_apiKey",
        "aws_user_files_s3_bucket",
        "aws_user_files_s3_bucket_region",
    )
)
"""Keys whose value has the same form at its new place."""
OTHER_KEYS = frozenset(
    (
        "aws_bots",
        "aws_bots_config",
        "aws_content_delivery_bucket",
        "aws_content_delivery_bucket_region",
        "aws_content_delivery_cloudfront",
        "aws_content_delivery_url",
        "aws_cognito_login_mechanisms",
        "aws_dynamodb_all_tables_region",
        "aws_dynamodb_table_schemas",
        "aws_mandatory_sign_in",
        "aws_sign_in_enabled",
    )
)
"""Keys that have no place in `amplify_outputs.json`."""


def configuration(file: SourceFile) -> Iterator[Use]:
    """Calls of `configure` with what Gen 1 writes, and reads of single keys."""
    from migrator.sources.frontend.outputs_rewrite import with_outputs

    for script in scripts(file):
        for reference in script.references:
            call = configured(reference)
            if call is not None and (form := _gen1_argument(script, call)):
                said = "".join(text_of(call.field("function")).split())
                fix = with_outputs(script, file) if form == "file" else None
                yield Use(Configuration(said, form), *script.place(call), fix)
        if not FILE.search(file.path):
            yield from _keys(script, file)


def configured(reference: Reference) -> SyntaxNode | None:
    """The call of `configure` that a name of the libraries is used for."""
    binding, node = reference
    if not binding.module.startswith(("aws-amplify", "@aws-amplify/")):
        return None
    if binding.name not in ("Amplify", "default", EVERYTHING) and gen1_name(binding.module, binding.name) is None:
        return None
    at = node.parent()
    while kind_of(at) == "member_expression" and at is not None:
        above = at.parent()
        if text_of(at.field("property")) == "configure" and kind_of(above) == "call_expression":
            return above
        at = above
    return None


def _gen1_argument(script: Script, call: SyntaxNode) -> str:
    """What of Gen 1 the arguments hold, in the words of Configuration; empty when it is nothing."""
    if any(_within(ref.node, call) and is_file(ref.binding) for ref in script.references):
        return "file"
    if any(_within(load.string, call) and FILE.search(load.module) for load in script.loads):
        return "file"
    text = " ".join(argument.text() for argument in arguments_of(call))
    if _GEN1_KEYS.search(text):
        return "keys"
    return "category" if _OLD_SETTINGS.search(text) else ""


def is_file(binding: Binding) -> bool:
    """Whether a name is that of a file of the Gen 1 CLI, as a whole or of a member."""
    return FILE.search(binding.module) is not None


def _within(node: SyntaxNode, other: SyntaxNode) -> bool:
    (start, end), (a, b) = span(node), span(other)
    return a <= start and end <= b


def _keys(script: Script, file: SourceFile) -> Iterator[Use]:
    """Keys that are read; not those of an object that is written here."""
    from migrator.sources.frontend.outputs_rewrite import with_outputs

    for node in script.keys:
        key = node.text().strip("'\"`")
        if (key in KEYS or key in OTHER_KEYS) and _is_read(node):
            fix = with_outputs(script, file) if _is_ours(script, node) else None
            yield Use(ConfigurationKey(key, KEYS.get(key, "")), *script.place(node), fix)


def _is_ours(script: Script, node: SyntaxNode) -> bool:
    """Whether the key is read of a file of the Gen 1 CLI that is imported here."""
    above = node.parent()
    owner = above.field("object") if above is not None and above.kind() == "member_expression" else None
    return owner is not None and any(is_file(ref.binding) and _same(ref.node, owner) for ref in script.references)


def _same(one: SyntaxNode, other: SyntaxNode) -> bool:
    return span(one) == span(other)


def _is_read(node: SyntaxNode) -> bool:
    above = node.parent()
    kind = kind_of(above)
    if kind == "member_expression":
        return kind_of(above.parent() if above else None) != "assignment_expression" or not _is_left(above)
    if kind in ("subscript_expression", "object_pattern"):
        return True
    if kind == "pair_pattern":
        return above is not None and span(above.field("key") or above) == span(node)
    return False


def _is_left(node: SyntaxNode | None) -> bool:
    above = node.parent() if node is not None else None
    left = above.field("left") if above is not None else None
    return left is not None and node is not None and span(left) == span(node)
