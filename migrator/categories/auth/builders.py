"""Sign-in, attributes, MFA, and what the pool keeps: the structure of `defineAuth`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrator.categories.auth.checks import email_beside_login, logins, sms_beside_login, sms_by_itself
from migrator.categories.auth.model import Attribute, Groups, MfaMode, Trigger, TriggerPolicy, UserPool
from migrator.categories.auth.targets import CFN_IDENTITY_POOL, CFN_USER_POOL, FEATURE, STACK, USER_POOL, define
from migrator.categories.auth.transforms import ATTRIBUTES, EVENTS
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen1.graph import Fact
from migrator.gen2.backend import DefinitionOf, Local, Override, Piece, Reference, Setting, Wiring
from migrator.gen2.cdk import IAM, environment, policy_statement, property_name, property_value
from migrator.typescript.build import arr, arrow, call, member, new, obj
from migrator.typescript.nodes import Binary, Comment, Conditional, Do, Expr, Lit, Member, Name, Obj, Template

_CODE = "{####}"


def sign_in(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """`loginWith`, with the texts that go with the addresses."""
    pool, definition = fact.node, define(fact, context)
    verification = pool.verification
    for address in logins(pool):
        texts: dict[str, Expr] = {}
        if address == "email" and not email_beside_login(fact, context) and verification.template is None:
            if verification.email_subject:
                texts["verificationEmailSubject"] = Lit(verification.email_subject)
            if verification.email_message:
                texts["verificationEmailStyle"] = Lit("CODE")  # tells the compiler which of two forms the body has
                texts["verificationEmailBody"] = _with_code(verification.email_message)
        elif address == "phone_number" and not sms_beside_login(fact, context) and verification.template is None:
            texts |= {"verificationMessage": _with_code(verification.sms_message)} if verification.sms_message else {}
        word = "email" if address == "email" else "phone"
        yield Setting(definition, f"loginWith.{word}", obj(texts, True) if texts else Lit(True), "AUTH010")


def _with_code(text: str) -> Expr:
    """A text with `{####}` as a function of the code."""
    code = call("createCode")
    parts: list[str | Expr] = []
    for number, part in enumerate(text.split(_CODE)):
        parts += [part] if number == 0 else [code, part]
    return arrow("createCode", Template(tuple(part for part in parts if part != "")))


def user_attributes(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """`userAttributes`: what differs from what `loginWith` declares by itself."""
    pool, definition = fact.node, define(fact, context)
    own = {address: Attribute(address, required=True) for address in logins(pool)}
    declared = {attribute.name: attribute for attribute in pool.attributes}
    for address in own:
        declared.setdefault(address, Attribute(address))
    for name, attribute in declared.items():
        if own.get(name) == Attribute(name, attribute.required, attribute.mutable):
            continue
        if attribute.custom:
            yield Setting(definition, f"userAttributes.custom:{name}", _custom(attribute), "AUTH014")
        else:
            value = obj({"required": attribute.required, "mutable": attribute.mutable})
            yield Setting(definition, f"userAttributes.{ATTRIBUTES[name]}", value, "AUTH014")


def undeclared_attributes(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """Custom attributes that clients name and that must exist before them."""
    for name in fact.node.undeclared:
        attribute = Attribute(name.removeprefix("custom:"), custom=True)
        yield Setting(define(fact, context), f"userAttributes.{name}", _custom(attribute), "AUTH016")


def _custom(attribute: Attribute) -> Expr:
    names = ("min", "max") if attribute.type == "Number" else ("minLen", "maxLen")
    limits = zip(names, (attribute.minimum, attribute.maximum), strict=True)
    said: dict[str, Any] = {"dataType": attribute.type, "mutable": attribute.mutable}
    return obj(said | {name: limit for name, limit in limits if limit is not None})


def multifactor(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """`multifactor`, with the text of the SMS."""
    mfa = fact.node.mfa
    said: dict[str, Any] = {"mode": "REQUIRED" if mfa.mode is MfaMode.ON else "OPTIONAL"}
    if mfa.sms:
        worded = mfa.message and _CODE in mfa.message
        said["sms"] = obj({"smsMessage": _with_code(mfa.message)}) if worded else True
    if mfa.totp:
        said["totp"] = True
    yield Setting(define(fact, context), "multifactor", obj(said), "AUTH030")


def sms_sender(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """The role for SMS, where nothing else makes it."""
    sms = fact.node.sms
    said: dict[str, str] = {}
    if sms.caller and not sms.caller.startswith("${"):
        said = {"externalId": sms.external_id, "snsCallerArn": sms.caller}
    if sms.region:
        said["snsRegion"] = sms.region
    if said or not sms_by_itself(fact.node):
        about = (Comment("A role for Cognito to send SMS."),) if not said else ()
        yield Setting(define(fact, context), "senders.sms", Obj((*about, *obj(said).props)), "AUTH040")


def keep_users(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """Users outlive the stack of a branch; a sandbox deletes everything whatever its policies say."""
    retain = member(Name("RemovalPolicy", "aws-cdk-lib"), "RETAIN")
    kept = (CFN_USER_POOL, CFN_IDENTITY_POOL)
    body = tuple(Do(call(Member(Local(construct), "applyRemovalPolicy"), retain)) for construct in kept)
    yield Wiring(FEATURE, body, "AUTH070", order=10, owner=fact.resource)


def deletion_protection(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """Protection for branches only: a protected pool would keep a sandbox from being deleted."""
    kind = call(member("backend", "stack.node.tryGetContext"), "amplify-backend-type")
    value = Conditional(Binary("===", kind, Lit("branch")), Lit("ACTIVE"), Lit("INACTIVE"))
    yield Override(CFN_USER_POOL, "deletionProtection", value, "AUTH067")


def other_pool_properties(fact: Fact[UserPool], context: Context) -> Iterator[Piece]:
    """Properties that only an override or a hand edit sets, one by one."""
    for name, value in fact.node.other.items():
        yield Override(CFN_USER_POOL, property_name(name), property_value(value), "AUTH066")


def group_precedences(fact: Fact[Groups], context: Context) -> Iterator[Piece]:
    """Gen 2 counts from 0, Gen 1 from 1."""
    from migrator.categories.auth.group_code import precedences

    yield Wiring(FEATURE, precedences(fact.node), "AUTH201", order=20, owner=fact.resource)


def trigger(fact: Fact[Trigger], context: Context) -> Iterator[Piece]:
    """A function that the pool calls."""
    function = ResourceRef("function", fact.node.function)
    if function in context.selection:
        path = f"triggers.{EVENTS[fact.node.event]}"
        yield Setting(define(fact, context), path, DefinitionOf(function), "AUTH210")


def trigger_policy(fact: Fact[TriggerPolicy], context: Context) -> Iterator[Piece]:
    """A policy in the stack of the pool: CDK's grants would put it beside the function's role and close a circle."""

    def placeholder(name: str) -> Expr | None:
        words = {"UserPool.Arn": "userPoolArn", "UserPool": "userPoolId"}
        return Member(Local(USER_POOL), words[name]) if name in words else environment(name)

    function = ResourceRef("function", fact.node.function)
    role = Member(Reference(function, "lambda"), "role", non_null=True)
    statements = arr((policy_statement(s, placeholder) for s in fact.node.statements), True)
    properties = {"roles": arr([role]), "statements": statements}
    same = [one for one in context.graph.facts(TriggerPolicy) if one.node.name == fact.node.name]
    name = fact.node.name if len(same) == 1 and fact.node.name else fact.key
    policy = new(Name("Policy", IAM), STACK, Lit(name), properties)
    yield Wiring(FEATURE, (Do(policy),), "AUTH220", order=60, deferrable=True, owner=fact.resource)
