"""The IAM statements of a function's role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from migrator.categories.function.model import Statement, StatementKind, Trust
from migrator.categories.function.placeholders import known_to, unlinked
from migrator.core.ref import ResourceRef
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.scope import Scope
from migrator.gen1.template import Template, TemplateResource
from migrator.gen2.cdk import listed

_LOGS = {"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"}
_OWN_LOGS = re.compile(
    r"arn:aws:logs:(\$\{[^{}]*\}|[\w-]+):(\$\{[^{}]*\}|\d+):log-group:/aws/lambda/\$\{LambdaFunction\}:log-stream:\*"
)
_PARAMETERS = {"ssm:GetParameter", "ssm:GetParameters"}
_STREAM = {f"dynamodb:{word}" for word in ("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")}
_SECRET = re.compile(r"arn:.*:parameter/amplify/.*/AMPLIFY_\w+_\*")
_KNOWN_ROLE = {"RoleName", "AssumeRolePolicyDocument", "ManagedPolicyArns", "Policies", "Path", "Tags", "Description"}
_Spelt: TypeAlias = re.Pattern[str] | None
"""ARNs of the function by its name."""
CUSTOM = "CustomLambdaExecutionPolicy"
"""The policy that the CLI makes of custom-policies.json."""


def statements(
    entry: Entry, template: Template, role: TemplateResource | None, streams: frozenset[str]
) -> Iterator[Fact[Statement]]:
    """Every statement of the policies in the template, and of custom-policies.json. `streams`: ARNs that call the
    function and whose reading comes with the event source."""
    custom = list(_custom(entry, template))
    spelt = _spelt(entry, template)
    seen: list[Any] = []
    for policy in template.resources("AWS::IAM::Policy"):
        document = policy.properties.get("PolicyDocument")
        roles = gather(element.text() for element in policy.properties.get("Roles").elements())
        said: tuple[Traced[Any], ...] = (
            policy.declared,
            policy.depends_on,
            policy.properties.get("PolicyName").text(),
            document.get("Version").text(),
            roles,
        )
        own = role is None or any(name in (f"${{{role.logical_id}}}", role.logical_id) for name in roles.value)
        for number, element in enumerate(_listed(document.get("Statement")), 1):
            body = element.whole()
            seen.append(body.value)
            also = [*said, *(c for c in custom if policy.logical_id == CUSTOM)] if number == 1 else []
            also += [c for c in custom if c.value and _same(c.value, body.value)]
            yield _statement(entry, f"{policy.logical_id}-{number}", body.also(*also), own, streams, spelt)
    for number, body in enumerate(custom, 1):
        if body.value and not any(_same(body.value, other) for other in seen):
            yield _statement(entry, f"custom-policies-{number}", body, True, streams, spelt)
    yield from _inline(entry, role, streams, spelt)


def _listed(cursor: Cursor) -> Iterator[Cursor]:
    """Statements may be a list or a single one."""
    elements = list(cursor.elements())
    yield from elements or ([cursor] if cursor.present else [])


def _custom(entry: Entry, template: Template) -> Iterator[Traced[Any]]:
    """The statements of custom-policies.json; None where there is nothing to add to the template."""
    compiled = template.resource(CUSTOM) is not None
    cursor = entry.cursor("custom-policies.json")
    scope = Scope(cursor.document, {**entry.parameters, "env": Traced("${env}")}, entry.findings)
    for number, element in enumerate(cursor.elements()):
        body = element.whole()
        if compiled and "Fn::" in str(body.value):
            yield body.map(lambda value: None)  # the template holds it evaluated
            continue
        value = scope.evaluate(body.value, (number,))
        granted = isinstance(value.data, dict) and value.data.get("Action")
        statement: Any = {"Effect": "Allow", **value.data} if granted else None  # type: ignore[dict-item]
        yield Traced(statement, body.sources + value.sources)


def _same(one: Any, other: Any) -> bool:
    """Whether two statements grant the same actions on as many resources."""
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    return set(listed(one.get("Action", ()))) == set(listed(other.get("Action", ()))) and len(
        listed(one.get("Resource", ()))
    ) == len(listed(other.get("Resource", ())))


def _statement(
    entry: Entry, key: str, body: Traced[Any], own: bool, streams: frozenset[str], spelt: _Spelt
) -> Fact[Statement]:
    known = known_to(entry.app.entries)
    value = _linked(body.value if isinstance(body.value, dict) else {}, known, spelt)
    kind = _kind(value, streams) if own else StatementKind.ELSEWHERE
    values: dict[str, Traced[Any]] = {
        "kind": traced(kind, body),
        "statement": traced(value, body),
        "names": traced(_named(value, known), body),
    }
    return fact(Statement, entry.ref, key, values)


def _spelt(entry: Entry, template: Template) -> _Spelt:
    """Where ARNs spell out the name that the function has in this environment."""
    function = next(template.resources("AWS::Lambda::Function"), None)
    name = function.properties.get("FunctionName").text().value if function else ""
    if not name:
        return None
    names = "|".join(re.escape(one) for one in (name, name.replace("${env}", entry.app.env or "${env}")))
    return re.compile(
        rf"^(arn:[^:]+:lambda:(?:[^:{{}}]|\$\{{[^{{}}]*\}})*:(?:[^:{{}}]|\$\{{[^{{}}]*\}})*:function:)(?:{names})(?=$|:)"
    )


def _linked(value: Any, known: tuple[ResourceRef, ...], spelt: _Spelt) -> Any:
    """The statement, with parameters that were handed nothing as the outputs they stand for, and the function's own
    name, which the new one does not have, as a reference."""
    if isinstance(value, dict):
        return {key: _linked(item, known, spelt) for key, item in value.items()}
    if isinstance(value, list):
        return [_linked(item, known, spelt) for item in value]
    if not isinstance(value, str):
        return value
    return unlinked(spelt.sub(r"\g<1>${LambdaFunction}", value) if spelt else value, known)


def _kind(statement: dict[str, Any], streams: frozenset[str]) -> StatementKind:
    actions, resources = set(listed(statement.get("Action", ()))), listed(statement.get("Resource", ()))
    if statement.get("Effect", "Allow") != "Allow" or not actions or statement.get("Condition"):
        return StatementKind.GRANT
    if actions == _LOGS and all(_OWN_LOGS.fullmatch(str(resource)) for resource in resources):
        return StatementKind.LOGS
    if actions <= _PARAMETERS and all(_SECRET.fullmatch(resource) for resource in resources):
        return StatementKind.SECRETS
    if actions <= _STREAM and all(resource in streams for resource in resources):
        return StatementKind.STREAM
    return StatementKind.GRANT


def _named(statement: dict[str, Any], known: tuple[ResourceRef, ...]) -> tuple[str, ...]:
    """Resources of the project that the statement names by what Gen 1 called them, not by reference."""
    found = (r for r in listed(statement.get("Resource", ())) if isinstance(r, str) and r.startswith("arn:"))
    return tuple(dict.fromkeys(r for r in found if _is_gen1_name(r.rpartition(":")[2].rpartition("/")[2], known)))


def _is_gen1_name(last: str, known: tuple[ResourceRef, ...]) -> bool:
    """Whether a name is, or a pattern fits, what the CLI makes of a resource's name (`orders-dev`)."""
    stem = last.split("${")[0].rstrip("*-_")
    if not stem:
        return False
    return any(
        stem == ref.name
        or stem.startswith(f"{ref.name}-")
        or (len(stem) > 3 and "*" in last and ref.name.startswith(stem))
        for ref in known
    )


