"""Who may call an API: policies of its template, and of the stack that newer CLIs keep for all APIs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from migrator.categories.rest_api.model import InvokePolicy, Principal
from migrator.core.ref import ResourceRef
from migrator.documents.traced import Traced, gather, traced
from migrator.gen1.graph import Fact, fact
from migrator.gen1.project import App
from migrator.gen1.template import Template, TemplateResource

SHARED = "api/APIGatewayAuthStack.json"
_GROUP = re.compile(r"(?P<name>[\w+=,.@-]+)GroupRole")
_OWNED = re.compile(r"^(?P<name>.+)Group[-a-z0-9]*Policy$")


def own_policies(ref: ResourceRef, policies: Iterable[TemplateResource]) -> Iterator[Fact[InvokePolicy]]:
    """The policies of the API's own template: of groups, in old ones also of users and guests."""
    for policy in policies:
        yield _policy(ref, policy, _statements(policy))


def shared_policies(ref: ResourceRef, app: App) -> Iterator[Fact[InvokePolicy]]:
    """The statements on this API in the stack that holds the rights of users and guests on all of them."""
    document = app.documents.get(SHARED)
    if document is None:
        return
    declared = app.cursor(SHARED).get("Parameters")
    parameters: dict[str, Traced[Any]] = {name: Traced(f"${{{name}}}") for name, _ in declared.items()}
    template = Template(document, parameters, [], {"env": app.env or ""})
    mention = f":${{{ref.name}}}/"
    for policy in (one for kind in ("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy") for one in template.resources(kind)):
        found = _statements(policy).map(lambda said: tuple(_only(said, mention)))
        if found.value:
            yield _policy(ref, policy, found)


def _only(statements: Iterable[Any], mention: str) -> Iterator[dict[str, Any]]:
    """The statements with those of their resources that are this API's."""
    for statement in statements:
        listed = statement.get("Resource", ()) if isinstance(statement, dict) else ()
        resources = [one for one in ([listed] if isinstance(listed, str) else listed) if mention in str(one)]
        if resources:
            yield {**statement, "Resource": resources}


def _statements(policy: TemplateResource) -> Traced[tuple[Any, ...]]:
    return gather(one.whole() for one in policy.properties.get("PolicyDocument", "Statement").one_or_more())


def _policy(ref: ResourceRef, policy: TemplateResource, statements: Traced[Any]) -> Fact[InvokePolicy]:
    properties = policy.properties
    roles = gather(element.text() for element in properties.get("Roles").elements())
    version = properties.get("PolicyDocument", "Version").text()
    principal, name = _principal(policy.logical_id, roles.value)
    said = (policy.declared, policy.depends_on, properties.get("PolicyName").text(), version)
    values: dict[str, Traced[Any]] = {
        "principal": traced(principal, roles),
        "name": traced(name, roles),
        "statements": statements.also(*said),
    }
    return fact(InvokePolicy, ref, policy.logical_id, values)


def _principal(logical_id: str, roles: tuple[str, ...]) -> tuple[Principal, str]:
    role = roles[0] if len(roles) == 1 else ""
    lower = role.lower()
    if "unauthrole" in lower:
        return Principal.GUEST, ""
    if "authrole" in lower:
        return Principal.SIGNED_IN, ""
    if found := _GROUP.search(role):
        owned = _OWNED.fullmatch(logical_id)
        known = found["name"].split("Outputs.")[-1].removeprefix("-")
        named = owned and known.endswith(owned["name"])
        return Principal.GROUP, owned["name"] if owned and named else known.removeprefix("authuserPoolGroups")
    return Principal.OTHER, ",".join(roles)
