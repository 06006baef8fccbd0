"""What rules let everybody do."""

from __future__ import annotations

import pytest

from migrator.deploy.checks.expectations import Asker, Role, may, untried
from migrator.engine.access import AccessRule, ModelAccess, Operation, Who

_READ = frozenset({Operation.GET, Operation.LIST})


def _may(access: ModelAccess, role: Role, groups: tuple[str, ...] = ()) -> set[Operation]:
    return {operation for operation in Operation if may(access, Asker(role, frozenset(groups)), operation)}


def test_without_rules_nobody_may_do_anything() -> None:
    assert not any(_may(ModelAccess("Todo"), role) for role in Role)


def test_the_owner_may_everything_and_others_only_make_rows_of_their_own() -> None:
    access = ModelAccess("Todo", (AccessRule(Who.OWNER),))
    assert _may(access, Role.OWNER) == set(Operation)
    assert _may(access, Role.OTHER) == {Operation.CREATE}


def test_an_owner_who_may_not_create_is_never_written_down() -> None:
    access = ModelAccess("Order", (AccessRule(Who.OWNER, _READ | {Operation.UPDATE}, owner_field="couriers"),))
    assert _may(access, Role.OWNER) == set()


def test_the_key_reads_what_is_public() -> None:
    access = ModelAccess("Todo", (AccessRule(Who.KEY, _READ),))
    assert _may(access, Role.KEY) == set(_READ)
    assert _may(access, Role.OWNER) == set()


def test_all_users_may_what_is_for_signed_in_ones() -> None:
    access = ModelAccess("Todo", (AccessRule(Who.SIGNED_IN),))
    assert _may(access, Role.OTHER) == set(Operation)
    assert _may(access, Role.GUEST) == set()


def test_only_members_may_what_is_for_a_group() -> None:
    access = ModelAccess("Todo", (AccessRule(Who.GROUP, groups=("Editors",)),))
    assert _may(access, Role.MEMBER, ("Editors",)) == set(Operation)
    assert _may(access, Role.OWNER) == set()


def test_rows_with_a_guarded_field_are_deleted_by_whom_the_field_lets() -> None:
    access = ModelAccess("Todo", (AccessRule(Who.SIGNED_IN),), {"note": (AccessRule(Who.OWNER),)})
    assert may(access, Asker(Role.OWNER), Operation.DELETE)
    assert not may(access, Asker(Role.OTHER), Operation.DELETE)


@pytest.mark.parametrize("rule", [AccessRule(Who.OTHER), AccessRule(Who.OWNER, claimed=True)])
def test_rules_that_nobody_can_try_are_told(rule: AccessRule) -> None:
    assert len(untried(ModelAccess("Todo", (rule,)))) == 1
