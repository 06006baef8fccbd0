"""Reading Cognito triggers, and what the auth resource lets their functions do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from migrator.categories.auth.model import Extra, Trigger, TriggerPolicy
from migrator.categories.auth.pool import user_pool
from migrator.categories.auth.settings import Settings
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Traced, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

FUNCTION = re.compile(r"\$\{function(?P<name>\w+)\.Outputs\.\w+\}")
_POOL = "${UserPool.Arn}"
_CLI_RESOURCES = re.compile(
    r"SNSRole|UserPoolClient(Role|Lambda|LambdaPolicy|LogPolicy|Inputs)"
    r"|(HostedUI|HostedUIProviders|OAuth)CustomResource\w*|MFA(Lambda\w*|LogPolicy)|OpenId(Lambda\w*|LogPolicy)"
    r"|\w+LambdaInvokePermission|authTriggerFn\w*|CustomAuthTriggerResource"
)
"""What the CLI writes for itself: callouts that later templates say with properties, and permissions to call."""
_KNOWN = (
    "AWS::Cognito::UserPool",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolIdentityProvider",
    "AWS::Cognito::IdentityPool",
    "AWS::Cognito::IdentityPoolRoleAttachment",
    "AWS::IAM::Policy",
    "AWS::Lambda::Permission",
)
"""Types of resources that have facts of their own."""
_TRIGGER_TEMPLATES = ("build/auth-trigger-cloudformation-template.json", "auth-trigger-cloudformation-template.json")


def trigger_facts(entry: Entry, settings: Settings, template: Template | None) -> tuple[Fact[Any], ...]:
    """Triggers, policies of their functions, and resources that the CLI does not know."""
    found: dict[str, Traced[Any]] = {}
    for event, said in (*_configured(template), *_attached(entry), *_connected(settings), *_modules(entry, settings)):
        found[event] = found[event].also(said) if event in found else said
    depends = settings.data("dependsOn")
    facts: list[Fact[Any]] = [_trigger(entry, event, said.also(depends)) for event, said in found.items()]
    return (*facts, *_policies(entry, settings, template), *_extras(entry, template))


def _trigger(entry: Entry, event: str, said: Traced[Any]) -> Fact[Trigger]:
    value = said.value
    called = FUNCTION.fullmatch(value) if isinstance(value, str) else None
    known = called["name"] if called else value if isinstance(value, str) and not value.startswith("arn:") else ""
    values: dict[str, Traced[Any]] = {"event": traced(event, said), "function": traced(known, said)}
    if not known:
        values["arn"] = traced(value if isinstance(value, str) else json.dumps(value), said)
    return fact(Trigger, entry.ref, event, values)


def _configured(template: Template | None) -> Iterator[tuple[str, Traced[Any]]]:
    """`LambdaConfig` of the pool, with the permissions to call."""
    pool = user_pool(template)
    if template is None or pool is None:
        return
    allowed = [
        p.properties.whole().also(p.declared, p.depends_on) for p in template.resources("AWS::Lambda::Permission")
    ]
    for event, cursor in pool.properties.get("LambdaConfig").items():
        yield event, cursor.whole().also(*allowed)


def _attached(entry: Entry) -> Iterator[tuple[str, Traced[Any]]]:
    """The template that sets triggers after the functions are there (`breakCircularDependency`)."""
    for template in _trigger_templates(entry):
        resource = template.resource("CustomAuthTriggerResource")
        for element in resource.properties.get("lambdaConfig").elements() if resource else ():
            name = element.get("lambdaFunctionName").text()
            arn = element.get("lambdaFunctionArn").text()
            yield element.get("triggerType").text().value, name.or_else(arn).also(arn, element.whole())


def _trigger_templates(entry: Entry) -> Iterator[Template]:
    for role in _TRIGGER_TEMPLATES:
        if role in entry.documents and (template := entry.template(role)):
            yield template


def _connected(settings: Settings) -> Iterator[tuple[str, Traced[Any]]]:
    connections = settings.data("authTriggerConnections")
    for one in connections.value if isinstance(connections.value, list) else ():
        if isinstance(one, dict) and one.get("triggerType"):
            yield str(one["triggerType"]), traced(one.get("lambdaFunctionName", ""), connections)


def _modules(entry: Entry, settings: Settings) -> Iterator[tuple[str, Traced[Any]]]:
    """`triggers`: event to the modules of its function, which is called after the resource and the event."""
    modules = settings.data("triggers")
    resource = settings.text("resourceName", entry.ref.name)
    for event in modules.value if isinstance(modules.value, dict) else ():
        yield {"PreSignup": "PreSignUp"}.get(event, event), traced(f"{resource.value}{event}", modules)


def _policies(entry: Entry, settings: Settings, template: Template | None) -> Iterator[Fact[TriggerPolicy]]:
    """Policies for triggers' roles: built ones, else the `permissions` of the settings."""
    said = settings.data("permissions")
    built = [p for t in (template, *_trigger_templates(entry)) if t for p in _built_policies(t)]
    for policy, function in built:
        p = policy.properties
        statements = gather(e.whole() for e in p.get("PolicyDocument", "Statement").one_or_more())
        roles, version = p.get("Roles").whole(), p.get("PolicyDocument", "Version").text()
        values: dict[str, Traced[Any]] = {
            "name": p.get("PolicyName").text().also(policy.declared, policy.depends_on),
            "function": traced(function, roles),
            "statements": traced(tuple(_on_pool(s) for s in statements.value), statements, version, said),
        }
        yield fact(TriggerPolicy, entry.ref, policy.logical_id, values)
    if built or not isinstance(said.value, list):
        return
    resource = settings.text("resourceName", entry.ref.name).value
    for one in said.value:
        if isinstance(one, dict):
            yield _said_policy(entry, one, f"{resource}{one.get('trigger', '')}", said)


