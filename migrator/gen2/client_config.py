"""The layout of `amplify_outputs.json`: what front ends hand to `Amplify.configure`.

https://docs.amplify.aws/react/reference/amplify_outputs/; types as in the package `@aws-amplify/client-config`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

VERSION: Final = "1.4"
"""Of the layout: what clients of version 6 and later read; later versions only add to it."""
FILE: Final = "amplify_outputs.json"

_Mode = Literal["AMAZON_COGNITO_USER_POOLS", "API_KEY", "AWS_IAM", "AWS_LAMBDA", "OPENID_CONNECT"]
_Channel = Literal["IN_APP_MESSAGING", "FCM", "APNS", "EMAIL", "SMS"]


class _Closed(Struct, frozen=True, forbid_unknown_fields=True):
    """An object that holds nothing but these fields."""


class PasswordPolicy(_Closed, frozen=True):
    """What a password needs."""

    min_length: int
    require_numbers: bool
    require_lowercase: bool
    require_uppercase: bool
    require_symbols: bool


class OAuth(_Closed, frozen=True):
    """The hosted UI."""

    identity_providers: tuple[Literal["GOOGLE", "FACEBOOK", "LOGIN_WITH_AMAZON", "SIGN_IN_WITH_APPLE"], ...]
    domain: str
    scopes: tuple[str, ...]
    redirect_sign_in_uri: tuple[str, ...]
    redirect_sign_out_uri: tuple[str, ...]
    response_type: Literal["code", "token"]


class Group(_Closed, frozen=True):
    """A group of the user pool."""

    precedence: int | None = None


class Auth(_Closed, frozen=True):
    """A user pool with its identity pool."""

    aws_region: str
    user_pool_id: str
    user_pool_client_id: str
    identity_pool_id: str | None = None
    password_policy: PasswordPolicy | None = None
    oauth: OAuth | None = None
    standard_required_attributes: tuple[str, ...] = ()
    username_attributes: tuple[Literal["email", "phone_number", "username"], ...] = ()
    user_verification_types: tuple[Literal["email", "phone_number"], ...] = ()
    unauthenticated_identities_enabled: bool | None = None
    mfa_configuration: Literal["NONE", "OPTIONAL", "REQUIRED"] | None = None
    mfa_methods: tuple[Literal["SMS", "TOTP", "EMAIL"], ...] = ()
    groups: tuple[Mapping[str, Group], ...] = ()


class Data(_Closed, frozen=True):
    """A GraphQL API."""

    aws_region: str
    url: str
    default_authorization_type: _Mode
    authorization_types: tuple[_Mode, ...]
    api_key: str | None = None
    model_introspection: Mapping[str, Any] | None = None


class Bucket(_Closed, frozen=True):
    """A bucket, under the name by which code chooses it."""

    name: str
    bucket_name: str
    aws_region: str


class Storage(_Closed, frozen=True):
    """The bucket of users' files, and all buckets by name."""

    aws_region: str
    bucket_name: str
    buckets: tuple[Bucket, ...] = ()


class Pinpoint(_Closed, frozen=True):
    """A Pinpoint project."""

    aws_region: str
    app_id: str


class Analytics(_Closed, frozen=True):
    """What events are sent to."""

    amazon_pinpoint: Pinpoint | None = None


class Notifications(_Closed, frozen=True):
    """Push messages and messages in the app."""

    aws_region: str
    amazon_pinpoint_app_id: str
    channels: tuple[_Channel, ...]


class Map(_Closed, frozen=True):
    """The style of a map."""

    style: str | None = None


class Maps(_Closed, frozen=True):
    """Maps by name."""

    items: Mapping[str, Map]
    default: str


class Listed(_Closed, frozen=True):
    """Names, and the one that is taken when none is given."""

    items: tuple[str, ...]
    default: str


class Geo(_Closed, frozen=True):
    """Amazon Location Service."""

    aws_region: str
    maps: Maps | None = None
    search_indices: Listed | None = None
    geofence_collections: Listed | None = None


_SECTIONS: Mapping[str, type[Struct]] = {
    "auth": Auth,
    "data": Data,
    "storage": Storage,
    "analytics": Analytics,
    "notifications": Notifications,
    "geo": Geo,
}


def complaint(section: str, values: Mapping[str, Any]) -> str:
    """What is wrong with a section, in words; empty for one as clients read it. `custom` may hold anything."""
    form = _SECTIONS.get(section)
    if form is None:
        return "" if section == "custom" else "there is no such section"
    try:
        msgspec.convert(values, form)
    except msgspec.ValidationError as error:
        return str(error)
    return ""


def print_client_config(sections: Mapping[str, Mapping[str, Any]]) -> str:
    """The file: the sections in the order of the layout, indented as `ampx` writes it."""
    order = (*_SECTIONS, "custom")
    held = {name: sections[name] for name in order if sections.get(name)}
    return msgspec.json.format(msgspec.json.encode({"version": VERSION, **held}), indent=2).decode() + "\n"
