"""Files are put into buckets without the AWS CLI."""

from __future__ import annotations

import fnmatch
import io
import mimetypes
import os
import zipfile
from collections.abc import Iterator
from typing import Any

from ..settings import Settings

DEFECT = (
    "CDK's BucketDeployment runs `/opt/awscli/aws` from a layer: as root, on this machine's file system. Every "
    "Amplify API has two of them. Here the same is done without a function."
)
_CUSTOM = "ministack.services.cloudformation.custom_resource"
REPLACES = {
    f"{_CUSTOM}:invoke_custom_resource": "",
    f"{_CUSTOM}:_normalise_resource_properties": "value",
}
TYPE = "Custom::CDKBucketDeployment"


def apply(settings: Settings) -> None:
    """Takes these resources out of the functions' hands.

    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_deployment-readme.html
    """
    from ministack.services.cloudformation import custom_resource

    invoke = custom_resource.invoke_custom_resource

    def invoke_or_copy(
        request_type: str,
        logical_id: str,
        props: dict[str, Any],
        stack_name: str,
        stack_id: str,
        resource_type: str,
        physical_id: str | None = None,
        old_props: dict[str, Any] | None = None,
    ) -> Any:
        if resource_type == TYPE:
            properties = custom_resource._normalise_resource_properties(props)
            return _deploy(settings, request_type, properties, physical_id)
        return invoke(
            request_type, logical_id, props, stack_name, stack_id, resource_type,
            physical_id=physical_id, old_props=old_props,
        )  # fmt: skip

    custom_resource.invoke_custom_resource = invoke_or_copy


def _deploy(settings: Settings, request: str, properties: dict[str, Any], physical_id: str | None) -> Any:
    s3 = _client(settings)
    bucket, prefix = properties["DestinationBucketName"], _prefix(properties)
    if request == "Delete":
        if not _is_on(properties, "RetainOnDelete"):
            _clear(s3, bucket, prefix)
        return physical_id, {}
    files = {prefix + name: body for name, body in _files(s3, properties) if _wanted(name, properties)}
    if _is_on(properties, "Prune"):
        for key in set(_keys(s3, bucket, prefix)) - set(files):
            s3.delete_object(Bucket=bucket, Key=key)
    for key, body in files.items():
        kind = mimetypes.guess_type(key)[0] or "binary/octet-stream"
        s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType=kind)
    keys = properties["SourceObjectKeys"] if _is_on(properties, "OutputObjectKeys") else []
    made = physical_id or f"aws.cdk.s3deployment.{os.urandom(8).hex()}"
    return made, {"DestinationBucketArn": properties.get("DestinationBucketArn"), "SourceObjectKeys": keys}


def _files(s3: Any, properties: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    markers = properties.get("SourceMarkers") or []
    sources = zip(properties["SourceBucketNames"], properties["SourceObjectKeys"], strict=True)
    for number, (bucket, key) in enumerate(sources):
        body = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        if not _is_on(properties, "Extract"):
            yield os.path.basename(key), body
            continue
        yield from _unpacked(body, markers[number] if number < len(markers) else {})


def _unpacked(archive: bytes, markers: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for name in files.namelist():
            if name.endswith("/"):
                continue
            body = files.read(name)
            for marker, value in markers.items():
                body = body.replace(marker.encode(), str(value).encode())
            yield name, body


def _wanted(name: str, properties: dict[str, Any]) -> bool:
    def among(patterns: Any) -> bool:
        return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns or [])

    return not among(properties.get("Exclude")) or among(properties.get("Include"))


def _prefix(properties: dict[str, Any]) -> str:
    folder = (properties.get("DestinationBucketKeyPrefix") or "").strip("/")
    return f"{folder}/" if folder else ""


def _is_on(properties: dict[str, Any], name: str) -> bool:
    return str(properties.get(name, "true")).lower() == "true"


def _keys(s3: Any, bucket: str, prefix: str) -> Iterator[str]:
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for entry in page.get("Contents", []):
            yield entry["Key"]


def _clear(s3: Any, bucket: str, prefix: str) -> None:
    from botocore.exceptions import ClientError

    try:
        for key in list(_keys(s3, bucket, prefix)):
            s3.delete_object(Bucket=bucket, Key=key)
    except ClientError:
        return  # the bucket is gone already, and its files with it


def _client(settings: Settings) -> Any:
    import botocore.session
    from botocore.config import Config

    return botocore.session.get_session().create_client(
        "s3",
        region_name=settings.region,
        endpoint_url=f"http://127.0.0.1:{settings.port}",
        aws_access_key_id=settings.account,
        aws_secret_access_key="local",
        config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 2}),
    )
