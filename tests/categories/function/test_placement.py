"""Functions without circles of stacks."""

from __future__ import annotations

import pytest

from migrator.categories.function.placement import Call, CallKind, Need, Placement, place
from migrator.core.ref import ResourceRef

POOL, API, BUCKET, TABLE = (
    ResourceRef("auth", "pool"),
    ResourceRef("api", "shop"),
    ResourceRef("storage", "files"),
    ResourceRef("storage", "orders"),
)
STACKS = {POOL: "auth", API: "data", BUCKET: "storage", TABLE: "storage-orders"}
BASE = (("data", "auth"), ("storage", "auth"))
ONE, TWO, THREE = (ResourceRef("function", name) for name in ("one", "two", "three"))


def placed(calls: tuple[Call, ...] = (), needs: tuple[tuple[ResourceRef, ResourceRef], ...] = ()) -> Placement:
    return place((ONE, TWO, THREE), calls, (Need(*need) for need in needs), STACKS, BASE)


def signs_in(function: ResourceRef) -> Call:
    return Call(POOL, function, CallKind.OWN)


def authorizes(function: ResourceRef) -> Call:
    return Call(API, function, CallKind.OWN)


def resolves(function: ResourceRef) -> Call:
    return Call(API, function, CallKind.BESIDE)


def uploads(function: ResourceRef) -> Call:
    return Call(BUCKET, function, CallKind.BESIDE)


def late(placement: Placement) -> set[tuple[ResourceRef, ResourceRef]]:
    return {(need.function, need.target) for need in placement.late}


def test_a_function_that_nothing_calls_needs_no_group() -> None:
    assert placed().group(ONE) == ""


@pytest.mark.parametrize(
    ("call", "group"),
    [(signs_in, "auth"), (authorizes, "data"), (resolves, "data"), (uploads, "storage")],
)
def test_a_function_stands_in_the_stack_of_its_caller(call: object, group: str) -> None:
    assert placed((call(ONE),)).group(ONE) == group  # type: ignore[operator]


def test_of_two_callers_the_deeper_one_decides() -> None:
    assert placed((uploads(ONE), resolves(ONE), signs_in(ONE))).group(ONE) == "auth"


@pytest.mark.parametrize("target", [POOL, API, BUCKET])
def test_a_trigger_of_the_pool_gets_everything_late(target: ResourceRef) -> None:
    assert late(placed((signs_in(ONE),), ((ONE, target),))) == {(ONE, target)}


def test_a_trigger_of_the_pool_gets_a_table_directly() -> None:
    assert late(placed((signs_in(ONE),), ((ONE, TABLE),))) == set()


def test_a_resolver_gets_the_api_the_pool_and_the_bucket_directly() -> None:
    assert late(placed((resolves(ONE),), ((ONE, API), (ONE, POOL), (ONE, BUCKET)))) == set()


def test_an_authorizer_gets_the_pool_directly_and_the_api_late() -> None:
    assert late(placed((authorizes(ONE),), ((ONE, POOL), (ONE, API)))) == {(ONE, API)}


def test_a_trigger_of_the_bucket_gets_bucket_pool_and_api_directly() -> None:
    assert late(placed((uploads(ONE),), ((ONE, BUCKET), (ONE, POOL), (ONE, API)))) == set()


def test_when_a_resolver_needs_the_bucket_its_trigger_gets_the_api_late() -> None:
    calls = (resolves(ONE), uploads(TWO))
    assert late(placed(calls, ((ONE, BUCKET), (TWO, API)))) == {(TWO, API)}


def test_a_function_that_both_resolves_and_is_triggered_gets_the_bucket_late() -> None:
    assert late(placed((resolves(ONE), uploads(ONE)), ((ONE, BUCKET), (ONE, API)))) == {(ONE, BUCKET)}


def test_a_function_that_nothing_calls_gets_everything_directly() -> None:
    assert late(placed((), ((ONE, POOL), (ONE, API), (ONE, BUCKET), (ONE, TABLE), (ONE, TWO)))) == set()


def test_of_two_functions_that_need_each_other_one_gets_it_late() -> None:
    assert late(placed((), ((ONE, TWO), (TWO, ONE)))) == {(TWO, ONE)}


def test_of_three_in_a_circle_one_gets_it_late() -> None:
    assert len(late(placed((), ((ONE, TWO), (TWO, THREE), (THREE, ONE))))) == 1


def test_a_resolver_gets_a_function_that_uses_the_api_late() -> None:
    assert late(placed((resolves(ONE),), ((ONE, TWO), (TWO, API)))) == {(ONE, TWO)}


def test_a_resolver_gets_a_function_that_uses_nothing_directly() -> None:
    assert late(placed((resolves(ONE),), ((ONE, TWO),))) == set()


def test_a_trigger_gives_way_to_the_function_it_calls() -> None:
    calls = (uploads(ONE),)
    assert late(placed(calls, ((ONE, TWO), (TWO, BUCKET), (THREE, BUCKET)))) == {(ONE, TWO)}


def test_a_function_may_call_a_trigger_of_the_pool_directly() -> None:
    assert late(placed((signs_in(ONE),), ((TWO, ONE), (TWO, POOL)))) == set()


def test_two_triggers_of_the_pool_in_one_stack_may_call_each_other_one_way() -> None:
    assert late(placed((signs_in(ONE), signs_in(TWO)), ((ONE, TWO),))) == set()


def test_what_a_function_needs_of_itself_is_no_link() -> None:
    assert late(placed((), ((ONE, ONE),))) == set()


def test_a_resource_outside_the_backend_closes_no_circle() -> None:
    queue = ResourceRef("custom", "queue")
    assert late(placed((signs_in(ONE),), ((ONE, queue),))) == set()


def test_the_order_of_the_input_does_not_matter() -> None:
    needs = ((ONE, TWO), (TWO, ONE), (TWO, API), (THREE, BUCKET), (ONE, POOL))
    calls = (resolves(ONE), uploads(THREE), signs_in(TWO))
    assert placed(calls, needs) == placed(calls[::-1], needs[::-1])


def edges(placement: Placement, calls: tuple[Call, ...], needs: tuple[Need, ...]) -> set[tuple[str, str]]:
    """Edges between stacks, worked out without the code under test."""
    stacks = {**STACKS, **placement.stacks}
    direct = {(n.function, n.target) for n in needs} - late(placement)
    pairs = direct | {(call.caller, call.function) for call in calls}
    return {(stacks[a], stacks[b]) for a, b in pairs if stacks[a] != stacks[b]} | set(BASE)


@pytest.mark.parametrize("seed", range(40))
def test_no_circle_of_stacks_is_left(seed: int) -> None:
    from random import Random

    random = Random(seed)
    functions = (ONE, TWO, THREE)
    kinds = (signs_in, authorizes, resolves, uploads)
    calls = tuple(random.choice(kinds)(random.choice(functions)) for _ in range(random.randint(0, 4)))
    targets = (*STACKS, *functions)
    chosen = {(random.choice(functions), random.choice(targets)) for _ in range(10)}
    needs = tuple(Need(a, b) for a, b in chosen if a != b)
    found = place(functions, calls, needs, STACKS, BASE)
    left = edges(found, calls, needs)
    while left:
        ends = {b for _, b in left} - {a for a, _ in left}
        assert ends, left
        left = {(a, b) for a, b in left if b not in ends}
