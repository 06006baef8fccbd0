"""Asking AWS without ever changing anything: only operations that get, list, describe or head."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from migrator.aws.errors import asking
from migrator.aws.session import Session
from migrator.core.errors import AwsError

VERBS = ("Get", "List", "Describe", "Head")
"""How the names of operations begin that change nothing."""
DENIED = frozenset(("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "403", "Forbidden"))
_MOST_PAGES = 1_000
_PERMISSIONS: Mapping[str, str] = {
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetBucketNotificationConfiguration": "s3:GetBucketNotification",
    "s3:GetBucketAccelerateConfiguration": "s3:GetAccelerateConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
}
"""Where the permission is not called as the operation is.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html"""


class Reading(Struct, frozen=True):
    """An account (or the local AWS) that is only read."""

    session: Session

    def ask(self, service: str, operation: str, **arguments: Any) -> dict[str, Any]:
        """The answer of one operation, such as `cognito-idp`, `DescribeUserPool`, with times written as ISO 8601.

        Raises AwsError with AWS's code; where access is denied, the hint names the permission. An operation that
        could change something is refused before anything is sent.
        """
        answer: dict[str, Any] = _plain(self._answer(service, operation, arguments))
        answer.pop("ResponseMetadata", None)
        return answer

    def listed(self, service: str, operation: str, key: str, **arguments: Any) -> list[dict[str, Any]]:
        """All elements of a list that AWS gives page by page. Raises as `ask` does."""
        found: list[dict[str, Any]] = []
        for _ in range(_MOST_PAGES):
            answer = self.ask(service, operation, **arguments)
            found.extend(answer.get(key, ()))
            token = next((name for name in ("NextToken", "nextToken", "PaginationToken") if answer.get(name)), "")
            if not token:
                break
            arguments[token] = answer[token]
        return found

    def content(self, bucket: str, key: str, most: int) -> bytes:
        """An object of a bucket. Raises AwsError, also when it has more than `most` bytes."""
        answer = self._answer("s3", "GetObject", {"Bucket": bucket, "Key": key})
        with asking(f"s3://{bucket}/{key}"):
            body: bytes = answer["Body"].read(most + 1)
        if len(body) > most:
            raise AwsError(f"s3://{bucket}/{key} is larger than {most // 1_000_000} MB", code="TooLarge")
        return body

    def _answer(self, service: str, operation: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        from botocore import xform_name

        if not operation.startswith(VERBS):
            raise AwsError(f"{service}:{operation} is not asked: it could change something", code="NotReadOnly")
        call = getattr(self.session.client(service), xform_name(operation))
        try:
            with asking(f"{service}:{operation}"):
                answer: dict[str, Any] = call(**arguments)
                return answer
        except AwsError as problem:
            if problem.code not in DENIED:
                raise
            hint = f"Allow `{permission(service, operation)}` to the user or role of the credentials."
            raise AwsError(problem.message, hint=hint, code=problem.code) from problem


def permission(service: str, operation: str) -> str:
    """The IAM action that an operation needs."""
    action = f"{service}:{operation}"
    return _PERMISSIONS.get(action, action)


def _plain(value: Any) -> Any:
    """Values that JSON knows; streams and bytes are left out."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) or value is None else ""
