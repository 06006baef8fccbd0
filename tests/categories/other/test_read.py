"""Resources of categories without a converter: all of each is one fact."""

from __future__ import annotations

from migrator.categories.other.category import OtherResource
from migrator.commands.assessment import Assessment
from migrator.core.ref import ResourceRef
from migrator.engine.rule import Outcome
from migrator.gen1.graph import Fact
from migrator.gen1.project import discover
from tests.projects import ROOT

FIXTURE = ROOT / "tests/fixtures/gen1/rest-of-gen1"


def left_out(one: Assessment, ref: ResourceRef) -> bool:
    resource = one.context.graph.get(ref)
    return resource is not None and any(isinstance(fact.node, OtherResource) for fact in resource.facts)


def assessment() -> Assessment:
    return Assessment(discover(FIXTURE).apps[0])


def other(category: str, name: str) -> Fact[OtherResource]:
    resource = assessment().context.graph.get(ResourceRef(category, name))
    assert resource is not None
    (found,) = resource.facts
    return found


def test_every_resource_is_reported_once() -> None:
    one = assessment()
    gaps = [finding.resource for finding in one.matches.findings if finding.rule.startswith("OTH")]
    others = [str(entry.ref) for entry in one.app.entries if left_out(one, entry.ref)]
    assert sorted(map(str, gaps)) == sorted(others)


def test_every_setting_is_left_to_the_user_or_a_note_of_the_cli() -> None:
    one = assessment()
    accounts = [account for account in one.accounts if left_out(one, account.ref)]
    counted = {outcome for account in accounts for outcome, number in account.counts.items() if number}
    assert counted == {Outcome.MANUAL, Outcome.DROPPED}


def test_nothing_is_left_unread() -> None:
    assert [account.unread for account in assessment().accounts if account.unread] == []


def test_settings_of_the_index_alone_belong_to_the_resource() -> None:
    pointers = {source.pointer[-1:] for source in other("notifications", "ferryvisits").sources["settings"]}
    assert ("channels",) in pointers


def test_a_resource_of_a_plugin_keeps_its_service() -> None:
    assert other("video", "quaycam").node.service == "IVS"
