"""Kinesis streams: what is read, and what they are written as."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.categories.analytics.model import DataStream
from migrator.categories.analytics.observe import OBSERVER
from migrator.commands.assessment import Assessment
from migrator.commands.convert import Request, convert
from migrator.engine.observed import Side
from migrator.gen1.project import discover
from tests.categories.observing import differing, gen1, gen2, generation
from tests.projects import SAMPLES

ATLAS = next(sample for sample in SAMPLES if sample.name == "atlas") / "gen1"
STREAM = "AWS::Kinesis::Stream"
KEPT = {"policies": {"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"}}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("atlas")
    convert(Request(ATLAS, out, (), "main"))
    return out


def wiring(written: Path, feature: str) -> str:
    return " ".join((written / f"amplify/{feature}/wiring.ts").read_text(encoding="utf-8").split())


def test_shards_and_retention_are_read() -> None:
    (found,) = Assessment(discover(ATLAS, "main").apps[0]).context.graph.facts(DataStream)
    assert (found.node.shards, found.node.retention, found.node.on_demand) == (2, 72, False)


def test_a_stream_is_not_encrypted_where_gen_1s_was_not(written: Path) -> None:
    said = "{ shardCount: 2, retentionPeriod: Duration.hours(72), encryption: StreamEncryption.UNENCRYPTED, }"
    assert said in wiring(written, "analytics")


def test_guests_may_put_records_and_nothing_else(written: Path) -> None:
    guests = wiring(written, "analytics").partition("'tracks-CognitoUnauthPolicy'")[2].partition("});")[0]
    assert "actions: ['kinesis:PutRecord', 'kinesis:PutRecords'], resources: [tracksStream.streamArn]" in guests


def test_clients_find_region_and_name(written: Path) -> None:
    said = "Kinesis: { region: stack.region, streams: { tracks: tracksStream.streamName }, }"
    assert said in wiring(written, "analytics")


def test_a_function_reads_the_new_stream(written: Path) -> None:
    assert "eventSourceArn: analytics.tracksStream.streamArn" in wiring(written, "function")


def test_a_stream_that_is_kept_is_the_same_as_one_that_was_not() -> None:
    old = gen1("analytics/tracks#KinesisStream", STREAM, {"ShardCount": 2})
    new = gen2("analytics/tracks", STREAM, {"ShardCount": 2, "RetentionPeriodHours": 24}, **KEPT)
    assert differing(OBSERVER, generation(Side.GEN1, old), generation(Side.GEN2, new)) == []


def test_an_encrypted_stream_is_another_one() -> None:
    old = gen1("analytics/tracks#KinesisStream", STREAM, {"ShardCount": 2})
    new = gen2("analytics/tracks", STREAM, {"ShardCount": 2, "StreamEncryption": {"EncryptionType": "KMS"}}, **KEPT)
    found = differing(OBSERVER, generation(Side.GEN1, old), generation(Side.GEN2, new))
    assert [one[1] for one in found] == ["StreamEncryption.EncryptionType"]
