"""What front-end configuration files know: `aws-exports.js`, `amplifyconfiguration.json`, `awsconfiguration.json`.

They hold the environment that was pulled last, and are all there is in a repository without a backend. API keys and
client secrets are noted as present; their values are not taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from migrator.core.finding import Finding
from migrator.documents.cursor import Cursor
from migrator.documents.document import Document
from migrator.documents.traced import Source, Traced, absent
from migrator.gen1.tree import Tree

Texts = tuple[str, ...]

_TEXT: Traced[str] = absent("")
_TEXTS: Traced[Texts] = absent(())
_NO: Traced[bool] = absent(False)


class RestEndpoint(Struct, frozen=True):
    """A REST API that the front end calls."""

    name: Traced[str]
    endpoint: Traced[str]
    region: Traced[str]


class FrontEnd(Struct, frozen=True):
    """Ids, regions and modes of the backend that a front end is connected to; empty where no file says one."""

    region: Traced[str] = _TEXT
    user_pool_id: Traced[str] = _TEXT
    web_client_id: Traced[str] = _TEXT
    """The app client of browsers (`UserPoolClientWeb`)."""
    native_client_id: Traced[str] = _TEXT
    """The app client of native apps (`UserPoolClient`)."""
    native_client_secret: Traced[bool] = _NO
    """Whether the native client has a secret."""
    identity_pool_id: Traced[str] = _TEXT
    oauth_domain: Traced[str] = _TEXT
    oauth_scopes: Traced[Texts] = _TEXTS
    oauth_response_type: Traced[str] = _TEXT
    """`code` or `token`."""
    sign_in_urls: Traced[Texts] = _TEXTS
    sign_out_urls: Traced[Texts] = _TEXTS
    authentication_flow: Traced[str] = _TEXT
    """`USER_SRP_AUTH` or `CUSTOM_AUTH`."""
    username_attributes: Traced[Texts] = _TEXTS
    signup_attributes: Traced[Texts] = _TEXTS
    social_providers: Traced[Texts] = _TEXTS
    verification_mechanisms: Traced[Texts] = _TEXTS
    mfa_configuration: Traced[str] = _TEXT
    mfa_types: Traced[Texts] = _TEXTS
    password_minimum_length: Traced[int] = absent(0)
    password_characters: Traced[Texts] = _TEXTS
    graphql_endpoint: Traced[str] = _TEXT
    graphql_region: Traced[str] = _TEXT
    graphql_authentication_type: Traced[str] = _TEXT
    graphql_api_key: Traced[bool] = _NO
    """Whether an API key is there."""
    rest_endpoints: tuple[RestEndpoint, ...] = ()
    bucket: Traced[str] = _TEXT
    bucket_region: Traced[str] = _TEXT
    tables: Traced[Texts] = _TEXTS
    """Names of DynamoDB tables of the storage category."""
    pinpoint_app_id: Traced[str] = _TEXT
    pinpoint_region: Traced[str] = _TEXT
    maps: Traced[Texts] = _TEXTS
    search_indices: Traced[Texts] = _TEXTS
    geofence_collections: Traced[Texts] = _TEXTS
    bots: Traced[Texts] = _TEXTS
    hosting_url: Traced[str] = _TEXT
    hosting_bucket: Traced[str] = _TEXT


def read_front_end(tree: Tree, path: str, findings: list[Finding]) -> Document | None:
    """A front-end configuration file as a document."""
    if path.endswith(".json"):
        return tree.document(path, findings)
    from migrator.documents.javascript import read_dart, read_javascript  # not needed for JSON

    read = read_dart if path.endswith(".dart") else read_javascript
    return read(tree.path(path), path, findings, tree.root)


def front_end(documents: Iterable[Document], findings: list[Finding]) -> FrontEnd:
    """What the files know together; where two say the same thing differently, the first one is taken."""
    merged = FrontEnd()
    for document in documents:
        merged = _merge(merged, _read(Cursor(document, findings)))
    return merged


def api_key(documents: Iterable[Document]) -> str:
    """The key of the GraphQL API, for who needs its value: it is public, since every client sends it."""
    for document in documents:
        root = Cursor(document, [])
        plugins = [api for _, api in root.get("api", "plugins", "awsAPIPlugin").items()]
        places = [root.get("aws_appsync_apiKey"), root.get("AppSync", "Default", "ApiKey")]
        for place in (*places, *(api.get("apiKey") for api in plugins)):
            if key := place.text().value:
                return key
    return ""


def _merge(one: FrontEnd, other: FrontEnd) -> FrontEnd:
    changes: dict[str, Any] = {"rest_endpoints": one.rest_endpoints or other.rest_endpoints}
    for field in fields(FrontEnd):
        first, second = getattr(one, field.name), getattr(other, field.name)
        if isinstance(first, Traced):
            changes[field.name] = first.or_else(second)
    return replace(one, **changes)


def _read(root: Cursor) -> FrontEnd:
    plugin = root.get("auth", "plugins", "awsCognitoAuthPlugin")
    if plugin.present or root.get("api", "plugins").present or root.get("storage", "plugins").present:
        return _merge(_native_plugins(root), _cognito_plugin(plugin))
    if root.get("CognitoUserPool").present or root.get("CredentialsProvider").present or root.get("AppSync").present:
        return _cognito_plugin(root)
    return _web(root)


def _web(root: Cursor) -> FrontEnd:
    """`aws-exports.js`: one flat object."""
    oauth, password = root.get("oauth"), root.get("aws_cognito_password_protection_settings")
    geo = root.get("geo", "amazon_location_service")
    return FrontEnd(
        region=root.get("aws_project_region").text(),
        user_pool_id=root.get("aws_user_pools_id").text(),
        web_client_id=root.get("aws_user_pools_web_client_id").text(),
        identity_pool_id=root.get("aws_cognito_identity_pool_id").text(),
        oauth_domain=oauth.get("domain").text(),
        oauth_scopes=oauth.get("scope").texts(),
        oauth_response_type=oauth.get("responseType").text(),
        sign_in_urls=_urls(oauth.get("redirectSignIn")),
        sign_out_urls=_urls(oauth.get("redirectSignOut")),
        username_attributes=root.get("aws_cognito_username_attributes").texts(),
        signup_attributes=root.get("aws_cognito_signup_attributes").texts(),
        social_providers=root.get("aws_cognito_social_providers").texts(),
        verification_mechanisms=root.get("aws_cognito_verification_mechanisms").texts(),
        mfa_configuration=root.get("aws_cognito_mfa_configuration").text(),
        mfa_types=root.get("aws_cognito_mfa_types").texts(),
        password_minimum_length=password.get("passwordPolicyMinLength").integer(),
        password_characters=password.get("passwordPolicyCharacters").texts(),
        graphql_endpoint=root.get("aws_appsync_graphqlEndpoint").text(),
        graphql_region=root.get("aws_appsync_region").text(),
        graphql_authentication_type=root.get("aws_appsync_authenticationType").text(),
        graphql_api_key=_is_there(root.get("aws_appsync_apiKey")),
        rest_endpoints=tuple(
            RestEndpoint(api.get("name").text(), api.get("endpoint").text(), api.get("region").text())
            for api in root.get("aws_cloud_logic_custom").elements()
        ),
        bucket=root.get("aws_user_files_s3_bucket").text(),
        bucket_region=root.get("aws_user_files_s3_bucket_region").text(),
        tables=_gather(table.get("tableName").text() for table in root.get("aws_dynamodb_table_schemas").elements()),
        pinpoint_app_id=root.get("aws_mobile_analytics_app_id").text(),
        pinpoint_region=root.get("aws_mobile_analytics_app_region").text(),
        maps=_keys(geo.get("maps", "items")),
        search_indices=geo.get("search_indices", "items").texts(),
        geofence_collections=geo.get("geofenceCollections", "items").texts(),
        bots=_gather(bot.get("name").text() for bot in root.get("aws_bots_config").elements()),
        hosting_url=root.get("aws_content_delivery_url").text(),
        hosting_bucket=root.get("aws_content_delivery_bucket").text(),
    )


def _cognito_plugin(root: Cursor) -> FrontEnd:
    """`awsconfiguration.json`, and the same thing inside a native `amplifyconfiguration.json`."""
    pool = root.get("CognitoUserPool", "Default")
    identity = root.get("CredentialsProvider", "CognitoIdentity", "Default")
    auth, appsync = root.get("Auth", "Default"), root.get("AppSync", "Default")
    oauth, password = auth.get("OAuth"), auth.get("passwordProtectionSettings")
    bucket = root.get("S3TransferUtility", "Default")
    pinpoint = root.get("PinpointAnalytics", "Default")
    return FrontEnd(
        region=_first(pool.get("Region"), identity.get("Region"), appsync.get("Region"), bucket.get("Region")),
        user_pool_id=pool.get("PoolId").text(),
        native_client_id=pool.get("AppClientId").text(),
        native_client_secret=_is_there(pool.get("AppClientSecret")),
        identity_pool_id=identity.get("PoolId").text(),
        oauth_domain=oauth.get("WebDomain").text(),
        oauth_scopes=oauth.get("Scopes").texts(),
        sign_in_urls=_urls(oauth.get("SignInRedirectURI")),
        sign_out_urls=_urls(oauth.get("SignOutRedirectURI")),
        authentication_flow=auth.get("authenticationFlowType").text(),
        username_attributes=auth.get("usernameAttributes").texts(),
        signup_attributes=auth.get("signupAttributes").texts(),
        social_providers=auth.get("socialProviders").texts(),
        verification_mechanisms=auth.get("verificationMechanisms").texts(),
        mfa_configuration=auth.get("mfaConfiguration").text(),
        mfa_types=auth.get("mfaTypes").texts(),
        password_minimum_length=password.get("passwordPolicyMinLength").integer(),
        password_characters=password.get("passwordPolicyCharacters").texts(),
        graphql_endpoint=appsync.get("ApiUrl").text(),
        graphql_region=appsync.get("Region").text(),
        graphql_authentication_type=appsync.get("AuthMode").text(),
        graphql_api_key=_is_there(appsync.get("ApiKey")),
        bucket=bucket.get("Bucket").text(),
        bucket_region=bucket.get("Region").text(),
        pinpoint_app_id=pinpoint.get("AppId").text(),
        pinpoint_region=pinpoint.get("Region").text(),
        bots=_keys(root.get("Lex")),
    )


def _native_plugins(root: Cursor) -> FrontEnd:
    """The other plugins of a native `amplifyconfiguration.json`."""
    apis = [(name, api) for name, api in root.get("api", "plugins", "awsAPIPlugin").items()]
    graphql = next((api for _, api in apis if api.get("endpointType").text().value == "GraphQL"), root.get("absent"))
    s3 = root.get("storage", "plugins", "awsS3StoragePlugin")
    pinpoint = root.get("analytics", "plugins", "awsPinpointAnalyticsPlugin", "pinpointAnalytics")
    geo = root.get("geo", "plugins", "awsLocationGeoPlugin")
    return FrontEnd(
        region=_first(graphql.get("region"), s3.get("region"), pinpoint.get("region"), geo.get("region")),
        graphql_endpoint=graphql.get("endpoint").text(),
        graphql_region=graphql.get("region").text(),
        graphql_authentication_type=graphql.get("authorizationType").text(),
        graphql_api_key=_is_there(graphql.get("apiKey")),
        rest_endpoints=tuple(
            RestEndpoint(Traced(name, (api.source,)), api.get("endpoint").text(), api.get("region").text())
            for name, api in apis
            if api.get("endpointType").text().value == "REST"
        ),
        bucket=s3.get("bucket").text(),
        bucket_region=s3.get("region").text(),
        pinpoint_app_id=pinpoint.get("appId").text(),
        pinpoint_region=pinpoint.get("region").text(),
        maps=_keys(geo.get("maps", "items")),
        search_indices=geo.get("searchIndices", "items").texts(),
        geofence_collections=geo.get("geofenceCollections", "items").texts(),
    )


def _urls(cursor: Cursor) -> Traced[Texts]:
    return cursor.text().map(lambda text: tuple(part.strip() for part in text.split(",") if part.strip()))


def _is_there(cursor: Cursor) -> Traced[bool]:
    return cursor.text().map(bool)


def _first(*cursors: Cursor) -> Traced[str]:
    found: Traced[str] = _TEXT
    for cursor in cursors:
        found = found.or_else(cursor.text())
    return found


def _keys(cursor: Cursor) -> Traced[Texts]:
    return _gather(Traced(name, (item.source,)) for name, item in cursor.items())


def _gather(items: Iterable[Traced[str]]) -> Traced[Texts]:
    listed = tuple(items)
    sources: tuple[Source, ...] = tuple(source for item in listed for source in item.sources)
    return Traced(tuple(item.value for item in listed), sources)
