"""Which resources a backend holds, given the features asked for."""

from __future__ import annotations

from typing import Any

import pytest

from migrator.commands.selection import Selection, select
from migrator.core.errors import UsageError
from migrator.core.ref import ResourceRef
from migrator.gen1.graph import Evidence, Fact, Link, LinkKind, Node, Resource, ResourceGraph

POOL, API, BUCKET = ResourceRef("auth", "pool"), ResourceRef("api", "api"), ResourceRef("storage", "bucket")
BELL, HORN = ResourceRef("function", "bell"), ResourceRef("function", "horn")
SITE = ResourceRef("hosting", "site")
FEATURES = {POOL: "auth", API: "data", BUCKET: "storage", BELL: "function", HORN: "function", SITE: "hosting"}


class Known(Node, frozen=True):
    name: str = ""


class Unknown(Node, frozen=True):
    left_out = True


def graph(*links: Link, out: frozenset[ResourceRef] = frozenset()) -> ResourceGraph:
    """All resources with these links; those in `out` cannot be converted."""
    return ResourceGraph(
        tuple(
            Resource(
                ref,
                "Any",
                Evidence.SOURCE,
                (Fact(ref, "", Unknown() if ref in out else Known()),),
                tuple(link for link in links if link.source == ref),
            )
            for ref in FEATURES
        )
    )


def chosen(
    *asked: str, links: tuple[Link, ...] = (), out: frozenset[ResourceRef] = frozenset(), **more: Any
) -> Selection:
    return select(graph(*links, out=out), FEATURES, asked, **more)


def link(source: ResourceRef, target: ResourceRef, kind: LinkKind = LinkKind.TRIGGER) -> Link:
    return Link(source, target, kind)


def test_nothing_asked_means_everything_that_can_be_converted() -> None:
    found = chosen()
    assert found.features == ("auth", "storage", "data", "function")
    assert found.resources == {POOL, API, BUCKET, BELL, HORN}


def test_a_feature_that_is_not_there_is_not_listed() -> None:
    found = select(graph(), {POOL: "auth"}, ())
    assert found.features == ("auth",)


def test_a_feature_asked_for_comes_alone() -> None:
    assert chosen("storage") == Selection(("storage",), frozenset({BUCKET}), ())


def test_features_converted_before_stay() -> None:
    assert chosen("storage", converted=("auth",)).resources == {BUCKET, POOL}


def test_features_stand_in_their_usual_order() -> None:
    assert chosen("function", "auth").features == ("auth", "function")


def test_a_feature_without_a_converter_is_left_out() -> None:
    assert chosen("hosting", "auth") == Selection(("auth",), frozenset({POOL}), ())


def test_a_reused_feature_takes_part() -> None:
    assert chosen("storage", reuse=frozenset({"auth"})).resources == {BUCKET, POOL}


def test_what_cannot_be_converted_is_left_out() -> None:
    assert chosen("function", out=frozenset({HORN})).resources == {BELL}


def test_triggers_come_along() -> None:
    found = chosen("auth", links=(link(POOL, BELL),))
    assert found == Selection(("auth",), frozenset({POOL, BELL}), (BELL,))


def test_triggers_of_triggers_come_along() -> None:
    assert chosen("auth", links=(link(POOL, BELL), link(BELL, HORN))).brought == (BELL, HORN)


def test_triggers_that_call_each_other_come_along_once() -> None:
    assert chosen("auth", links=(link(POOL, BELL), link(BELL, HORN), link(HORN, BELL))).brought == (BELL, HORN)


def test_a_trigger_of_a_feature_asked_for_is_not_brought() -> None:
    assert chosen("auth", "function", links=(link(POOL, BELL),)).brought == ()


@pytest.mark.parametrize("kind", [LinkKind.USES, LinkKind.STREAM])
def test_other_links_bring_nothing(kind: LinkKind) -> None:
    assert chosen("auth", links=(link(POOL, BELL, kind),)).brought == ()


def test_a_trigger_that_cannot_be_converted_does_not_come() -> None:
    assert chosen("auth", links=(link(POOL, BELL),), out=frozenset({BELL})).brought == ()


def test_a_trigger_without_a_converter_does_not_come() -> None:
    assert chosen("auth", links=(link(POOL, SITE),)).brought == ()


def test_a_trigger_that_is_not_there_does_not_come() -> None:
    assert chosen("auth", links=(link(POOL, ResourceRef("function", "gone")),)).brought == ()


def refused(*asked: str, **more: Any) -> UsageError:
    with pytest.raises(UsageError) as error:
        chosen(*asked, links=(link(BUCKET, POOL, LinkKind.AUTHORIZES),), **more)
    return error.value


def test_access_rules_need_their_users() -> None:
    assert "storage/bucket has access rules for the users of auth/pool" in refused("storage").message


def test_the_hint_says_how_to_convert_both_or_to_keep_the_live_users() -> None:
    hint = refused("storage").hint
    assert "--feature auth,storage" in hint
    assert "--feature storage --reuse auth" in hint


def test_the_hint_sends_nobody_to_convert_what_cannot_be_converted() -> None:
    hint = refused("storage", out=frozenset({POOL})).hint
    assert "--feature" not in hint
    assert "auth/pool cannot be converted" in hint


@pytest.mark.parametrize(
    "more", [{"converted": ("auth",)}, {"reuse": frozenset({"auth"})}], ids=["converted", "reused"]
)
def test_users_that_are_there_are_enough(more: dict[str, Any]) -> None:
    links = (link(BUCKET, POOL, LinkKind.AUTHORIZES),)
    assert chosen("storage", links=links, **more).resources == {BUCKET, POOL}


def test_access_rules_of_what_is_not_asked_for_need_nobody() -> None:
    assert chosen("function", links=(link(BUCKET, POOL, LinkKind.AUTHORIZES),)).resources == {BELL, HORN}


def test_access_rules_for_users_that_no_feature_holds_are_not_refused() -> None:
    links = (link(BUCKET, ResourceRef("auth", "gone"), LinkKind.AUTHORIZES),)
    assert chosen("storage", links=links).resources == {BUCKET}
