"""Whom Gen 1 lets call which paths."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from migrator.categories.rest_api.access import access
from migrator.commands.assessment import Assessment
from migrator.engine.access import VERBS, CallAccess
from migrator.gen1.project import discover
from tests.projects import ROOT


@pytest.fixture(scope="module")
def calls() -> dict[str, CallAccess]:
    app = discover(ROOT / "sample_projects/parcels/gen1", "main").apps[0]
    context = Assessment(app).context
    whole = replace(context, selection=frozenset(one.ref for one in context.graph.resources))
    return {one.path: one for one in access(whole).calls}


def test_open_paths_and_those_that_take_tokens_are_not_listed(calls: dict[str, CallAccess]) -> None:
    assert {path for path in calls if path.startswith("/track")} == set()


def test_a_parameter_has_a_sample(calls: dict[str, CallAccess]) -> None:
    assert "/depots/routes/sample/sample" in calls


@pytest.mark.parametrize(
    ("path", "guest", "signed_in"),
    [
        ("/parcels", {"GET"}, set(VERBS)),
        ("/depots", set(), set()),
        ("/depots/routes/sample", set(), {"GET"}),
    ],
)
def test_users_and_guests_have_their_verbs(
    calls: dict[str, CallAccess], path: str, guest: set[str], signed_in: set[str]
) -> None:
    assert (calls[path].guest, calls[path].signed_in) == (guest, signed_in)


@pytest.mark.parametrize(
    ("path", "group", "verbs"),
    [
        ("/depots", "Couriers", {"GET"}),
        ("/depots", "Dispatchers", set(VERBS)),
        ("/depots/routes/sample", "Couriers", {"GET"}),
        ("/parcels", "Couriers", set()),
    ],
)
def test_members_have_the_verbs_of_their_group(
    calls: dict[str, CallAccess], path: str, group: str, verbs: set[str]
) -> None:
    assert calls[path].groups[group] == verbs
