"""The operators that change TypeScript."""

from __future__ import annotations

import pytest

from tests.mutation.site_survivors import REASONS
from tests.mutation.sites import sampled, sites, sites_of
from tests.projects import SAMPLES


def made(text: str) -> list[tuple[str, str]]:
    """The mutants of a text: what is done, and the whole text after it."""
    return [(one.operator, text[: one.start] + one.new + text[one.end :]) for one in sites_of("a.ts", text)]


@pytest.mark.parametrize(
    ("text", "operator", "after"),
    [
        ("f(true);", "flip", "f(false);"),
        ("f(10);", "one more", "f(10 + 1);"),
        ("f('a');", "another text", "f('ax');"),
        ("f({ a: g(), b });", "drop a property", "f({  b });"),
        ("f({ a: g(), b });", "drop a property", "f({ a: g(),  });"),
        ("f([a, b]);", "drop an element", "f([ b]);"),
        ("f(); g();", "drop a statement", "; g();"),
        ("x(a.string().required());", "drop a call", "x(a.string());"),
        ("x(allow.owner());", "another member", "x(allow.authenticated());"),
        ("x(allow.group('A').to(['read']));", "another rule", "x(allow.authenticated().to(['read']));"),
        ("x(a ?? b);", "the reverse", "x(a && b);"),
        ("x(RemovalPolicy.RETAIN);", "another member", "x(RemovalPolicy.DESTROY);"),
    ],
)
def test_a_place_is_changed(text: str, operator: str, after: str) -> None:
    assert (operator, after) in made(text)


@pytest.mark.parametrize("text", ["import { a } from 'b';", "type A = { a: 'b' };", "let a: Record<string, 'x'>;"])
def test_imports_and_types_are_left_alone(text: str) -> None:
    assert made(text) == []


def test_a_sample_is_the_same_in_every_run() -> None:
    amplify = SAMPLES[0] / "gen2" / "amplify"
    assert sampled(sites(amplify), 1, 10) == sampled(sites(amplify), 1, 10)
    assert len(sampled(sites(amplify), 1, 10)) == 10


def test_every_reason_to_survive_is_needed_for_a_few_places_alone() -> None:
    names = ("club", "notes-legacy", "shop")
    listed = [one for sample in SAMPLES if sample.name in names for one in sites(sample / "gen2" / "amplify")]
    for reason in REASONS:
        held = [one for one in listed if reason.holds(one)]
        assert held, f"{reason.name} ({reason.why}) explains nothing"
        assert len(held) <= 45, f"{reason.name} ({reason.why}) explains {len(held)}"
