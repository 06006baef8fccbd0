"""The assets of a cloud assembly to the bucket that CDK's bootstrap made.

Manifest of assets: https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/cloud-assembly-schema/lib/assets/schema.ts
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from migrator.aws.errors import asking
from migrator.aws.session import Session
from migrator.core.errors import AwsError

BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version"
"""The parameter by which CDK recognizes a bootstrapped account:
https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html"""
_VERSION = "30"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP file can say: all files get it, so that equal folders make equal archives."""
_AT_ONCE = 8
_AWSCLI = "/opt/awscli"


class Asset(Struct, frozen=True):
    """A file, or a folder that is zipped, and where it goes."""

    path: Path
    bucket: str
    key: str
    folder: bool


class Published(Struct, frozen=True):
    """How many assets were uploaded and how many were there already, and those that were replaced by nothing."""

    uploaded: int
    present: int
    emptied: tuple[str, ...] = ()


def bootstrapped(session: Session) -> bool:
    """Whether the account and region were prepared with `cdk bootstrap`. Raises AwsError."""
    from botocore.exceptions import ClientError

    with asking("whether CDK was bootstrapped"):
        try:
            session.client("ssm").get_parameter(Name=BOOTSTRAP_VERSION)
        except ClientError as problem:
            if problem.response["Error"]["Code"] == "ParameterNotFound":
                return False
            raise
    return True


def bootstrap_local(session: Session, account: str) -> None:
    """Makes what `cdk bootstrap` makes, as far as a local AWS needs it: the version and the bucket."""
    bucket = assets_bucket(account, session.region)
    with asking("the bootstrap of the local AWS"):
        if not bootstrapped(session):
            session.client("ssm").put_parameter(Name=BOOTSTRAP_VERSION, Value=_VERSION, Type="String")
        names = {one["Name"] for one in session.client("s3").list_buckets()["Buckets"]}
        if bucket not in names:
            session.client("s3").create_bucket(Bucket=bucket)


def assets_bucket(account: str, region: str) -> str:
    """The name that CDK's bootstrap gives the bucket for assets."""
    return f"cdk-hnb659fds-assets-{account}-{region}"


def publish(
    session: Session,
    folder: Path,
    account: str,
    *,
    empty: frozenset[str] = frozenset(),
    progress: Callable[[str], None] = lambda line: None,
) -> Published:
    """Uploads what the assembly in `folder` needs and the bucket lacks; assets are named by their content.

    The keys in `empty` become archives with nothing in them. Raises AwsError when an upload fails.
    """
    assets = tuple(dict.fromkeys(listed_assets(folder, account, session.region)))
    there = {bucket: frozenset(_keys(session, bucket)) for bucket in {one.bucket for one in assets}}
    # A template may change under one name: the root stack's key is its hash too, but nothing says that it stays so.
    missing = tuple(a for a in assets if a.key not in there[a.bucket])
    if missing:
        progress(f"publishing {len(missing)} assets")
    with asking("the upload of the assets"), ThreadPoolExecutor(_AT_ONCE) as pool:
        for done in [pool.submit(_upload, session, one, one.key in empty) for one in missing]:
            done.result()
    emptied = tuple(a.key for a in missing if a.key in empty)
    return Published(len(missing), len(assets) - len(missing), emptied)


def listed_assets(folder: Path, account: str, region: str) -> Iterator[Asset]:
    """The files and folders that the assembly's manifests list. Raises AwsError when one cannot be read."""
    for manifest in sorted(folder.glob("*.assets.json")):
        for entry in _manifest(manifest).get("files", {}).values():
            source = entry["source"]
            for destination in entry["destinations"].values():
                yield Asset(
                    folder / source["path"],
                    located(destination["bucketName"], account, region),
                    located(destination["objectKey"], account, region),
                    source.get("packaging") == "zip",
                )


def located(text: str, account: str, region: str) -> str:
    """CDK's text with its placeholders filled."""
    values = {"${AWS::AccountId}": account, "${AWS::Region}": region, "${AWS::Partition}": "aws"}
    for placeholder, value in values.items():
        text = text.replace(placeholder, value)
    return text


def template_url(s3_url: str, account: str, region: str) -> str:
    """The address CloudFormation takes for `s3://bucket/key`. Raises AwsError for another form."""
    found = re.fullmatch(r"s3://([^/]+)/(.+)", located(s3_url, account, region))
    if not found:
        raise AwsError(f"{s3_url} is no place in S3")
    return f"https://s3.{region}.amazonaws.com/{found[1]}/{found[2]}"


def zipped(folder: Path) -> bytes:
    """The folder as an archive that only depends on names, contents and what may be run."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EARLIEST)
                entry.external_attr = (0o755 if path.stat().st_mode & 0o100 else 0o644) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # Unix, wherever this runs
                archive.writestr(entry, path.read_bytes())
    return made.getvalue()


def awscli_layers(folder: Path) -> frozenset[str]:
    """Keys of the layers with the AWS CLI that CDK adds to copy files into buckets: 17 MB, twice in a stack.

    https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.lambda_layer_awscli-readme.html
    """
    return frozenset(
        resource["Properties"]["Content"]["S3Key"]
        for template in folder.glob("*.template.json")
        for resource in _manifest(template).get("Resources", {}).values()
        if resource.get("Type") == "AWS::Lambda::LayerVersion"
        and _AWSCLI in str(resource.get("Properties", {}).get("Description", ""))
        and isinstance(resource["Properties"].get("Content", {}).get("S3Key"), str)
    )


def _upload(session: Session, asset: Asset, empty: bool) -> None:
    body = _nothing() if empty else zipped(asset.path) if asset.folder else asset.path.read_bytes()
    session.client("s3").put_object(Bucket=asset.bucket, Key=asset.key, Body=body)


def _nothing() -> bytes:
    made = io.BytesIO()
    zipfile.ZipFile(made, "w").close()
    return made.getvalue()


def _keys(session: Session, bucket: str) -> Iterator[str]:
    with asking(f"the bucket {bucket}"):
        for page in session.client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket):
            yield from (one["Key"] for one in page.get("Contents", ()))


def _manifest(path: Path) -> dict[str, Any]:
    try:
        return dict(msgspec.json.decode(path.read_bytes()))
    except (OSError, msgspec.DecodeError, TypeError, ValueError) as problem:
        raise AwsError(f"{path.name} of the synthesized assembly cannot be read: {problem}") from problem
