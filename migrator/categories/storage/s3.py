"""Reading a bucket: from its template when there is one, else from what the user chose in the CLI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from migrator.categories.storage.model import (
    CLI_CORS,
    Bucket,
    BucketPolicy,
    CorsRule,
    Notification,
    Permission,
    Principal,
)
from migrator.core.ref import ResourceRef
from migrator.documents.cursor import Cursor
from migrator.documents.traced import Source, Traced, absent, gather, traced
from migrator.gen1.entries import Entry
from migrator.gen1.graph import Fact, fact
from migrator.gen1.template import Template, TemplateResource

_OBJECT_ACTIONS = {
    "s3:GetObject": Permission.GET,
    "s3:PutObject": Permission.WRITE,
    "s3:DeleteObject": Permission.DELETE,
}
_SUB = "${cognito-identity.amazonaws.com:sub}"
_PATHS = {
    "S3AuthPublicPolicy": ("signed_in.public", "public/*"),
    "S3AuthProtectedPolicy": ("signed_in.protected", f"protected/{_SUB}/*"),
    "S3AuthPrivatePolicy": ("signed_in.private", f"private/{_SUB}/*"),
    "S3AuthUploadPolicy": ("signed_in.uploads", "uploads/*"),
    "S3GuestPublicPolicy": ("guest.public", "public/*"),
    "S3GuestUploadPolicy": ("guest.uploads", "uploads/*"),
}
_READS = {"S3AuthReadPolicy": "signed_in.lists", "S3GuestReadPolicy": "guest.lists"}
_KNOWN_PROPERTIES = {
    "BucketName",
    "CorsConfiguration",
    "VersioningConfiguration",
    "BucketEncryption",
    "NotificationConfiguration",
}
_FUNCTION = re.compile(
    r"\$\{function(?P<name>\w+)\.Outputs\.\w+\}|^function(?P<bare>\w+?)(Arn|Name|LambdaExecutionRole)$"
)
_GROUP = re.compile(r"(?P<name>[\w-]+)GroupRole")
CHOICES = {"READ": Permission.GET, "CREATE_AND_UPDATE": Permission.WRITE, "DELETE": Permission.DELETE}
_ACTIONS = {Permission.WRITE: "s3:PutObject", Permission.GET: "s3:GetObject", Permission.DELETE: "s3:DeleteObject"}


def bucket_facts(entry: Entry) -> tuple[Fact[Any], ...]:
    """The bucket and the policies on it."""
    inputs = entry.cursor("cli-inputs.json")
    template = entry.template()
    common = {
        "resource": inputs.get("resourceName").text(entry.ref.name),
        "name": entry.output("BucketName").or_else(_named(entry)),
    }
    if template and (bucket := template.resource("S3Bucket")):
        return _from_template(entry, template, bucket, common)
    return _from_inputs(entry, inputs, common)


def _named(entry: Entry) -> Traced[str]:
    inputs, parameters = entry.cursor("cli-inputs.json").get("bucketName"), entry.cursor("parameters.json")
    return inputs.text().or_else(parameters.get("bucketName").text())


# ---- from the template


def _from_template(
    entry: Entry, template: Template, bucket: TemplateResource, common: Mapping[str, Traced[Any]]
) -> tuple[Fact[Any], ...]:
    ref, inputs = entry.ref, entry.cursor("cli-inputs.json")
    properties = bucket.properties
    values = {
        **common,
        "name": common["name"].also(properties.get("BucketName").text(), bucket.declared),
        "retained": bucket.deletion_policy.map(lambda policy: policy == "Retain").also(bucket.update_replace_policy),
        "cors": _cors(properties.get("CorsConfiguration", "CorsRules")),
        "versioned": properties.get("VersioningConfiguration", "Status").text().map(lambda status: status == "Enabled"),
        "encryption": properties.get("BucketEncryption").whole(),
        "notifications": _notifications(template, bucket, inputs),
        "other": _other(properties),
    }
    policies: list[Fact[Any]] = []
    for policy in template.resources("AWS::IAM::Policy"):
        attribute, value = _standard(policy)
        if attribute:
            values[attribute] = value
        else:
            policies.append(_policy(ref, policy))
    chosen = [*_choices(inputs), entry.cursor("storage-params.json").get("groupPermissionMap").whole()]
    for attribute in ("signed_in.public", "guest.public"):
        values[attribute] = values.get(attribute, absent(())).also(*chosen)
    return (fact(Bucket, ref, "bucket", values), *policies)


def _standard(policy: TemplateResource) -> tuple[str, Traced[Any]]:
    """The attribute that a policy of the CLI decides, when it still says what the CLI wrote."""
    document = policy.properties.get("PolicyDocument")
    said: list[Traced[Any]] = [
        policy.declared,
        policy.depends_on,
        policy.properties.get("PolicyName").text(),
        _roles(policy),
    ]
    said.append(document.whole())
    statements = [element.whole().value for element in document.get("Statement").one_or_more()]
    if policy.logical_id in _PATHS and len(statements) == 1 and isinstance(statements[0], dict):
        attribute, path = _PATHS[policy.logical_id]
        actions = _listed(statements[0].get("Action"))
        known = all(action in _OBJECT_ACTIONS or action == "s3:ListBucket" for action in actions)
        if known and _listed(statements[0].get("Resource")) == (f"arn:aws:s3:::${{S3Bucket}}/{path}",):
            allowed = tuple(p for action, p in _OBJECT_ACTIONS.items() if action in actions)
            return attribute, traced(allowed, *said)
    if policy.logical_id in _READS and _reads(statements, private=policy.logical_id == "S3AuthReadPolicy"):
        return _READS[policy.logical_id], traced(True, *said)
    return "", absent(None)


def _reads(statements: list[Any], *, private: bool) -> bool:
    """Whether the statements are the CLI's read policy: get `protected/`, list the prefixes."""
    prefixes = {"public/", "public/*", "protected/", "protected/*"}
    if private:
        prefixes |= {f"private/{_SUB}/", f"private/{_SUB}/*"}
    bucket = "arn:aws:s3:::${S3Bucket}"
    wanted = [
        (("s3:GetObject",), (f"{bucket}/protected/*",), set()),
        (("s3:ListBucket",), (bucket,), prefixes),
    ]
    found = [
        (
            _listed(s.get("Action")),
            _listed(s.get("Resource")),
            set(s.get("Condition", {}).get("StringLike", {}).get("s3:prefix", ())),
        )
        for s in statements
    ]
    return len(found) == len(wanted) and all(one in found for one in wanted)


