"""Which AWS is spoken to, and as whom: an account on request, or the local AWS at an endpoint."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from msgspec import Struct

from migrator.core.log import log

CONNECT_SECONDS, READ_SECONDS = 10, 60
ATTEMPTS = 6
"""Tries per call, the first one counted: throttling and timeouts are waited out with growing pauses."""
_BUILDING = Lock()


class Session(Struct, frozen=True):
    """Region and credentials. With an `endpoint` everything goes there, with the given keys; no file is read."""

    region: str
    profile: str = ""
    endpoint: str = ""
    access_key: str = ""
    secret_key: str = ""
    token: str = ""
    """The session token that belongs to temporary keys."""

    def __repr__(self) -> str:
        return f"Session(region={self.region!r}, profile={self.profile!r}, endpoint={self.endpoint!r})"

    @property
    def local(self) -> bool:
        """Whether this is not an AWS account but something on this machine."""
        return bool(self.endpoint)

    def client(self, service: str) -> Any:
        """The boto3 client of a service, made once. Nothing is asked of AWS yet.

        Raises AwsError when the profile is in no file.
        """
        with _BUILDING:  # boto3 may not make two clients at the same time
            return _client(self, service)

    def environment(self) -> dict[str, str]:
        """Environment variables with which other programs (ampx, cdk, Node) reach the same AWS as the same user."""
        region = {"AWS_REGION": self.region, "AWS_DEFAULT_REGION": self.region}
        if not self.endpoint:
            return region | ({"AWS_PROFILE": self.profile} if self.profile else {})
        return region | {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            **({"AWS_SESSION_TOKEN": self.token} if self.token else {}),
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }


@lru_cache(maxsize=256)
def _client(session: Session, service: str) -> Any:
    from botocore.config import Config

    from migrator.aws.errors import asking

    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        s3={"addressing_style": "path"} if session.endpoint else {},
        user_agent_extra="amplify-migrate",
        **({"ignore_configured_endpoint_urls": True, "proxies": {}} if session.endpoint else {}),
    )
    arguments = {"endpoint_url": session.endpoint} if session.endpoint else {}
    account = _account(session)
    with asking("the AWS credentials"):  # they are looked for now: half a key or a failing process is found here
        client = account.client(service, config=config, **arguments)
    client.meta.events.register("after-call", _note)
    return client


def _note(http_response: Any, parsed: Mapping[str, Any], model: Any, **_: Any) -> None:
    """An entry of the debug log for each call: what was asked and how it ended, never what was said."""
    code = parsed.get("Error", {}).get("Code", "") if isinstance(parsed, Mapping) else ""
    service = model.service_model.service_name
    log("aws", f"{service}:{model.name} {http_response.status_code} {code}".strip())


def _account(session: Session) -> Any:
    import boto3
    from botocore.session import Session as Core

    from migrator.aws.errors import asking

    with asking("the AWS configuration"):
        if not session.endpoint:
            return boto3.Session(profile_name=session.profile or None, region_name=session.region)
        # No profile of the user decides what the local AWS is asked, and none has to exist.
        core = Core(session_vars={"profile": (None, None, None, None)})
        for name in ("config_file", "credentials_file"):
            core.set_config_variable(name, os.devnull)
        return boto3.Session(
            botocore_session=core,
            region_name=session.region,
            aws_access_key_id=session.access_key,
            aws_secret_access_key=session.secret_key,
            aws_session_token=session.token or None,
        )