def _said_policy(entry: Entry, permission: dict[str, Any], function: str, said: Traced[Any]) -> Fact[TriggerPolicy]:
    name = str(permission.get("policyName", "TriggerPolicy"))
    statement = {
        "Effect": permission.get("effect", "Allow"),
        "Action": permission.get("actions", []),
        "Resource": _resource(permission.get("resource")),
    }
    values: dict[str, Traced[Any]] = {
        "name": traced(name, said),
        "function": traced(function, said),
        "statements": traced((statement,), said),
    }
    return fact(TriggerPolicy, entry.ref, f"{function}{name}", values)


def _resource(said: Any) -> Any:
    """`{paramType: "!GetAtt", keys: [UserPool, Arn]}`; the pool when nothing is said."""
    keys = said.get("keys") if isinstance(said, dict) else None
    if isinstance(keys, list):
        return "${" + ".".join(str(key) for key in keys) + "}"
    return said if isinstance(said, str) else _POOL


def _on_pool(statement: Any) -> Any:
    """The statement with one word for the pool; the trigger template knows it as a parameter."""
    text = json.dumps(statement)
    text = re.sub(r"\$\{(userpoolArn|auth\w+\.Outputs\.UserPoolArn)\}", _POOL, text)
    return json.loads(text)


def _built_policies(template: Template) -> Iterator[tuple[TemplateResource, str]]:
    for policy in template.resources("AWS::IAM::Policy"):
        if not _CLI_RESOURCES.fullmatch(policy.logical_id):
            roles = policy.properties.get("Roles").texts().value
            yield policy, _role_owner(roles[0] if len(roles) == 1 else "", policy.properties.get("Roles"))


def _role_owner(role: str, roles: Cursor) -> str:
    """The function whose role it is: `${functionx.Outputs…}`, a parameter after it, or its name and the environment."""
    if found := FUNCTION.fullmatch(role):
        return found["name"]
    if found := re.fullmatch(r"\$\{function(\w+)LambdaExecutionRole\}", role):
        return found[1]
    return role.removesuffix("-${env}").rsplit("-", 1)[0] if role and not role.startswith("${") else ""


def _extras(entry: Entry, template: Template | None) -> Iterator[Fact[Extra]]:
    for resource in template.resources() if template else ():
        if resource.type in _KNOWN or _CLI_RESOURCES.fullmatch(resource.logical_id):
            continue
        values: dict[str, Traced[Any]] = {
            "type": resource.declared.also(resource.depends_on, resource.deletion_policy),
            "properties": resource.properties.whole(),
        }
        yield fact(Extra, entry.ref, resource.logical_id, values)
