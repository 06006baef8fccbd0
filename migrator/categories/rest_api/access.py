"""Whom Gen 1 lets call which paths, for the checks after a deployment."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from migrator.categories.rest_api.model import Access as Asked
from migrator.categories.rest_api.model import InvokePolicy, Principal, RestApi, Route
from migrator.categories.rest_api.targets import answered
from migrator.core.ref import ResourceRef
from migrator.engine.access import VERBS, Access, CallAccess
from migrator.engine.context import Context
from migrator.gen1.graph import Fact

SAMPLE = "sample"
"""Stands for a parameter of a path, and for what is below one."""
_HOLE = re.compile(r"\{[^{}]*\}")


def access(context: Context) -> Access:
    """Every path of the selected APIs that asks for the credentials of a role."""
    apis = [one for one in context.graph.facts(RestApi) if one.resource in context.selection]
    return Access(calls=tuple(call for api in apis for call in _calls(api, context)))


def _calls(api: Fact[RestApi], context: Context) -> Iterator[CallAccess]:
    policies = [one.node for one in context.graph.facts(InvokePolicy, api.resource)]
    if any(set(statement) - {"Effect", "Action", "Resource"} for one in policies for statement in one.statements):
        return  # what hangs on conditions is not tried
    for route in context.graph.facts(Route, api.resource):
        node = route.node
        if node.access is not Asked.IAM or not answered(route, context):
            continue
        path = _HOLE.sub(SAMPLE, node.path)
        verbs = VERBS if node.verb == "ANY" else (node.verb,)
        groups: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for one in policies:
            if one.principal is Principal.GROUP:
                groups[one.name] |= _verbs((one,), api, path, verbs)
        signed_in = _verbs((p for p in policies if p.principal is Principal.SIGNED_IN), api, path, verbs)
        guest = _verbs((p for p in policies if p.principal is Principal.GUEST), api, path, verbs)
        yield CallAccess(api.resource.name, path, verbs, guest, signed_in, dict(groups))


def _verbs(policies: Iterable[InvokePolicy], api: Fact[RestApi], path: str, verbs: Iterable[str]) -> frozenset[str]:
    """The verbs of a path that policies let be called."""
    patterns = [_pattern(place) for one in policies for place in _places(one, api.resource, api.node.stage)]
    return frozenset(verb for verb in verbs if any(one.fullmatch(f"{verb}{path}") for one in patterns))


def _places(policy: InvokePolicy, ref: ResourceRef, stage: str) -> Iterator[str]:
    """Verb and path of each ARN, as in `GET/parcels/*`."""
    start = f"${{{ref.name}}}/{stage}/"
    for statement in policy.statements:
        said: Any = statement.get("Resource", ())
        for arn in [said] if isinstance(said, str) else said:
            if statement.get("Effect", "Allow") == "Allow" and start in str(arn):
                yield str(arn).partition(start)[2]


def _pattern(place: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, place.split("*"))))
