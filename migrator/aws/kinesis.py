"""Streams as they are, read only.

https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DescribeStreamSummary.html
"""

from __future__ import annotations

from migrator.aws.properties import Properties, optional
from migrator.aws.session import Session


def stream(session: Session, name: str) -> Properties | None:
    """A stream by its name; None when there is none. Raises AwsError."""
    client = session.client("kinesis")
    what = f"the stream {name}"
    found = optional(lambda: client.describe_stream_summary(StreamName=name), what, "ResourceNotFoundException")
    if found is None:
        return None
    said = found["StreamDescriptionSummary"]
    encrypted = said.get("EncryptionType", "NONE") != "NONE"
    return {
        "Name": name,
        "ShardCount": said.get("OpenShardCount"),
        "RetentionPeriodHours": said.get("RetentionPeriodHours"),
        "StreamModeDetails": said.get("StreamModeDetails"),
        "StreamEncryption": {"EncryptionType": said["EncryptionType"], "KeyId": said.get("KeyId")}
        if encrypted
        else None,
    }
