"""What `migrate fetch` brought, for people and for machines."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from migrator.aws.amplify import BackendEnvironment
from migrator.commands.fetch import Fetched
from migrator.commands.fetch_copy import Written
from migrator.deploy.findings import aws_finding
from migrator.gen1.live import Live, LiveResource
from migrator.report.fetch_text import fetch_document, fetch_text

DONE = Fetched(
    "d1a2",
    BackendEnvironment("main", "amplify-shop-main-1", "shop-deployment"),
    "eu-west-1",
    Written(Path("amplify/#current-cloud-backend"), ("a.json",), ("b.json",), ("c.json",), ("d.json",), Path("kept")),
    True,
    ("cli.json",),
    Live("d1a2", "main", "eu-west-1", "s", (LiveResource("AWS::DynamoDB::Table", "Todo-x-main", "Todo"),)),
    (("shop", "x1"),),
    (aws_finding("AWS001", "s3:GetBucketCors: AWS refuses access.", hint="Allow `s3:GetBucketCORS`."),),
)


def test_what_changed_is_marked_and_the_old_copy_is_named() -> None:
    text = fetch_text(DONE)
    assert "written: 1 new, 1 changed, 1 removed, 1 unchanged" in text
    assert "  ~ b.json\n  - c.json\n" in text
    assert "the copy that was there before: kept" in text


def test_the_api_and_what_holds_data_are_named() -> None:
    text = fetch_text(DONE)
    assert "  API     shop: x1" in text
    assert "Todo-x-main" in text


def test_a_finding_comes_with_what_to_do() -> None:
    assert "warning AWS001: s3:GetBucketCors: AWS refuses access.\n  Allow `s3:GetBucketCORS`." in fetch_text(DONE)


def test_a_dry_run_says_would() -> None:
    text = fetch_text(replace(DONE, dry_run=True))
    assert "would be written: 1 new" in text
    assert "Next:" not in text


def test_machines_get_all_of_it() -> None:
    found = fetch_document(DONE)
    assert found["schema"] == "migrate/fetch/1"
    assert found["complete"] is False
    assert found["apis"] == [{"name": "shop", "id": "x1"}]
    assert found["findings"][0]["rule"] == "AWS001"
