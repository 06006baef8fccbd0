"""What Gen 1 auth resources are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from msgspec import Struct

from migrator.gen1.graph import Node


class MfaMode(StrEnum):
    """Whether users need a second factor."""

    OFF = "OFF"
    ON = "ON"
    OPTIONAL = "OPTIONAL"


class ClientKind(StrEnum):
    """Gen 1 makes two app clients."""

    WEB = "web"
    NATIVE = "native"
    """For iOS, Android and Flutter; the only one that may have a secret."""
    OTHER = "other"
    """From an override."""


class Attribute(Struct, frozen=True):
    """A user attribute in Cognito's spelling; `custom` ones have no prefix here."""

    name: str
    required: bool = False
    mutable: bool = True
    custom: bool = False
    type: str = "String"
    minimum: int | None = None
    """Of the length (String) or the value (Number)."""
    maximum: int | None = None
    developer_only: bool = False


class Verification(Node, frozen=True):
    """How Cognito makes sure that an address belongs to the user."""

    attributes: tuple[str, ...] = ()
    """`email`, `phone_number`: verified by a code."""
    told: tuple[str, ...] = ()
    """What clients are told of it (`verificationMechanisms`), where the settings of the pool say that nothing is."""
    email_subject: str = ""
    email_message: str = ""
    """With `{####}` for the code."""
    sms_message: str = ""
    template: Any = None
    """`VerificationMessageTemplate` of an override."""
    page_bucket: str = ""
    """The bucket with the page that Gen 1's link leads to."""
    before_update: tuple[str, ...] = ()
    """Attributes that keep their old value until the new one is verified."""


class Mfa(Node, frozen=True):
    """Second factors."""

    mode: MfaMode = MfaMode.OFF
    sms: bool = False
    totp: bool = False
    message: str = ""
    """Of the SMS, with `{####}` for the code."""


class Sms(Node, frozen=True):
    """The role by which Cognito sends SMS."""

    enabled: bool = False
    external_id: str = ""
    """What the role and the pool recognize each other by."""
    caller: str = ""
    """ARN of a role that Gen 1 did not make; empty for its own."""
    region: str = ""


class Password(Node, frozen=True):
    """What a password needs; the CLI demands no character classes unless told to."""

    length: int = 8
    lowercase: bool = False
    uppercase: bool = False
    numbers: bool = False
    symbols: bool = False
    temporary_days: int = 7
    """Days until a password that an administrator set becomes invalid."""


class UserPool(Node, frozen=True):
    """A Cognito user pool.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpool.html
    """

    gen2_defaults: ClassVar[Mapping[str, object]] = {
        "case_sensitive": False,
        "password.lowercase": True,
        "password.uppercase": True,
        "password.numbers": True,
        "password.symbols": True,
        "recovery": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
    }

    resource: str = ""
    name: str = ""
    """A label in the console; names of pools need not be unique."""
    evidence: bool = True
    """Whether any file describes the pool."""
    exists: bool = True
    """False when the project has an identity pool only."""
    username_attributes: tuple[str, ...] = ()
    """`email`, `phone_number`; empty for user names."""
    alias_attributes: tuple[str, ...] = ()
    case_sensitive: bool = True
    """Pools without `UsernameConfiguration` are case-sensitive."""
    attributes: tuple[Attribute, ...] = ()
    undeclared: tuple[str, ...] = ()
    """Custom attributes that a client or provider names, and that no file declares."""
    verification: Verification = Verification()
    mfa: Mfa = Mfa()
    sms: Sms = Sms()
    password: Password = Password()
    recovery: Any = None
    """`AccountRecoverySetting`; without it Cognito prefers SMS to e-mail."""
    sign_up: Any = None
    """`AdminCreateUserConfig`."""
    device: Any = None
    """`DeviceConfiguration`."""
    email: Any = None
    """`EmailConfiguration`."""
    deletion_protection: bool = False
    other: Mapping[str, Any] = {}
    """Further CloudFormation properties, from overrides and hand edits."""
    retained: bool = False
    """Whether the pool outlives its stack."""
    admin_queries: bool = False
    admin_query_group: str = ""
    access_validity: str = ""
    """`userpoolClientAccessTokenValidity`, which somebody wrote and the CLI does not know."""


class OAuth(Node, frozen=True):
    """What the hosted UI may do for a client."""

    enabled: bool = False
    flows: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    callbacks: tuple[str, ...] = ()
    logouts: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    """`SupportedIdentityProviders`."""


class Validity(Node, frozen=True):
    """How long tokens are good; 0 is Cognito's default of one hour."""

    refresh: int = 30
    refresh_unit: str = "days"
    access: int = 0
    access_unit: str = "hours"
    id: int = 0
    id_unit: str = "hours"


