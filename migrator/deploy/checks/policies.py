"""The check `policies`: the policies of buckets say what their templates say, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from migrator.deploy.checks.interface import Deployed, Outcome, Status
from migrator.deploy.checks.live import live, locate
from migrator.deploy.checks.settings import POLICY, is_of, templates
from migrator.verify.naming import named

CHECK = "policies"
_LISTS = ("Action", "NotAction", "Resource", "NotResource")


def bucket_policies(deployed: Deployed) -> Iterator[Outcome]:
    """The policy of every bucket of the feature, statement by statement."""
    template = templates(deployed)
    if template is None:
        return
    located = locate(deployed.session, deployed.stack, deployed.assembly)
    found = live(deployed.session, template, located, lambda one: one.type == POLICY and is_of(one, deployed.feature))
    now = {one.id: one for one in named(found.generation, ()).of(POLICY)}
    for one in named(template, ()).of(POLICY):
        if not is_of(one, deployed.feature):
            continue
        wanted = set(statements(one.properties.get("PolicyDocument", {})))
        have = set(statements(now[one.id].properties.get("PolicyDocument", {}))) if one.id in now else set()
        wrong = [f"it also says {said}" for said in sorted(have - wanted)]
        wrong += [f"it does not say {said}" for said in sorted(wanted - have)]
        subject = one.path or one.logical_id
        if wrong:
            hint = "deploy again, or undo what was changed by hand"
            yield Outcome(CHECK, subject, Status.FAILED, "; ".join(wrong), hint)
        else:
            yield Outcome(CHECK, subject, Status.PASSED, f"{len(have)} statements")


def statements(document: Mapping[str, Any]) -> Iterator[str]:
    """Each statement of a policy in one form: without its id, lists sorted, members in their order."""
    listed = document.get("Statement", ())
    for one in listed if isinstance(listed, list | tuple) else (listed,):
        if isinstance(one, Mapping):
            said = {key: _sorted(value) if key in _LISTS else value for key, value in one.items() if key != "Sid"}
            said["Principal"] = _principal(said.get("Principal"))
            yield msgspec.json.encode({key: value for key, value in said.items() if value}, order="sorted").decode()


def _sorted(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else [str(value)]


def _principal(said: Any) -> Any:
    """`*` and `{"AWS": "*"}` mean everybody."""
    if not isinstance(said, Mapping):
        return said
    return "*" if dict(said) == {"AWS": "*"} else {key: _sorted(value) for key, value in said.items()}
