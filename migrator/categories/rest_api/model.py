"""What a Gen 1 REST API is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from migrator.gen1.graph import Node

METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
HEADERS = ("Content-Type", "X-Amz-Date", "Authorization", "X-Api-Key", "X-Amz-Security-Token", "X-Amz-User-Agent")
"""What the CLI lets browsers send; CDK's default list is the same."""


class Access(StrEnum):
    """Who may call a path, before policies say which users."""

    OPEN = "open"
    IAM = "iam"
    """Requests that are signed with the credentials of a role, which needs `execute-api:Invoke`."""
    COGNITO = "cognito"
    """Requests with a token of the user pool."""
    LAMBDA = "lambda"
    """Requests that a function of the project, or one by its ARN, lets pass."""
    UNKNOWN = "unknown"
    """Something that an override made, such as an authorizer with another user pool."""


class Preflight(msgspec.Struct, frozen=True):
    """What a path answers browsers that ask whether they may call it.

    https://developer.mozilla.org/en-US/docs/Glossary/Preflight_request
    """

    origin: str = "*"
    methods: tuple[str, ...] = METHODS
    headers: tuple[str, ...] = HEADERS
    status: int = 200


class Answer(msgspec.Struct, frozen=True):
    """A response of a method whose requests and responses are mapped."""

    status: str = "200"
    pattern: str = ""
    """Of the function's error; empty for every other answer."""
    parameters: Mapping[str, str] = {}
    templates: Mapping[str, str] = {}


class Mapped(msgspec.Struct, frozen=True):
    """How requests and responses are mapped, where the function does not get the request as it is.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-custom-integrations.html
    """

    templates: Mapping[str, str] = {}
    """By content type, what the function is called with."""
    passthrough: str = "WHEN_NO_MATCH"
    """What becomes of requests of other types."""
    answers: tuple[Answer, ...] = ()


class RestApi(Node, frozen=True):
    """An API.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
    """

    name: str = ""
    """The name by which clients call it."""
    physical_name: str = ""
    """The name in the console."""
    endpoint: str = ""
    """The URL of the live API."""
    description: str = ""
    stage: str = "${env}"
    """The name of its one stage."""
    stage_settings: Mapping[str, Any] = {}
    """`StageDescription` of the deployment: logging, throttling, variables."""
    other: Mapping[str, Any] = {}
    """Further CloudFormation properties."""
    definition: tuple[str, ...] = ()
    """Parts of the OpenAPI document that the CLI does not write."""
    functions: tuple[str, ...] = ()
    """Functions that it may call."""


class Route(Node, frozen=True):
    """A verb of a path, and the function that answers it."""

    path: str = ""
    verb: str = "ANY"
    function: str = ""
    """The Amplify resource; empty for something else than a function of the project."""
    access: Access = Access.OPEN
    authorizer: str = ""
    """The key of the authorizer that looks at tokens."""
    scopes: tuple[str, ...] = ()
    """One of which an access token has to have; without any, it takes ID tokens."""
    mapped: Mapped | None = None
    """None where the function gets the whole request and answers in its own words, as the CLI has it."""
    timeout: int = 0
    """Milliseconds that API Gateway waits for the function; 0 for its own limit (29 s)."""
    content: str = ""
    """What becomes of bodies: `CONVERT_TO_BINARY`, `CONVERT_TO_TEXT`; empty where they stay as they are."""
    preflight: Preflight | None = None
    """Of the path; said with its first verb."""
    other: tuple[str, ...] = ()
    """Settings that the CLI does not write, by their place in the OpenAPI document."""


class Authorizer(Node, frozen=True):
    """What looks at the tokens of requests."""

    kind: str = "cognito_user_pools"
    """`cognito_user_pools`, or a function that looks at a `token` or at the whole `request`."""
    header: str = "Authorization"
    pools: tuple[str, ...] = ()
    """ARNs."""
    function: str = ""
    """The Amplify resource that is asked; empty for none of the project."""
    arn: str = ""
    """The function that is asked, where it is none of the project."""
    sources: tuple[str, ...] = ()
    """Parts of requests that a function looks at: `method.request.header.X-Badge`."""
    pattern: str = ""
    """A regular expression that tokens have to fit before the function is asked."""
    ttl: int = 300
    """Seconds for which an answer is kept."""
    other: Mapping[str, Any] = {}


class GatewayResponse(Node, frozen=True):
    """What API Gateway itself answers, when no function was asked.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-gatewayresponse.html
    """

    type: str = ""
    status: str = ""
    headers: Mapping[str, str] = {}
    templates: Mapping[str, str] = {}
    other: Mapping[str, Any] = {}


class Principal(StrEnum):
    """Whose rights a policy says."""

    SIGNED_IN = "signed in"
    GUEST = "guest"
    GROUP = "group"
    OTHER = "other"


class InvokePolicy(Node, frozen=True):
    """A policy on the API."""

    principal: Principal = Principal.OTHER
    name: str = ""
    """The group, or the role where it is none of users."""
    statements: tuple[Mapping[str, Any], ...] = ()


class ExtraResource(Node, frozen=True):
    """A resource that an override added."""

    type: str = ""
    properties: Mapping[str, Any] = {}
    after: tuple[str, ...] = ()
    """Logical ids of what is made before it."""
    policy: str = ""
    """Its `DeletionPolicy`."""
    other: tuple[str, ...] = ()
    """Further attributes, such as `UpdatePolicy`."""


class Unbuilt(Node, frozen=True):
    """An API without a template, and without the settings that the CLI builds it of."""

    left_out = True

    settings: tuple[str, ...] = ()
    """The files that there are."""
