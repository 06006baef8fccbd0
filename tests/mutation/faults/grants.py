"""What users, guests, groups and functions may do."""

from __future__ import annotations

import json
from typing import Any

from migrator.verify.results import Check
from tests.mutation.edits import GONE, Change, add, drop, put
from tests.mutation.fault import Fault

GRANTS = Check.GRANTS
USERS = ".*--storageAccess5"
GUESTS = ".*--storageAccess6"
COMMITTEE = "storage/CommitteeGroupPolicy"
COACHES = "storage/CoachesGroupPolicy"
MAIL = "auth/Committee-committee-mail"
REPORT = "function/nightlyreport-lambda/ServiceRole"
POLICY = f"{REPORT}/DefaultPolicy"
USER_ROLE = "auth/amplifyAuth/authenticatedUserRole"
STATEMENTS = "PolicyDocument.Statement"
TRUST = "AssumeRolePolicyDocument.Statement[0]"
TOLD = "auth/amplifyAuth/UserPool/PostConfirmationCognito"
NOTHING_PLAIN = "storage/media/Bucket/Policy"
OWN = "${cognito-identity.amazonaws.com:sub}"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def said(where: str, old: str, new: str) -> Change:
    """Another text everywhere in the statements of a policy."""

    def change(statements: Any) -> Any:
        text = json.dumps(statements)
        if old not in text:
            raise LookupError(f"{where} does not say {old}")
        return json.loads(text.replace(old, new))

    return put(where, STATEMENTS, change)


def more(where: str, action: str | list[str], resource: Any) -> Change:
    """A statement more."""
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return put(where, STATEMENTS, lambda found: [*found, statement])


def without(where: str, number: int) -> Change:
    """A statement less."""
    return put(where, f"{STATEMENTS}[{number}]", GONE)


def everyone(action: str) -> dict[str, Any]:
    """A policy of the bucket that lets everyone do something with its files."""
    files = {"Fn::Join": ["", [{"Fn::GetAtt": ["mediaBucket9F5DE49B", "Arn"]}, "/*"]]}
    statement = {"Effect": "Allow", "Action": action, "Principal": "*", "Resource": files}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    properties = {"Bucket": {"Ref": "mediaBucket9F5DE49B"}, "PolicyDocument": document}
    return {"Type": "AWS::S3::BucketPolicy", "Properties": properties}


ANY_CALLER = {
    "Type": "AWS::Lambda::Permission",
    "Properties": {
        "Action": "lambda:InvokeFunction",
        "Principal": "*",
        "FunctionName": {"Fn::GetAtt": ["nightlyreportlambdaBA791FA9", "Arn"]},
    },
}
SOMEBODY = {"Type": "AWS::IAM::User", "Properties": {"ManagedPolicyArns": [ADMIN]}}

