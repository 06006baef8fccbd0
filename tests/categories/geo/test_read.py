"""Maps, place indexes and geofence collections as facts."""

from __future__ import annotations

from functools import cache

from migrator.categories.geo.model import GeofenceCollection, GeoPolicy, Map, PlaceIndex
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.engine.role_policies import Role, RoleKind
from migrator.gen1.project import discover
from tests.projects import ROOT, SAMPLES

ATLAS = next(sample for sample in SAMPLES if sample.name == "atlas") / "gen1"


@cache
def assessment(elsewhere: bool = False) -> Assessment:
    if elsewhere:
        return Assessment(discover(ROOT / "tests/fixtures/gen1/geo-elsewhere").apps[0])
    return Assessment(discover(ATLAS, "main").apps[0])


def test_the_style_of_a_map_is_read() -> None:
    (found,) = assessment().context.graph.facts(Map)
    assert (found.node.style, found.node.default, found.node.region) == ("VectorEsriTopographic", True, "")


def test_provider_and_use_of_a_place_index_are_read() -> None:
    (found,) = assessment().context.graph.facts(PlaceIndex)
    assert (found.node.data_provider, found.node.intended_use) == ("Here", "Storage")


def test_a_map_of_cli_6_is_read_from_cloudformations_resource() -> None:
    (found,) = assessment(True).context.graph.facts(Map, ResourceRef("geo", "chart"))
    assert (found.node.style, found.node.pricing_plan) == ("VectorEsriNavigation", "RequestBasedUsage")


def test_another_region_than_the_apps_is_noted() -> None:
    (found,) = assessment(True).context.graph.facts(GeofenceCollection)
    assert found.node.region == "us-west-2"


def test_policies_are_for_users_guests_and_groups() -> None:
    (found,) = assessment().context.graph.facts(GeoPolicy, ResourceRef("geo", "trailmap"))
    assert found.node.roles == (Role(RoleKind.USERS), Role(RoleKind.GUESTS), Role(RoleKind.GROUP, "Rangers"))


def test_the_role_of_the_clis_function_is_no_policy_of_users() -> None:
    keys = [fact.key for fact in assessment().context.graph.facts(GeoPolicy, ResourceRef("geo", "huts"))]
    assert keys == ["PlaceIndexPolicy"]


def test_nothing_is_left_unread() -> None:
    unread = [account.unread for one in (assessment(), assessment(True)) for account in one.accounts]
    assert [one for one in unread if one] == []