def trust(entry: Entry, role: TemplateResource | None) -> Iterator[Fact[Trust]]:
    """Who may take the role, and its managed policies."""
    if role is None:
        return
    properties = role.properties
    document = properties.get("AssumeRolePolicyDocument")
    services: dict[str, None] = {}
    odd: list[str] = []
    for element in _listed(document.get("Statement")):
        body = element.whole().value
        principal = body.get("Principal") if isinstance(body, dict) else None
        if isinstance(body, dict) and isinstance(principal, dict) and set(principal) == {"Service"}:
            services |= dict.fromkeys(listed(principal["Service"]))
        else:
            odd.append("AssumeRolePolicyDocument")
    rest = {name: cursor for name, cursor in properties.items() if name not in _KNOWN_ROLE}
    managed = gather(element.text() for element in properties.get("ManagedPolicyArns").elements())
    also = [properties.get(name).whole() for name in ("RoleName", "Path", "Tags", "Description")]
    values: dict[str, Traced[Any]] = {
        "services": traced(tuple(services), document.whole(), role.declared, role.depends_on, *also),
        "managed": managed,
        "other": traced((*odd, *rest), *(cursor.whole() for cursor in rest.values())),
    }
    yield fact(Trust, entry.ref, "role", values)


def _inline(
    entry: Entry, role: TemplateResource | None, streams: frozenset[str], spelt: _Spelt
) -> Iterator[Fact[Statement]]:
    for policy in role.properties.get("Policies").elements() if role else ():
        name = policy.get("PolicyName").text()
        document = policy.get("PolicyDocument")
        for number, element in enumerate(_listed(document.get("Statement")), 1):
            body = element.whole().also(name, document.get("Version").text())
            yield _statement(entry, f"{name.value}-{number}", body, True, streams, spelt)
