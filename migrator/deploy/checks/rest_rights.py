"""The check `rest-rights`: guests, users and members of groups may call what they may call in Gen 1, and nothing else.

The local AWS enforces policies while the check runs, and only then: deploying would need more rights than it emulates.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from migrator.aws import cognito, rest_api, users
from migrator.aws.session import Session
from migrator.deploy.checks.files import enforced
from migrator.deploy.checks.interface import CannotTry, Deployed, Outcome, Status
from migrator.deploy.checks.people import door, people
from migrator.deploy.checks.rest_api import apis
from migrator.engine.access import CallAccess

CHECK = "rest-rights"
_USER = "check-user"
_REFUSED = "execute-api:Invoke"
"""What API Gateway says of a request that no policy allows; a function may answer 403 for reasons of its own."""


class Visitor(Struct, frozen=True):
    """Somebody with credentials; `group` is the group whose role they have."""

    who: str
    session: Session
    group: str = ""
    guest: bool = False

    def may(self, call: CallAccess) -> frozenset[str]:
        """The verbs that they should be able to call. Members of a group have its role instead of the users'."""
        if self.group:
            return call.groups.get(self.group, frozenset())
        return call.guest if self.guest else call.signed_in


def rest_rights(deployed: Deployed) -> Iterator[Outcome]:
    """Every path that takes signed requests, as a guest, as a user, and as a member of each group that has rights."""
    calls = deployed.access.calls
    if not calls:
        return
    if deployed.local is None or not deployed.consent:
        raise CannotTry("policies are tried on the local AWS, where the functions behind the API may run")
    at = door(deployed)
    if not at.identity_pool:
        raise CannotTry("the backend has no identity pool, so nobody gets credentials for requests")
    live = {api.path.rpartition("/")[2]: id for _, api, id in apis(deployed)}
    groups = {f"check-{n}": name for n, name in enumerate(sorted({g for one in calls for g in one.groups}))}
    guests = (cognito.identity_pool(deployed.session, at.identity_pool) or {}).get("AllowUnauthenticatedIdentities")
    with people(deployed, (_USER, *groups), {name: (group,) for name, group in groups.items()}) as found:
        visitors = [
            *([Visitor("a guest", users.identity(deployed.session, at, None)[1], guest=True)] if guests else []),
            *(
                Visitor(f"a member of {groups[name]}" if name in groups else "a user", one.keys, groups.get(name, ""))
                for name, one in found.items()
                if one.keys
            ),
        ]
        with enforced(deployed):
            for call in calls:
                id = live.get(call.api, "")
                stage = next(iter(rest_api.stages(deployed.session, id)), "") if id else ""
                yield from (tried(visitor, call, id, stage) for visitor in visitors if stage)


def tried(visitor: Visitor, call: CallAccess, api: str, stage: str) -> Outcome:
    """One path as one person: every verb that should be refused, and one that should not, which runs the function."""
    subject, expected = f"{call.path} of {call.api} as {visitor.who}", visitor.may(call)
    allowed = [verb for verb in call.verbs if verb in expected]
    wrong = []
    for verb in (*allowed[:1], *(verb for verb in call.verbs if verb not in expected)):
        status, said = rest_api.call(visitor.session, api, stage, verb, call.path, sign=True)
        got = not (status == 403 and _REFUSED in said)
        if got != (verb in expected):
            words = ("allowed", "refused") if got else ("refused", "allowed")
            wrong.append(f"{verb} is {words[0]}, and in Gen 1 {words[1]}")
    if wrong:
        return Outcome(CHECK, subject, Status.FAILED, "; ".join(wrong), "`migrate verify` compares what roles may do")
    return Outcome(CHECK, subject, Status.PASSED, f"may {', '.join(allowed) or 'nothing'}, as in Gen 1")
