"""What storage is written as: overrides, and live buckets and tables that Gen 2 refers to."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.convert import Conversion, Request, convert
from tests.projects import ROOT

FIXTURES = ROOT / "tests/fixtures/gen1"
SHOP = ROOT / "sample_projects/shop/gen1"


def run(project: Path, out: Path, *reuse: str) -> Conversion:
    return convert(Request(project, out, reuse=frozenset(reuse)))[0]


def wiring(out: Path) -> str:
    return " ".join((out / "amplify/storage/wiring.ts").read_text(encoding="utf-8").split())


@pytest.fixture
def overridden(tmp_path: Path) -> str:
    """The wiring of a bucket with an override."""
    run(FIXTURES / "bucket-with-overrides", tmp_path)
    return wiring(tmp_path)


@pytest.fixture
def imported(tmp_path: Path) -> str:
    """The wiring of a backend with a bucket of its own, an imported bucket and an imported table."""
    run(FIXTURES / "imported-storage", tmp_path)
    return wiring(tmp_path)


@pytest.mark.parametrize(
    "statement",
    [
        "allowedMethods: ['GET', 'PUT'], allowedOrigins: ['https://gallery.example.com']",
        "cfnBucket.accelerateConfiguration = { accelerationStatus: 'Enabled' };",
        "{ id: 'drafts', prefix: 'public/drafts/', status: 'Enabled', expirationInDays: 30, }",
        "sseAlgorithm: 'aws:kms', kmsMasterKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/11112222-3333-4444-5555",
        "bucketKeyEnabled: true",
    ],
)
def test_what_an_override_sets_is_set_on_the_bucket(overridden: str, statement: str) -> None:
    assert statement in overridden


def test_versions_that_an_override_keeps_are_kept(tmp_path: Path) -> None:
    run(FIXTURES / "bucket-with-overrides", tmp_path)
    assert "versioned: true" in (tmp_path / "amplify/storage/resource.ts").read_text(encoding="utf-8")


def test_a_trigger_that_the_project_does_not_hold_is_reported(tmp_path: Path) -> None:
    found = {finding.rule for finding in run(FIXTURES / "bucket-with-overrides", tmp_path).findings}
    assert {"STO041", "STO051"} <= found


def test_an_imported_bucket_beside_an_own_one_does_not_claim_to_be_the_default(imported: str) -> None:
    assert "storage: { buckets: [ { name: 'archive', bucket_name: archiveBucket.bucketName," in imported


def test_an_imported_bucket_keeps_its_region(imported: str) -> None:
    assert "aws_region: 'eu-central-1'" in imported


def test_an_imported_table_is_looked_up_by_its_name(imported: str) -> None:
    assert "{ tableName: reference('STORAGE_RATES_NAME') }" in imported


def test_the_default_encryption_of_s3_is_not_said(imported: str) -> None:
    assert "bucketEncryption" not in imported


def test_a_live_table_is_looked_up_by_its_name_and_stream(tmp_path: Path) -> None:
    run(SHOP, tmp_path, "storage")
    expected = "tableName: reference('STORAGE_LOYALTY_NAME'), tableStreamArn: reference('STORAGE_LOYALTY_STREAMARN"
    assert expected in wiring(tmp_path)


def test_the_only_live_bucket_is_the_default(tmp_path: Path) -> None:
    run(SHOP, tmp_path, "storage")
    assert "storage: { aws_region: backend.stack.region, bucket_name: mediaBucket.bucketName," in wiring(tmp_path)


def test_a_trigger_keeps_its_rights_on_a_live_bucket(tmp_path: Path) -> None:
    run(SHOP, tmp_path, "storage")
    assert "new Policy(mediaBucket.stack, 'S3TriggerBucketPolicy'," in wiring(tmp_path)