def _policy(ref: ResourceRef, policy: TemplateResource) -> Fact[BucketPolicy]:
    properties = policy.properties
    roles = _roles(policy)
    principal, name = _principal(policy, roles.value)
    statements = gather(e.whole() for e in properties.get("PolicyDocument", "Statement").one_or_more())
    said = (policy.declared, policy.depends_on, properties.get("PolicyName").text())
    version = properties.get("PolicyDocument", "Version").text()
    values: dict[str, Traced[Any]] = {
        "principal": traced(principal, roles),
        "name": traced(name, roles),
        "statements": statements.also(*said, version),
    }
    return fact(BucketPolicy, ref, policy.logical_id, values)


def _roles(policy: TemplateResource) -> Traced[tuple[str, ...]]:
    return gather(element.text() for element in policy.properties.get("Roles").elements())


def _principal(policy: TemplateResource, roles: tuple[str, ...]) -> tuple[Principal, str]:
    role = roles[0] if len(roles) == 1 else ""
    if "UnauthRole" in role or role.endswith("unauthRole"):
        return Principal.GUEST, ""
    if "AuthRole" in role or role.endswith("authRole"):
        return Principal.SIGNED_IN, ""
    if function := _FUNCTION.search(role):
        return Principal.FUNCTION, function["name"] or function["bare"] or ""
    if policy.logical_id.endswith("GroupPolicy") and _GROUP.search(role):
        return Principal.GROUP, policy.logical_id.removesuffix("GroupPolicy")
    if group := _GROUP.search(role):
        return Principal.GROUP, group["name"].split("Outputs.")[-1]
    return Principal.OTHER, role


def _cors(rules: Cursor) -> Traced[tuple[CorsRule, ...]]:
    if not rules.present:
        return absent(())
    found = gather(
        traced(
            CorsRule(
                rule.get("AllowedHeaders").texts().value,
                rule.get("AllowedMethods").texts().value,
                rule.get("AllowedOrigins").texts().value,
                rule.get("ExposedHeaders").texts().value,
                rule.get("MaxAge").integer().value,
            ),
            rule.whole(),
        )
        for rule in rules.elements()
    )
    return found