FAULTS = (
    Fault(
        "`entity` is lost: all private files are everyone's",
        GRANTS,
        "shop",
        said(USERS, f"/private/{OWN}/*", "/private/*"),
    ),
    Fault(
        "`entity` is lost: all protected files can be written",
        GRANTS,
        "shop",
        said(USERS, f"/protected/{OWN}/*", "/protected/*"),
    ),
    Fault("private files are listed", GRANTS, "shop", said(USERS, f"private/{OWN}/*", "private/*")),
    Fault("files are listed without a condition", GRANTS, "shop", put(USERS, f"{STATEMENTS}[1].Condition", GONE)),
    Fault("users may delete no longer", GRANTS, "shop", without(USERS, 3)),
    Fault("uploads are refused", GRANTS, "shop", said(USERS, "/uploads/*", "/upload/*")),
    Fault("users get the whole bucket", GRANTS, "shop", said(USERS, "/public/*", "/*")),
    Fault("guests may write", GRANTS, "shop", said(GUESTS, "s3:GetObject", "s3:PutObject")),
    Fault("guests may do all with files", GRANTS, "shop", said(GUESTS, "s3:GetObject", "s3:*")),
    Fault("guests are refused what they read", GRANTS, "shop", without(GUESTS, 0)),
    Fault("guests get the rights of users", GRANTS, "shop", more(GUESTS, "s3:DeleteObject", "*")),
    Fault("a group may delete", GRANTS, "club", said(COACHES, "s3:GetObject", "s3:DeleteObject")),
    Fault("a group's right is lost", GRANTS, "club", without(COMMITTEE, 1)),
    Fault(
        "a group's rights go to another",
        GRANTS,
        "club",
        put(MAIL, "Roles", [{"Ref": "amplifyAuthCoachesGroupRole3979EAC8"}]),
    ),
    Fault(
        "a group sends mail from any address", GRANTS, "club", said(MAIL, "identity/rowclub.example.org", "identity/*")
    ),
    Fault("an action more for a function", GRANTS, "shop", more(POLICY, "dynamodb:DeleteTable", "*")),
    Fault("all actions for a function", GRANTS, "shop", said(POLICY, "lambda:Invoke*", "lambda:*")),
    Fault("a function may do it anywhere", GRANTS, "shop", put(POLICY, f"{STATEMENTS}[1].Resource", "*")),
    Fault("a function may do nothing", GRANTS, "shop", drop(POLICY)),
    Fault("a function is refused what it was allowed", GRANTS, "shop", put(POLICY, f"{STATEMENTS}[0].Effect", "Deny")),
    Fault(
        "all but what is named",
        GRANTS,
        "shop",
        put(POLICY, f"{STATEMENTS}[0]", lambda one: {("NotAction" if k == "Action" else k): v for k, v in one.items()}),
    ),
    Fault("a function is an administrator", GRANTS, "shop", put(REPORT, "ManagedPolicyArns", [ADMIN])),
    Fault("a function writes no logs", GRANTS, "shop", drop("function/nightlyreport-lambda/Logs")),
    Fault(
        "a policy within the role",
        GRANTS,
        "shop",
        put(
            REPORT,
            "Policies",
            [
                {
                    "PolicyName": "p",
                    "PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]},
                }
            ],
        ),
    ),
    Fault("anybody may take the role of users", GRANTS, "shop", put(USER_ROLE, f"{TRUST}.Principal", "*")),
    Fault(
        "guests may take the role of users",
        GRANTS,
        "shop",
        put(
            USER_ROLE,
            f"{TRUST}.Condition",
            lambda said_: {k: v for k, v in said_.items() if k != "ForAnyValue:StringLike"},
        ),
    ),
    Fault(
        "identities of any pool",
        GRANTS,
        "shop",
        put(USER_ROLE, f"{TRUST}.Condition", lambda said_: {k: v for k, v in said_.items() if k != "StringEquals"}),
    ),
    Fault(
        "another account may take a function's role",
        GRANTS,
        "shop",
        put(REPORT, f"{TRUST}.Principal", {"AWS": "arn:aws:iam::999999999999:root"}),
    ),
    Fault("the pool may not call its trigger", GRANTS, "shop", drop(TOLD)),
    Fault("any pool may call the trigger", GRANTS, "shop", drop(TOLD, "SourceArn")),
    Fault("anybody may call a function", GRANTS, "shop", add("function/nightlyreport-lambda", "Open", ANY_CALLER)),
    Fault(
        "the schedule may not call its function",
        GRANTS,
        "shop",
        drop("function/nightlyreport-CloudWatchEvent/AllowEventRule.*"),
    ),
    Fault(
        "the bucket is open to everyone", GRANTS, "shop", add("storage/media/Bucket", "Open", everyone("s3:GetObject"))
    ),
    Fault("callers of the API with IAM", GRANTS, "club", said("data/rowclub/AuthRolePolicy01", '"Outing"', '"*"')),
    Fault(
        "a function calls mutations no longer",
        GRANTS,
        "club",
        said("function/outingreminder-lambda/ServiceRole/DefaultPolicy", "/types/Mutation/*", "/types/Nothing/*"),
    ),
    Fault(
        "a function manages users it may not",
        GRANTS,
        "club",
        said("auth/AddToGroupCognito", "cognito-idp:GetGroup", "cognito-idp:AdminDeleteUser"),
    ),
    Fault("a user of AWS more", GRANTS, "shop", add("function/nightlyreport-lambda", "Somebody", SOMEBODY)),
    Fault("the bucket refuses encrypted requests", GRANTS, "shop", said(NOTHING_PLAIN, '"false"', '"true"')),
    Fault("the bucket allows what it refused", GRANTS, "shop", put(NOTHING_PLAIN, f"{STATEMENTS}[0].Effect", "Allow")),
    Fault("the bucket refuses users", GRANTS, "shop", put(NOTHING_PLAIN, f"{STATEMENTS}[0].Condition", GONE)),
)
