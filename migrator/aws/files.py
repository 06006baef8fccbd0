"""Files in a bucket as somebody: getting, putting, removing, listing."""

from __future__ import annotations

from collections.abc import Callable

from migrator.aws.errors import asking
from migrator.aws.properties import pages
from migrator.aws.session import Session

_REFUSED = ("AccessDenied", "403", "Forbidden", "AllAccessDisabled")
_MISSING = ("NoSuchKey", "404")


def _allowed(call: Callable[[], object], *also: str) -> bool:
    from botocore.exceptions import ClientError

    try:
        call()
    except ClientError as problem:
        if problem.response.get("Error", {}).get("Code") in (*_REFUSED, *also):
            return False
        raise
    return True


def put(session: Session, bucket: str, key: str, content: bytes) -> bool:
    """Writes a file; False when that is refused. Raises AwsError for anything else."""
    with asking(f"writing {key} into {bucket}"):
        return _allowed(lambda: session.client("s3").put_object(Bucket=bucket, Key=key, Body=content))


def get(session: Session, bucket: str, key: str) -> bytes | None:
    """The content of a file; None when that is refused, or there is none. Raises AwsError for anything else."""
    found: list[bytes] = []

    def read() -> None:
        found.append(session.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read())

    with asking(f"reading {key} of {bucket}"):
        return found[0] if _allowed(read, *_MISSING) else None


def delete(session: Session, bucket: str, key: str) -> bool:
    """Removes a file; False when that is refused. Raises AwsError for anything else."""
    with asking(f"removing {key} from {bucket}"):
        return _allowed(lambda: session.client("s3").delete_object(Bucket=bucket, Key=key))


def keys(session: Session, bucket: str, prefix: str = "") -> tuple[str, ...]:
    """The files below a prefix. Raises AwsError, also when listing is refused."""
    client = session.client("s3")
    with asking(f"listing {bucket}"):
        listed = tuple(
            pages(
                client.list_objects_v2,
                "Contents",
                token="NextContinuationToken",
                sent="ContinuationToken",
                Bucket=bucket,
                Prefix=prefix,
            )
        )
    return tuple(one["Key"] for one in listed)
