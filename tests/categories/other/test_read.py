"""Resources of categories without a converter: all of each is one fact."""

from __future__ import annotations

from migrator.categories.other.category import OtherResource
from migrator.categories.other.studio import StudioComponents
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
    gaps = [finding.resource for finding in one.matches.findings if finding.rule.startswith("OTH0")]
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


def said(category: str, name: str) -> tuple[str, ...]:
    return other(category, name).node.notes


def test_a_container_is_reported_with_what_its_service_needs() -> None:
    assert said("api", "timetable") == ("CPU 1024", "memory 2048", "port 8080", "tasks 0")


def test_a_bot_is_reported_with_its_intents() -> None:
    assert said("interactions", "booking") == ("bot FerryBooking", "voice Amy", "intent BookCrossing with 1 slots")


def test_notifications_are_reported_with_their_channels() -> None:
    assert said("notifications", "ferryvisits") == ("channel APNS", "channel Email")


def test_a_site_is_reported_with_its_domain() -> None:
    assert said("hosting", "S3AndCloudFront") == ("domain ferry.example.com",)


def test_a_resource_of_a_plugin_is_reported_with_what_its_template_makes() -> None:
    assert said("video", "quaycam") == ("AWS::IVS::Channel",)


def test_components_of_studio_are_counted() -> None:
    (found,) = assessment().context.graph.facts(StudioComponents)
    assert (found.node.folder, found.node.forms) == ("src/ui-components", 1)
