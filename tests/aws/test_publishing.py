"""Assets go where the assembly says; equal folders are equal archives."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, cast

import pytest

from migrator.aws.publish import awscli_layers, listed_assets, publish, template_url, zipped
from migrator.aws.session import Session
from migrator.core.errors import AwsError
from tests.aws.stubbed import Stubbed

BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}"


class _Session(Stubbed):
    region = "eu-west-1"


def _folder(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_equal_folders_are_equal_archives_whenever_they_were_written(tmp_path: Path) -> None:
    one = _folder(tmp_path / "one", {"b.js": "b", "a/c.js": "c"})
    other = _folder(tmp_path / "other", {"a/c.js": "c", "b.js": "b"})
    os.utime(other / "b.js", (0, 0))
    assert zipped(one) == zipped(other)


def test_what_may_be_run_stays_so(tmp_path: Path) -> None:
    one = _folder(tmp_path / "one", {"run": "x"})
    before = zipped(one)
    (one / "run").chmod(0o755)
    assert zipped(one) != before


def _assembly(folder: Path, packaging: str = "file") -> Path:
    entry = {
        "source": {"path": "it", "packaging": packaging},
        "destinations": {"here": {"bucketName": BUCKET, "objectKey": "abc.zip"}},
    }
    (folder / "it").write_text("x")
    (folder / "x.assets.json").write_text(json.dumps({"files": {"abc": entry}}))
    return folder


def test_placeholders_of_the_bucket_are_filled(tmp_path: Path) -> None:
    (asset,) = listed_assets(_assembly(tmp_path), "1234", "eu-west-1")
    assert asset.bucket == "cdk-hnb659fds-assets-1234-eu-west-1"


def _published(folder: Path, there: list[str], **more: Any) -> tuple[Stubbed, Any]:
    session = _Session().answers("s3", "list_objects_v2", {"Contents": [{"Key": key} for key in there]})
    session.answers("s3", "put_object", {})
    return session, publish(cast("Session", session), folder, "1234", **more)


def test_an_asset_that_is_missing_is_uploaded(tmp_path: Path) -> None:
    _, told = _published(_assembly(tmp_path), [])
    assert (told.uploaded, told.present) == (1, 0)


def test_an_asset_that_is_there_is_not_uploaded_again(tmp_path: Path) -> None:
    _, told = _published(_assembly(tmp_path), ["abc.zip"])
    assert (told.uploaded, told.present) == (0, 1)


def test_what_was_left_empty_is_told(tmp_path: Path) -> None:
    _, told = _published(_assembly(tmp_path), [], empty=frozenset({"abc.zip"}))
    assert told.emptied == ("abc.zip",)


def test_an_upload_that_is_refused_is_an_error(tmp_path: Path) -> None:
    session = _Session().answers("s3", "list_objects_v2", {})
    session.fails("s3", "put_object", "AccessDenied", "not yours")
    with pytest.raises(AwsError, match="refuses access"):
        publish(cast("Session", session), _assembly(tmp_path), "1234")


def test_a_manifest_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.assets.json").write_text("{")
    with pytest.raises(AwsError, match=r"x\.assets\.json"):
        list(listed_assets(tmp_path, "1", "eu-west-1"))


def test_the_address_of_a_template(tmp_path: Path) -> None:
    assert template_url(f"s3://{BUCKET}/a.json", "1", "eu-west-1") == (
        "https://s3.eu-west-1.amazonaws.com/cdk-hnb659fds-assets-1-eu-west-1/a.json"
    )


def test_another_form_of_address_is_an_error() -> None:
    with pytest.raises(AwsError, match="no place in S3"):
        template_url("https://x", "1", "eu-west-1")


def test_only_layers_with_the_aws_cli_are_left_empty(tmp_path: Path) -> None:
    def layer(description: str, key: str) -> dict[str, Any]:
        content = {"Description": description, "Content": {"S3Key": key}}
        return {"Type": "AWS::Lambda::LayerVersion", "Properties": content}

    resources = {"A": layer("/opt/awscli/aws", "cli.zip"), "B": layer("mine", "mine.zip")}
    (tmp_path / "x.template.json").write_text(json.dumps({"Resources": resources}))
    assert awscli_layers(tmp_path) == frozenset({"cli.zip"})
