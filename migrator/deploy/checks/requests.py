"""The check `requests`: who may do what with the rows of each model, tried by sending requests.

The owner, another user, a member of a group, somebody with the API key and a guest try every operation on the same
row; what they get has to be what Gen 1's rules say. Rows are removed at the end, where whoever made them may do that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

from migrator.aws import appsync, cognito, users
from migrator.aws.graphql import Caller
from migrator.aws.inventory import stack_outputs
from migrator.core.errors import AwsError
from migrator.deploy.checks.expectations import Asker, Role, may, untried
from migrator.deploy.checks.interface import CannotTry, Deployed, Outcome, Status
from migrator.deploy.checks.operations import model_requests
from migrator.deploy.checks.people import door, people
from migrator.deploy.checks.trial import CHECK, Api, Trial, Voice
from migrator.engine.access import AccessRule, ModelAccess, Operation, Who

_NAMES = {Role.OWNER: "check-ada", Role.OTHER: "check-ben", Role.MEMBER: "check-cleo"}


def requests(deployed: Deployed) -> Iterator[Outcome]:
    """Every model as everybody. Models of which nothing is known are skipped, and rules that nobody can try."""
    for reason in deployed.access.unknown:
        yield Outcome(CHECK, "rules", Status.SKIPPED, reason)
    models = deployed.access.models
    if not models:
        return
    outputs = stack_outputs(deployed.session, deployed.stack)
    api = outputs.get("awsAppsyncApiId")
    if not api:
        raise CannotTry("the backend has no API")
    target = Api(outputs["awsAppsyncApiEndpoint"], appsync.introspected(deployed.session, api))
    with ExitStack() as leaving:
        voices = tuple(_voices(deployed, api, models, leaving))
        for access in models:
            yield from _model(target, access, voices)


def _voices(deployed: Deployed, api: str, models: tuple[ModelAccess, ...], leaving: ExitStack) -> Iterator[Voice]:
    """Who can be asked: users where there is a pool, the key where there is one, a guest where a rule is for guests."""
    rules = [rule for model in models for rules in (model.rules, *model.fields.values()) for rule in rules]
    groups = _groups(deployed, rules)
    roles = [Role.OWNER, Role.OTHER, *([Role.MEMBER] if groups else [])]
    asked = {Who.OWNER, Who.SIGNED_IN, Who.GROUP, Who.IDENTITY} & {rule.who for rule in rules}
    if asked:
        names = [_NAMES[role] for role in roles]
        found = leaving.enter_context(people(deployed, names, {_NAMES[Role.MEMBER]: groups}))
        for role in roles:
            member = frozenset(groups) if role is Role.MEMBER else frozenset()
            person = found[_NAMES[role]]
            yield Voice(Asker(role, member), Caller(token=person.tokens.access), person.tokens.username)
        if Who.IDENTITY in asked and found[_NAMES[Role.OWNER]].keys:
            yield Voice(Asker(Role.IDENTITY), Caller(keys=found[_NAMES[Role.OWNER]].keys))
    keys = appsync.api_keys(deployed.session, api)
    if keys:
        yield Voice(Asker(Role.KEY), Caller(key=keys[0]))
    if any(rule.who is Who.GUEST for rule in rules):
        _, guest = users.identity(deployed.session, door(deployed), None)
        yield Voice(Asker(Role.GUEST), Caller(keys=guest))


def _groups(deployed: Deployed, rules: list[AccessRule]) -> list[str]:
    """The groups of the pool that rules are for; where a rule goes by a field, any will do."""
    if not any(rule.who is Who.GROUP for rule in rules):
        return []
    there = {str(one.get("GroupName")) for one in cognito.groups(deployed.session, door(deployed).pool)}
    named = {group for rule in rules for group in rule.groups} & there
    by_field = any(rule.group_field for rule in rules)
    return sorted(named or (sorted(there)[:1] if by_field else ()))


def _model(api: Api, access: ModelAccess, voices: tuple[Voice, ...]) -> Iterator[Outcome]:
    model = model_requests(api.types, access, frozenset(access.fields))
    subject = f"model {access.model}"
    maker = next((one for one in voices if may(access, one.asker, Operation.CREATE)), None)
    if Operation.CREATE not in model.requests or maker is None:
        reason = "nobody who can be tried may create rows" if maker is None else "the API makes no rows of it"
        yield Outcome(CHECK, subject, Status.SKIPPED, reason)
        return
    for reason in untried(access):
        yield Outcome(CHECK, subject, Status.SKIPPED, f"rules for {reason} are not tried")
    tried = Trial(api, access, model, maker)
    try:
        for one in voices:
            yield tried.outcome(one)
        for rule, one in _named(access, voices):
            yield tried.named(rule, one)
    except AwsError as problem:
        yield Outcome(CHECK, subject, Status.FAILED, problem.message, problem.hint)
    finally:
        tried.clear()


def _named(access: ModelAccess, voices: tuple[Voice, ...]) -> Iterator[tuple[AccessRule, Voice]]:
    """Rules for somebody whom a row names beside its maker, and who is named."""
    by_role = {one.asker.role: one for one in voices}
    for rule in access.rules:
        beside = rule.who is Who.OWNER and (rule.several_owners or Operation.CREATE not in rule.operations)
        role = Role.OTHER if beside else Role.MEMBER
        if (beside or (rule.who is Who.GROUP and rule.group_field)) and not rule.claimed and role in by_role:
            yield rule, by_role[role]
