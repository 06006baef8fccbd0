"""What maps, place indexes and geofence collections are written as."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrator.commands.convert import Request, convert
from tests.projects import ROOT, SAMPLES

ATLAS = next(sample for sample in SAMPLES if sample.name == "atlas") / "gen1"
ELSEWHERE = ROOT / "tests/fixtures/gen1/geo-elsewhere"


@pytest.fixture(scope="module")
def wiring(tmp_path_factory: pytest.TempPathFactory) -> str:
    out = tmp_path_factory.mktemp("atlas")
    convert(Request(ATLAS, out, (), "main"))
    return " ".join((out / "amplify/geo/wiring.ts").read_text(encoding="utf-8").split())


@pytest.mark.parametrize(
    "statement",
    [
        "mapName: `trailmap-${unique}`, configuration: { style: 'VectorEsriTopographic' }",
        "dataSource: 'Here', dataSourceConfiguration: { intendedUse: 'Storage' }",
        "wildparksCollection.applyRemovalPolicy(RemovalPolicy.RETAIN);",
        "maps: { items: { [trailmapMap.ref]: { style: 'VectorEsriTopographic' } }, default: trailmapMap.ref, }",
        "search_indices: { items: [hutsIndex.ref], default: hutsIndex.ref }",
    ],
)
def test_a_resource_is_said_as_cdk_says_it(wiring: str, statement: str) -> None:
    assert statement in wiring


def test_guests_and_a_group_have_the_map_as_in_gen_1(wiring: str) -> None:
    roles = wiring.partition("'trailmap-MapPolicy'")[2].partition("statements")[0]
    assert [role in roles for role in ("authenticatedUser", "unauthenticatedUser", "groups['Rangers']")] == [True] * 3


def test_each_group_has_its_own_rights_on_geofences(wiring: str) -> None:
    guides = wiring.partition("'wildparks-GuidesGeofenceCollectionPolicy'")[2].partition("});")[0]
    assert "actions: ['geo:GetGeofence', 'geo:ListGeofences']" in guides


def test_only_what_others_need_is_handed_on(wiring: str) -> None:
    assert "return { wildparksCollection };" in wiring


def test_a_resource_elsewhere_is_made_in_the_region_of_the_app(tmp_path: Path) -> None:
    done = convert(Request(ELSEWHERE, tmp_path))[0]
    said = {str(finding.resource) for finding in done.findings if finding.rule in ("GEO040", "GEO041", "GEO042")}
    assert said == {"geo/bay", "geo/piers", "geo/moorings"}
