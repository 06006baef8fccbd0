"""What overrides change of Gen 1's resources where no template shows it."""

from __future__ import annotations

from typing import Any

from migrator.categories.overrides.model import Kind, OverrideStatement
from migrator.categories.overrides.observe import OBSERVER
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.engine.observed import Aspect, Declared, Generation, Observed, Side
from migrator.gen1.graph import Evidence, Fact, Resource, ResourceGraph
from migrator.typescript.build import expr

REF = ResourceRef("overrides", "harbour")


class NoApp:
    env = "main"


def generation(*nodes: OverrideStatement, side: Side = Side.GEN1) -> Generation:
    facts = tuple(Fact(REF, str(n), node) for n, node in enumerate(nodes))
    graph = ResourceGraph((Resource(REF, "Overrides", Evidence.SOURCE, facts),))
    return Generation(side, (), Context(graph, NoApp()), branch="main")  # type: ignore[arg-type]


def role(kind: Kind, path: tuple[str, ...], *values: Any, **more: Any) -> OverrideStatement:
    nodes = tuple(expr(value) for value in values)
    return OverrideStatement(about="project", construct="authRole", kind=kind, path=path, values=nodes, **more)


def changed(*nodes: OverrideStatement, side: Side = Side.GEN1) -> Any:
    declared = Declared("root#AuthRole", "AWS::IAM::Role", {"Path": "/"}, stack="root")
    return OBSERVER.changed(declared, generation(*nodes, side=side)).properties


def test_an_assigned_property_is_there() -> None:
    assert changed(role(Kind.ASSIGN, ("maxSessionDuration",), 7200)) == {"Path": "/", "MaxSessionDuration": 7200}


def test_an_escape_hatch_reaches_into_a_property() -> None:
    found = changed(role(Kind.CALL, ("addPropertyOverride",), "Tags.0.Key", "x"))
    assert found["Tags"] == {"0": {"Key": "x"}}


def test_a_deletion_takes_a_property_away() -> None:
    assert changed(role(Kind.CALL, ("addDeletionOverride",), "Properties.Path")) == {}


def test_statements_come_in_their_order() -> None:
    found = changed(role(Kind.ASSIGN, ("path",), "/a/"), role(Kind.ASSIGN, ("path",), "/b/"))
    assert found == {"Path": "/b/"}


def test_what_a_template_shows_is_not_done_twice() -> None:
    assert changed(role(Kind.ASSIGN, ("path",), "/a/", seen=True)) == {"Path": "/"}


def test_another_environment_is_left_alone() -> None:
    assert changed(role(Kind.ASSIGN, ("path",), "/a/", env="dev")) == {"Path": "/"}


def test_gen_2_is_left_alone() -> None:
    assert changed(role(Kind.ASSIGN, ("path",), "/a/"), side=Side.GEN2) == {"Path": "/"}


def test_clients_are_told_the_rules_for_passwords_that_an_override_set() -> None:
    value = expr({"passwordPolicy": {"minimumLength": 14}})
    node = OverrideStatement(
        about="auth/quay", construct="userPool", kind=Kind.ASSIGN, path=("policies",), values=(value,)
    )
    one = Observed("AWS::Amplify::Auth", "auth", {"password_policy.min_length": 8}, (), Aspect.OUTPUTS)
    assert OBSERVER.retold(one, generation(node)).attributes == {"password_policy.min_length": 14}
