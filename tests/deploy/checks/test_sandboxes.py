"""What every sandbox has otherwise than Gen 1 is no fault of the conversion; everything else still is."""

from __future__ import annotations

import pytest

from migrator.deploy.backend_names import is_sandbox
from migrator.deploy.checks.settings import _by_itself, _of_sandboxes
from migrator.engine.acceptance import Verdict
from migrator.engine.comparison import Mismatch
from migrator.verify.results import Difference


def difference(attribute: str, resource: str = "auth/app: user pool") -> Difference:
    return Difference(resource, attribute, "Retain", "Delete", Verdict.UNEXPLAINED)


@pytest.mark.parametrize(
    "attribute",
    [
        "DeletionPolicy",
        "UpdateReplacePolicy",
        "DeletionProtectionEnabled",
        "Tags[user:Stack]",
        "ReplaceTableUponGsiUpdate",
    ],
)
def test_what_goes_with_a_sandbox_is_left_out(attribute: str) -> None:
    assert _of_sandboxes(difference(attribute))


@pytest.mark.parametrize("attribute", ["Policies.PasswordPolicy.MinimumLength", "Tags[user:Owner]", "BillingMode"])
def test_other_settings_count(attribute: str) -> None:
    assert not _of_sandboxes(difference(attribute))


def test_what_empties_buckets_is_left_out() -> None:
    assert _of_sandboxes(difference("", "storage/media/Bucket/AutoDeleteObjectsCustomResource"))


def test_a_branch_is_no_sandbox() -> None:
    assert not is_sandbox("amplify-d1a2b3c4-main-branch-cd70825dbf")


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("OwnershipControls.Rules[0].ObjectOwnership", "BucketOwnerEnforced"),
        ("BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.SSEAlgorithm", "AES256"),
    ],
)
def test_what_s3_gives_every_new_bucket_is_no_drift(attribute: str, value: str) -> None:
    assert _by_itself(Mismatch("AWS::S3::Bucket", "media", attribute, None, value))
    assert not _by_itself(Mismatch("AWS::S3::Bucket", "media", attribute, "other", value))


def test_another_owner_is_drift() -> None:
    path = "OwnershipControls.Rules[0].ObjectOwnership"
    assert not _by_itself(Mismatch("AWS::S3::Bucket", "media", path, None, "ObjectWriter"))
