"""Several buckets of one project: Gen 1 makes one of each stack, Gen 2 one of each `defineStorage`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from migrator.categories.storage import observe_outputs
from migrator.commands.assessment import Assessment
from migrator.commands.convert import Conversion, Request, convert
from migrator.engine.comparison import compare
from migrator.engine.observed import Generation, Side
from migrator.gen1.project import discover
from tests.projects import ROOT

SEVERAL = ROOT / "tests/fixtures/gen1/several-buckets"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Conversion:
    return convert(Request(SEVERAL, tmp_path_factory.mktemp("gen2")))[0]


def written(done: Conversion, name: str) -> str:
    return " ".join((done.folder / "amplify" / name).read_text(encoding="utf-8").split())


def test_each_bucket_has_a_definition_in_the_one_file_that_amplify_reads(done: Conversion) -> None:
    said = written(done, "storage/resource.ts")
    assert "export const storage = defineStorage({ name: 'gallery'," in said
    assert "export const receiptsStorage = defineStorage({ name: 'receipts'," in said


def test_the_first_bucket_is_the_one_that_is_used_where_none_is_named(done: Conversion) -> None:
    said = written(done, "storage/resource.ts")
    assert said.count("isDefault: true") == 1
    assert said.index("isDefault: true") < said.index("receiptsStorage")


def test_each_bucket_has_rights_of_its_own(done: Conversion) -> None:
    receipts = written(done, "storage/resource.ts").partition("receiptsStorage")[2]
    assert "'public/*': [allow.authenticated.to(['read'])]," in receipts
    assert "guest" not in receipts


def test_both_are_part_of_the_backend(done: Conversion) -> None:
    assert "features = { auth, storage, receiptsStorage, }" in written(done, "features.ts")


def test_rights_on_a_prefix_of_the_project_s_own_are_kept(done: Conversion) -> None:
    said = written(done, "storage/wiring.ts")
    assert "new Policy(backend.storage.stack, 'CataloguePolicy'," in said
    assert "${backend.storage.resources.bucket.bucketName}/catalogue/*" in said


def test_live_buckets_are_all_referred_to(tmp_path: Path) -> None:
    convert(Request(SEVERAL, tmp_path, reuse=frozenset({"storage"})))
    said = (tmp_path / "amplify/storage/wiring.ts").read_text(encoding="utf-8")
    assert said.count("Bucket.fromBucketName(") == 2
    assert said.count("bucket_name: galleryBucket.bucketName") == 2
    assert said.count("bucket_name: receiptsBucket.bucketName") == 1


def test_an_override_is_for_the_bucket_that_it_belongs_to(tmp_path: Path) -> None:
    copy = tmp_path / "gen1"
    shutil.copytree(SEVERAL, copy)
    place = copy / "amplify/backend/storage/receipts"
    shutil.rmtree(place / "build")
    said = "resources.s3Bucket.versioningConfiguration = { status: 'Enabled' };"
    code = f"export function override(resources) {{\n  {said}\n}}\n"
    (place / "override.ts").write_text(code, encoding="utf-8")
    done = convert(Request(copy, tmp_path / "gen2"))[0]
    said = written(done, "storage/wiring.ts")
    assert "backend.receiptsStorage.resources.bucket.node.defaultChild as CfnBucket" in said


def told(default: str, *names: str) -> dict[str, Any]:
    """What clients find of buckets in Gen 2."""
    region = "${AWS::Region}"
    listed = [{"name": name, "bucket_name": f"${{bucket {name}}}", "aws_region": region} for name in names]
    return {"bucket_name": f"${{bucket {default}}}", "aws_region": region, "buckets": listed}


@pytest.mark.parametrize(
    ("said", "different"),
    [
        (told("gallery", "gallery", "receipts"), []),
        (told("receipts", "gallery", "receipts"), ["bucket_name"]),
        (
            told("gallery", "gallery"),
            ["buckets[receipts]", "buckets[receipts].aws_region", "buckets[receipts].bucket_name"],
        ),
    ],
)
def test_clients_find_every_bucket_and_the_one_that_is_meant(said: dict[str, Any], different: list[str]) -> None:
    assessment = Assessment(discover(SEVERAL).apps[0])
    old = Generation(Side.GEN1, (), assessment.context)
    new = Generation(Side.GEN2, (), assessment.context, client={"storage": said})
    sides = [tuple(observe_outputs.observe(one)) for one in (old, new)]
    assert sorted(found.attribute for found in compare(*sides).mismatches) == different


def test_an_imported_bucket_of_another_region_is_found_there() -> None:
    imported = ROOT / "tests/fixtures/gen1/imported-storage"
    assessment = Assessment(discover(imported).apps[0])
    (found, *_) = observe_outputs.observe(Generation(Side.GEN1, (), assessment.context))
    assert found.attributes["bucket_name"] == "${bucket receipts}"
    assert found.attributes["buckets[archive].aws_region"] == "eu-central-1"
    assert found.attributes["buckets[archive].bucket_name"] == "harbour-archive"
