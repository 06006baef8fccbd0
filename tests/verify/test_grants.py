"""Whose rights are compared: of users, guests, functions, and of anybody on a resource."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from msgspec.structs import replace

from migrator.core.ref import ResourceRef
from migrator.engine.comparison import compare
from migrator.engine.context import Context
from migrator.engine.grants.observing import DEFAULTS
from migrator.engine.observed import Declared, Generation, Observer, Side
from migrator.gen1.graph import ResourceGraph
from migrator.verify.grants import Grants, Scope

ROLE = "AWS::IAM::Role"
POLICY = "AWS::IAM::Policy"
LAMBDA = {
    "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]
}
FILES = "arn:aws:s3:::${bucket media}/*"


def one(type: str, name: str, owner: str = "", **properties: Any) -> Declared:
    """A resource by its name in both generations; `owner` is the Gen 1 resource whose stack it is."""
    ref = ResourceRef(*owner.split("/")) if owner else None
    return Declared(f"{owner or 'root'}#{name}", type, properties, owner or "root", owner=ref, name=name)


def role(name: str, owner: str = "", **properties: Any) -> Declared:
    return one(ROLE, name, owner, **{"AssumeRolePolicyDocument": LAMBDA, **properties})


def policy(name: str, to: str, actions: Any, on: Any = FILES, owner: str = "", **more: Any) -> Declared:
    """A policy that is attached to a role."""
    statement = {"Effect": "Allow", "Action": actions, "Resource": on, **more}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return one(POLICY, name, owner, PolicyDocument=document, Roles=[f"${{{to}}}"])


def differing(
    gen1: list[Declared],
    gen2: list[Declared],
    *,
    asked: tuple[str, ...] = (),
    staying: tuple[str, ...] = (),
    by_hand: tuple[str, ...] = (),
    waiting: tuple[str, ...] = (),
    observer: Observer | None = None,
) -> list[tuple[str, str, Any, Any]]:
    """Key, attribute and both values of what is not the same. `asked` are the resources that are compared (all when
    empty), `by_hand` those that are not converted, `staying` the roles and resources that are kept, `waiting` those
    that are not converted yet."""
    context = Context(ResourceGraph(()), SimpleNamespace(entries=()))  # type: ignore[arg-type]
    scope = Scope(
        asked=lambda ref: not asked or str(ref) in asked,
        converted=lambda ref: str(ref) not in by_hand,
        stays=lambda ref: str(ref) in staying,
        kept=lambda declared: declared.name in staying,
        waits=lambda ref: str(ref) in waiting,
        unseen=lambda declared: declared.stack == "unseen",
    )
    sides = (Generation(side, tuple(said), context) for side, said in zip(Side, (gen1, gen2), strict=True))
    left, right = Grants(*sides, [observer] if observer else [], scope).sides
    return [(found.key, found.attribute, found.gen1, found.gen2) for found in compare(left, right, DEFAULTS).mismatches]


READER = [role("reader"), policy("p", "reader", "s3:GetObject")]


def test_rights_from_a_role_itself_and_from_a_policy_beside_it_are_the_same() -> None:
    inline = {"Policies": [{"PolicyDocument": READER[1].properties["PolicyDocument"]}]}
    assert differing(READER, [role("reader", **inline)]) == []


def test_an_action_more_is_told_with_its_place() -> None:
    more = [role("reader"), policy("p", "reader", ["s3:GetObject", "s3:PutObject"])]
    assert differing(READER, more) == [
        ("reader", f"Allow[{FILES}]", ("s3:GetObject",), ("s3:GetObject", "s3:PutObject"))
    ]


def test_an_action_less_is_told_with_its_place() -> None:
    assert differing(READER, [role("reader")]) == [("reader", f"Allow[{FILES}]", ("s3:GetObject",), None)]


def test_a_right_of_users_that_guests_get_is_found() -> None:
    both = [role("authenticated role"), role("guest role")]
    before = [*both, policy("p", "authenticated role", "s3:PutObject")]
    after = [*both, policy("p", "guest role", "s3:PutObject")]
    assert {(key, gen1, gen2) for key, _, gen1, gen2 in differing(before, after)} == {
        ("authenticated role", ("s3:PutObject",), None),
        ("guest role", None, ("s3:PutObject",)),
    }


def test_who_may_become_a_role_is_not_compared_where_no_template_of_gen1_declares_it() -> None:
    assert differing([policy("p", "reader", "s3:GetObject")], READER) == []


def test_what_a_role_may_do_is_compared_where_no_template_of_gen1_declares_it() -> None:
    more = [role("reader"), policy("p", "reader", ["s3:GetObject", "s3:PutObject"])]
    assert [found[1] for found in differing([policy("p", "reader", "s3:GetObject")], more)] == [f"Allow[{FILES}]"]


def test_a_managed_policy_is_what_it_allows() -> None:
    basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    logs = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    assert differing([role("f", ManagedPolicyArns=[basic])], [role("f"), policy("p", "f", logs, "*")]) == []


def test_a_managed_policy_that_is_not_known_is_compared_by_its_name() -> None:
    unknown = "arn:aws:iam::123456789012:policy/own"
    assert differing([role("f", ManagedPolicyArns=[unknown])], [role("f")]) == [
        ("f", f"ManagedPolicyArns[{unknown}]", True, None)
    ]


def test_a_managed_policy_of_the_template_counts_for_the_roles_that_name_it() -> None:
    document = READER[1].properties["PolicyDocument"]
    managed = one("AWS::IAM::ManagedPolicy", "shared", PolicyDocument=document)
    assert differing(READER, [role("reader", ManagedPolicyArns=["${shared}"]), managed]) == []


def test_a_boundary_of_rights_that_is_lost_is_found() -> None:
    bound = [role("f", PermissionsBoundary="arn:aws:iam::123456789012:policy/bound")]
    assert [attribute for _, attribute, _, _ in differing(bound, [role("f")])] == ["PermissionsBoundary"]


def test_rights_of_a_role_that_nobody_may_become_are_no_rights() -> None:
    closed = {"Statement": [{**LAMBDA["Statement"][0], "Effect": "Deny"}]}
    assert differing([role("reader", AssumeRolePolicyDocument=closed), READER[1]], []) == []


def test_a_table_by_its_name_is_that_table() -> None:
    table = "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/"
    before = [
        role("f"),
        one("AWS::DynamoDB::Table", "table points", TableName="points-dev"),
        policy("p", "f", "dynamodb:Scan", f"{table}points-dev/index/*"),
    ]
    after = [role("f"), policy("p", "f", "dynamodb:Scan", f"{table}${{table points}}/index/*")]
    assert differing(before, after) == []


def test_a_table_of_gen1_that_gen2_still_names_is_found() -> None:
    table = "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/"
    before = [role("f"), policy("p", "f", "dynamodb:Scan", f"{table}${{table points}}")]
    after = [role("f"), policy("p", "f", "dynamodb:Scan", f"{table}points-dev")]
    assert len(differing(before, after)) == 2


def test_a_caller_of_a_function_is_the_same_by_name_and_by_arn() -> None:
    caller = {"Action": "lambda:InvokeFunction", "Principal": "events.amazonaws.com", "SourceArn": "${rule.Arn}"}
    arn = "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${function f}"
    by_name = one("AWS::Lambda::Permission", "a", FunctionName="${function f}", **caller)
    by_arn = one("AWS::Lambda::Permission", "b", FunctionName=arn, **caller)
    assert differing([by_name], [by_arn]) == []


def test_a_caller_without_its_source_is_found() -> None:
    caller = {"Action": "lambda:InvokeFunction", "Principal": "s3.amazonaws.com", "FunctionName": "${function f}"}
    before = one("AWS::Lambda::Permission", "a", SourceArn="arn:aws:s3:::${bucket media}", **caller)
    found = differing([before], [one("AWS::Lambda::Permission", "b", **caller)])
    assert ("function f", "Allow[service s3.amazonaws.com]", None, ("lambda:InvokeFunction",)) in found


def test_a_bucket_that_everyone_may_read_is_found() -> None:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": FILES}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    open_ = one("AWS::S3::BucketPolicy", "p", Bucket="${bucket media}", PolicyDocument=document)
    assert differing([], [open_]) == [("bucket media", "", None, "present")]


def test_of_a_slice_only_its_own_rights_are_asked_for() -> None:
    files = policy("files", "users", "s3:GetObject", owner="storage/media")
    api = policy("api", "users", "appsync:GraphQL", "arn:aws:appsync:*", owner="api/shop")
    assert differing([role("users"), files, api], [role("users"), files], asked=("storage/media",)) == []


def test_in_a_slice_a_right_that_no_part_of_gen1_gives_is_found() -> None:
    files = policy("files", "users", "s3:GetObject", owner="storage/media")
    more = policy("more", "users", "s3:DeleteObject", owner="storage/media")
    assert differing([role("users"), files], [role("users"), files, more], asked=("storage/media",)) != []


def test_a_role_that_stays_keeps_what_stays() -> None:
    files = policy("files", "users", "s3:GetObject", owner="storage/media")
    assert differing([role("users"), files], [], staying=("users", "storage/media")) == []


def test_a_role_that_stays_gets_what_is_made_anew() -> None:
    files = policy("files", "users", "s3:GetObject", owner="storage/media")
    assert differing([role("users"), files], [], staying=("users",)) == [("users", "", "present", None)]
    assert differing([role("users"), files], [files], staying=("users",)) == []


def test_what_belongs_to_features_that_are_not_compared_is_left_out() -> None:
    extra = replace(role("helper"), stack="unseen")
    assert differing(READER, [*READER, extra]) == []


def test_a_role_of_what_is_not_converted_is_not_missed() -> None:
    before = [role("f", "function/f"), policy("p", "f", "s3:GetObject", owner="function/f")]
    assert differing(before, [], by_hand=("function/f",)) == []


def test_a_role_made_by_hand_may_have_less_than_in_gen1() -> None:
    before = [role("f", "function/f"), policy("p", "f", ["s3:GetObject", "s3:PutObject"], owner="function/f")]
    after = [role("f"), policy("p", "f", "s3:GetObject", f"{FILES[:-1]}public/*")]
    assert differing(before, after, by_hand=("function/f",)) == []
    assert differing(before, [role("f")], by_hand=("function/f",)) == []


def test_a_role_made_by_hand_may_have_no_more_than_in_gen1() -> None:
    before = [role("f", "function/f"), policy("p", "f", "s3:GetObject", owner="function/f")]
    after = [role("f"), policy("p", "f", ["s3:GetObject", "s3:PutObject"]), policy("q", "f", "s3:GetObject", "*")]
    assert sorted(differing(before, after, by_hand=("function/f",))) == [
        ("f", "Allow[*]", None, ("s3:GetObject",)),
        ("f", f"Allow[{FILES}]", None, ("s3:PutObject",)),
    ]


def test_a_role_made_by_hand_is_refused_what_gen1_refuses() -> None:
    refused = policy("no", "f", "s3:*", owner="function/f", Effect="Deny")
    bound = {"PermissionsBoundary": "arn:aws:iam::123456789012:policy/bound"}
    found = differing([role("f", "function/f", **bound), refused], [role("f")], by_hand=("function/f",))
    assert sorted(attribute for _, attribute, _, gen2 in found if gen2 is None) == [
        f"Deny[{FILES}]",
        "PermissionsBoundary",
    ]


def test_a_role_made_by_hand_may_not_be_taken_by_others_than_in_gen1() -> None:
    anybody = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]}
    found = differing([role("f", "function/f")], [role("f", AssumeRolePolicyDocument=anybody)], by_hand=("function/f",))
    assert [attribute for _, attribute, gen1, _ in found if gen1 is None] == ["Trust[everyone]"]


def test_a_right_on_what_is_not_converted_yet_waits_for_it() -> None:
    bucket = one("AWS::S3::Bucket", "bucket media", owner="storage/media")
    assert differing([bucket, *READER], [role("reader")], waiting=("storage/media",)) == []
    assert differing([bucket, *READER], [role("reader")]) != []