class Client(Node, frozen=True):
    """An app client of the pool.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolclient.html
    """

    gen2_defaults: ClassVar[Mapping[str, object]] = {
        "oauth.enabled": True,
        "oauth.flows": None,
        "oauth.scopes": None,
        "oauth.callbacks": None,
        "user_existence_errors": "ENABLED",
    }

    kind: ClientKind = ClientKind.WEB
    name: str = ""
    secret: bool = False
    validity: Validity = Validity()
    read: tuple[str, ...] = ()
    """Attributes that the app may read; empty for the standard set."""
    write: tuple[str, ...] = ()
    oauth: OAuth = OAuth()
    flows: tuple[str, ...] = ()
    """`ExplicitAuthFlows`; empty for SRP, custom and refresh, as in Gen 2."""
    user_existence_errors: str = ""
    """`PreventUserExistenceErrors`; left to Cognito when empty."""
    other: Mapping[str, Any] = {}


class HostedUi(Node, frozen=True):
    """The sign-in page of Cognito."""

    domain: str = ""
    """The live prefix; no other pool can have it."""


class SocialProvider(Node, frozen=True):
    """A provider of the hosted UI. Its client id and secret are entered again."""

    provider: str = ""
    """`Google`, `Facebook`, `LoginWithAmazon` or `SignInWithApple`."""
    scopes: tuple[str, ...] = ()
    mapping: Mapping[str, str] = {}
    """User attribute to the provider's claim."""
    client_id: str = ""


class FederatedProvider(Node, frozen=True):
    """A sign-in provider that an override made: OpenID Connect, SAML. Its client id and secret are entered again.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-userpoolidentityprovider.html
    """

    type: str = ""
    """`OIDC`, `SAML`, or one of the social ones."""
    name: str = ""
    details: Mapping[str, Any] = {}
    """`ProviderDetails` without credentials."""
    mapping: Mapping[str, str] = {}
    """User attribute to the provider's claim."""
    identifiers: tuple[str, ...] = ()
    """Domains of e-mail addresses by which users are led to it."""
    credentials: tuple[str, ...] = ()
    """The details whose values are not taken."""


class IdentityPool(Node, frozen=True):
    """A Cognito identity pool.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cognito-identitypool.html
    """

    gen2_defaults: ClassVar[Mapping[str, object]] = {"guests": True}

    name: str = ""
    exists: bool = True
    """False for a user pool alone; Gen 2 makes one in any case."""
    guests: bool = False
    """Whether people who are not signed in get credentials."""
    federated: Mapping[str, str] = {}
    """`SupportedLoginProviders`: sign-in to AWS with a provider's token, without the user pool."""
    openid: tuple[str, ...] = ()
    """ARNs of OpenID Connect providers."""
    audiences: tuple[str, ...] = ()
    """Client ids of an OpenID Connect provider that Gen 1 makes (Google on iOS and Android)."""
    own_providers: bool = True
    """Whether both app clients of the pool are accepted."""
    role_mappings: Any = None
    roles: Any = None
    """Roles other than the app's two."""
    other: Mapping[str, Any] = {}


class Group(Node, frozen=True):
    """A group of users with a role of its own; the fact's key is its name."""

    description: str = ""
    role: bool = True
    policies: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    """Inline policies of the role: names and IAM statements."""
    managed_policies: tuple[str, ...] = ()


class Groups(Node, frozen=True):
    """All groups of a pool, in their order."""

    names: tuple[str, ...] = ()
    precedences: tuple[int, ...] = ()
    """One for each name; the smaller, the stronger. Gen 1 begins with 1."""


class Trigger(Node, frozen=True):
    """A Lambda function that the pool calls."""

    event: str = ""
    """Cognito's name: `PreSignUp`, `PostConfirmation` ..."""
    function: str = ""
    """The Amplify function, empty when it is none."""
    arn: str = ""
    """The ARN, or the whole configuration, of a function outside the project."""


class TriggerPolicy(Node, frozen=True):
    """What a trigger's function may do, granted by the auth resource."""

    name: str = ""
    function: str = ""
    statements: tuple[Any, ...] = ()
    """IAM statements with `${UserPool.Arn}` for the pool."""


class Extra(Node, frozen=True):
    """A resource of the template that the CLI does not write."""

    type: str = ""
    properties: Any = None


class ImportedPool(Node, frozen=True):
    """A user pool, and maybe an identity pool, that Gen 1 refers to without owning them."""

    resource: str = ""
    pool_id: str = ""
    pool_name: str = ""
    web_client: str = ""
    native_client: str = ""
    identity_pool_id: str = ""
    identity_pool: bool = True
    """Whether an identity pool was imported as well."""
    guests: bool = False
    auth_role: str = ""
    """ARN of the role of signed-in users."""
    unauth_role: str = ""
    """ARN of the role of guests."""
    region: str = ""
    username_attributes: tuple[str, ...] = ()
    alias_attributes: tuple[str, ...] = ()
    settings: Mapping[str, Any] = {}
    """What the CLI notes about the pool's own settings."""
