"""A request to a service that is not emulated is refused at once."""

from __future__ import annotations

import re

from ..settings import Settings

DEFECT = (
    "To tell whether the name in a request's signature is a service of AWS, all models of botocore are read: seconds "
    "in which nothing else is answered, at the first call of a service that is not emulated."
)
REPLACES = {"ministack.core.router:_is_aws_service_name": "scope_name"}


def apply(settings: Settings) -> None:
    """Takes every name for one: only those are asked about that belong to no service that is emulated."""
    from ministack.core import router

    router._is_aws_service_name = lambda scope_name: bool(re.fullmatch(r"[a-z][a-z0-9-]*", scope_name))
