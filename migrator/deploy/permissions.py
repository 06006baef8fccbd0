"""The permissions that a deployment to an account needs, as an IAM policy to paste.

CDK deploys with the roles of the bootstrap; the deployer only assumes them. What a feature adds is what is looked at
after it was deployed. https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html#bootstrapping-env-roles
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from migrator.deploy.backend_names import secret_prefixes, stack_name
from migrator.deploy.preflight import BOOTSTRAP_PARAMETER, BOOTSTRAP_STACK
from migrator.deploy.targets.interface import BackendIdentity
from migrator.verify.workspace import Mode

MANAGED = "arn:aws:iam::aws:policy/service-role/AmplifyBackendDeployFullAccess"
"""AWS's own policy for deploying with `ampx`.
https://docs.aws.amazon.com/amplify/latest/userguide/security-iam-awsmanpol.html"""
_FUNCTIONS = ("lambda:GetFunctionConfiguration", "lambda:GetPolicy", "lambda:ListEventSourceMappings")
_LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    "auth": (
        "cognito-idp:DescribeUserPool",
        "cognito-idp:DescribeUserPoolClient",
        "cognito-idp:DescribeIdentityProvider",
        "cognito-idp:GetUserPoolMfaConfig",
        "cognito-idp:ListGroups",
        "cognito-idp:ListIdentityProviders",
        "cognito-idp:ListUserPoolClients",
        "cognito-identity:DescribeIdentityPool",
        "cognito-identity:GetIdentityPoolRoles",
    ),
    "data": (
        "appsync:GetGraphqlApi",
        "appsync:GetIntrospectionSchema",
        "appsync:ListApiKeys",
        "appsync:ListDataSources",
        "appsync:ListFunctions",
        "appsync:ListResolvers",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTimeToLive",
    ),
    "storage": (
        "s3:GetBucketCORS",
        "s3:GetBucketNotification",
        "s3:GetBucketOwnershipControls",
        "s3:GetBucketPolicy",
        "s3:GetBucketPublicAccessBlock",
        "s3:GetBucketVersioning",
        "s3:GetEncryptionConfiguration",
        "s3:GetLifecycleConfiguration",
        "s3:ListBucket",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTimeToLive",
    ),
    "function": _FUNCTIONS,
    "rest-api": ("apigateway:GET", *_FUNCTIONS),
    "analytics": ("kinesis:DescribeStreamSummary", *_FUNCTIONS),
    "custom": _FUNCTIONS,
}
"""By feature, what the checks after it ask."""
_STACK = (
    "cloudformation:DescribeStacks",
    "cloudformation:DescribeStackEvents",
    "cloudformation:DescribeStackResources",
    "cloudformation:GetTemplate",
    "cloudformation:GetTemplateSummary",
    "cloudformation:ListStackResources",
)
_MENDED = ("cloudformation:ContinueUpdateRollback", "cloudformation:DeleteStack")
"""What brings a stack that failed to a state in which it can be deployed to; asked of that stack only."""
_SWAPPED = (
    "appsync:GetSchemaCreationStatus",
    "appsync:StartSchemaCreation",
    "appsync:UpdateApiKey",
    "appsync:UpdateFunction",
    "appsync:UpdateResolver",
    "lambda:UpdateFunctionCode",
    "lambda:UpdateFunctionConfiguration",
)
"""What `ampx sandbox` changes without CloudFormation, to be quick."""


def policy(identity: BackendIdentity, features: Iterable[str], region: str, account: str = "") -> dict[str, Any]:
    """The policy document; without an account's number, `*` stands in its place."""
    place = f"{region or '*'}:{account or '*'}"
    stack = f"arn:aws:cloudformation:{place}:stack/{stack_name(identity)}*"
    own, shared = secret_prefixes(identity)
    parameters = [f"arn:aws:ssm:{place}:parameter{prefix}*" for prefix in (own, shared)]
    sandbox = identity.mode is Mode.SANDBOX
    looked = sorted({action for feature in features for action in _LOOKED_AT.get(feature, ())})
    statements = [
        _allow("WhoAmI", ("sts:GetCallerIdentity",), "*"),
        _allow(
            "DeployWithTheRolesOfTheBootstrap",
            ("sts:AssumeRole",),
            f"arn:aws:iam::{account or '*'}:role/cdk-hnb659fds-*-{account or '*'}-{region or '*'}",
        ),
        _allow("SeeTheStack", _STACK, [stack, f"arn:aws:cloudformation:{place}:stack/{BOOTSTRAP_STACK}/*"]),
        _allow("MendTheStack", _MENDED, stack),
        _allow("SeeTheBootstrap", ("ssm:GetParameter",), f"arn:aws:ssm:{place}:parameter{BOOTSTRAP_PARAMETER}"),
        _allow("Secrets", _SECRETS if sandbox else _SECRETS[:3], parameters),
        _allow("SeeTheModel", ("s3:GetObject",), "arn:aws:s3:::amplify-*amplifydataamplifycod*/*"),
    ]
    if sandbox:
        statements.append(_allow("ChangeQuickly", _SWAPPED, "*"))
    else:
        app = f"arn:aws:amplify:{place}:apps/{identity.namespace}"
        statements.append(_allow("SeeTheBranch", ("amplify:GetApp", "amplify:GetBranch"), [app, f"{app}/branches/*"]))
    if looked:
        statements.append(_allow("LookAtWhatWasDeployed", looked, "*"))
    return {"Version": "2012-10-17", "Statement": statements}


_SECRETS = (
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "ssm:PutParameter",
    "ssm:DeleteParameter",
    "ssm:DeleteParameters",
)


def _allow(name: str, actions: Iterable[str], resources: str | list[str]) -> dict[str, Any]:
    return {"Sid": name, "Effect": "Allow", "Action": list(actions), "Resource": resources}
