"""Reading the groups of a pool."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from migrator.categories.auth.model import Extra, Group, Groups
from migrator.documents.traced import Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

_Said: TypeAlias = "dict[str, tuple[Traced[int], Traced[Any]]]"
_PRECEDENCE = "user-pool-group-precedence.json"
_CLI_RESOURCES = re.compile(r"RoleMapFunction(Input)?|LambdaExecutionRole|LambdaCloudWatchPolicy|IdentityPoolRoleMap")
"""What sets the role mapping of the identity pool, which Gen 2 has for every group."""


def group_facts(entry: Entry) -> tuple[Fact[Any], ...]:
    """Every group, and their order."""
    template = entry.template()
    said = _said(entry)
    facts = tuple(_built(entry, template, said)) if template else tuple(_listed(entry, said))
    facts = facts or tuple(_listed(entry, said))
    order = sorted(_precedences(template, said).items(), key=lambda one: one[1].value)
    precedences = gather(precedence for _, precedence in order)
    values: dict[str, Traced[Any]] = {
        "names": traced(tuple(name for name, _ in order), precedences),
        "precedences": precedences,
    }
    return (fact(Groups, entry.ref, "groups", values), *facts)


def _precedences(template: Template | None, said: _Said) -> dict[str, Traced[int]]:
    """By group, its precedence; the template's groups are the ones that there are."""
    built: dict[str, Traced[int]] = {}
    for group in template.resources("AWS::Cognito::UserPoolGroup") if template else ():
        p = group.properties
        name = p.get("GroupName").text()
        listed = said[name.value][0] if name.value in said else absent(0)
        pool = p.get("UserPoolId").text()
        built[name.value] = p.get("Precedence").integer(listed.value).also(listed, name, pool, group.declared)
    return built or {name: precedence for name, (precedence, _) in said.items()}


def _said(entry: Entry) -> _Said:
    """By group, its precedence and its policies as the user wrote them."""
    found: _Said = {}
    for element in entry.cursor(_PRECEDENCE).elements():
        name = element.get("groupName").text()
        precedence = element.get("precedence").integer().also(name)
        policies = gather(
            traced((p.get("PolicyName").text().value, _statements(p.get("PolicyDocument").whole().value)), p.whole())
            for p in element.get("customPolicies").elements()
        )
        found[name.value] = (precedence, policies)
    return found


def _listed(entry: Entry, said: _Said) -> Iterator[Fact[Any]]:
    for name, (_, policies) in said.items():
        yield fact(Group, entry.ref, name, {"policies": policies})


def _built(entry: Entry, template: Template, said: _Said) -> Iterator[Fact[Any]]:
    roles: set[str] = set()
    for resource in template.resources("AWS::Cognito::UserPoolGroup"):
        p = resource.properties
        name = p.get("GroupName").text().value
        arn = p.get("RoleArn").text()
        role = template.resource(re.sub(r"^\$\{(.+)\.Arn\}$", r"\1", arn.value)) if arn.value else None
        policies = said[name][1] if name in said else absent(())
        values: dict[str, Traced[Any]] = {"description": p.get("Description").text(), "role": arn.map(bool)}
        if role is not None:
            roles.add(role.logical_id)
            values |= _role(role)
        values["policies"] = values.get("policies", absent(())).also(policies, resource.depends_on)
        yield fact(Group, entry.ref, name, values)
    for resource in template.resources():
        known = resource.type == "AWS::Cognito::UserPoolGroup" or resource.logical_id in roles
        if not known and not _CLI_RESOURCES.fullmatch(resource.logical_id):
            values = {"type": resource.declared, "properties": resource.properties.whole()}
            yield fact(Extra, entry.ref, resource.logical_id, values)


def _role(role: TemplateResource) -> dict[str, Traced[Any]]:
    p = role.properties
    policies = gather(
        traced(
            (policy.get("PolicyName").text().value, _statements(policy.get("PolicyDocument").whole().value)),
            policy.whole(),
        )
        for policy in p.get("Policies").elements()
    )
    trust = p.get("AssumeRolePolicyDocument").whole()
    return {
        "policies": policies.also(role.declared, trust, p.get("RoleName").text()),
        "managed_policies": p.get("ManagedPolicyArns").texts(),
    }


def _statements(document: Any) -> tuple[Any, ...]:
    found = document.get("Statement") if isinstance(document, dict) else None
    return tuple(found) if isinstance(found, list) else (found,) if found else ()