def _notifications(template: Template, bucket: TemplateResource, inputs: Cursor) -> Traced[tuple[Notification, ...]]:
    found: list[Traced[Notification]] = []
    for element in bucket.properties.get("NotificationConfiguration", "LambdaConfigurations").elements():
        called = _FUNCTION.search(element.get("Function").text().value)
        rules = {
            str(rule.get("Name").text().value).lower(): rule.get("Value").text().value
            for rule in element.get("Filter", "S3Key", "Rules").elements()
        }
        notification = Notification(
            element.get("Event").text().value,
            (called["name"] or called["bare"] or "") if called else element.get("Function").text().value,
            rules.get("prefix", ""),
            rules.get("suffix", ""),
        )
        found.append(traced(notification, element.whole()))
    permissions = [p.properties.whole().also(p.declared) for p in template.resources("AWS::Lambda::Permission")]
    chosen = inputs.get("triggerFunction").text()
    return gather(found).also(*permissions, bucket.depends_on, chosen)


def _other(properties: Cursor) -> Traced[Mapping[str, Any]]:
    rest = {name: cursor.whole() for name, cursor in properties.items() if name not in _KNOWN_PROPERTIES}
    return traced({name: value.value for name, value in rest.items()}, *rest.values())


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ())


# ---- from the user's choices


def _choices(inputs: Cursor) -> Iterator[Traced[Any]]:
    for key in ("storageAccess", "guestAccess", "authAccess", "groupAccess"):
        yield inputs.get(key).whole()


def _from_inputs(entry: Entry, inputs: Cursor, common: Mapping[str, Traced[Any]]) -> tuple[Fact[Any], ...]:
    """What the CLI would build: own files for users, `public/` for users and guests, `uploads/` for writers."""
    signed_in = _chosen(inputs.get("authAccess"))
    guest = _chosen(inputs.get("guestAccess")).also(inputs.get("storageAccess").text())
    values: dict[str, Traced[Any]] = {**common, "cors": absent(CLI_CORS)}
    for role, allowed in (("signed_in", signed_in), ("guest", guest)):
        values[f"{role}.public"] = allowed
        values[f"{role}.uploads"] = allowed.map(lambda p: (Permission.WRITE,) if Permission.WRITE in p else ())
        values[f"{role}.lists"] = allowed.map(lambda p: Permission.GET in p)
    values["signed_in.protected"] = values["signed_in.private"] = signed_in
    function = inputs.get("triggerFunction").text("NONE")
    events = ("s3:ObjectCreated:*", "s3:ObjectRemoved:*")
    called = tuple(Notification(event, function.value) for event in events) if function.value != "NONE" else ()
    values["notifications"] = traced(called, function)
    policies = [_group_policy(entry.ref, name, access) for name, access in inputs.get("groupAccess").items()]
    old = entry.cursor("storage-params.json").get("groupPermissionMap")
    policies += [_group_policy(entry.ref, name, access) for name, access in old.items()]
    if called:
        policies.append(_trigger_policy(entry.ref, function))
    return (fact(Bucket, entry.ref, "bucket", values), *policies)


def _chosen(access: Cursor) -> Traced[tuple[Permission, ...]]:
    words = access.texts()
    return words.map(lambda said: tuple(permission for word, permission in CHOICES.items() if word in said))


def _group_policy(ref: ResourceRef, group: str, access: Cursor) -> Fact[BucketPolicy]:
    """A group's policy as the CLI writes it: the whole bucket (gen 1 has no paths for groups)."""
    old = {"create/update": Permission.WRITE, "read": Permission.GET, "delete": Permission.DELETE}
    words = access.texts()
    allowed = [p for word, p in {**CHOICES, **old}.items() if word in words.value]
    statements = (
        {"Effect": "Allow", "Action": [_ACTIONS[p] for p in allowed], "Resource": ["arn:aws:s3:::${S3Bucket}/*"]},
        {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::${S3Bucket}"]},
    )
    values: dict[str, Traced[Any]] = {
        "principal": absent(Principal.GROUP),
        "name": absent(group),
        "statements": traced(statements, Traced(None, (Source(access.document, access.pointer),))),
    }
    return fact(BucketPolicy, ref, f"{group}GroupPolicy", values)


def _trigger_policy(ref: ResourceRef, function: Traced[str]) -> Fact[BucketPolicy]:
    objects = ["s3:PutObject", "s3:GetObject", "s3:ListBucket", "s3:DeleteObject"]
    statements = (
        {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::${S3Bucket}"]},
        {"Effect": "Allow", "Action": objects, "Resource": ["arn:aws:s3:::${S3Bucket}/*"]},
    )
    values: dict[str, Traced[Any]] = {
        "principal": absent(Principal.FUNCTION),
        "name": function,
        "statements": traced(statements, function),
    }
    return fact(BucketPolicy, ref, "S3TriggerBucketPolicy", values)
