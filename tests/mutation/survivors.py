"""Why a mutant that no check finds is none: it deploys the same, or what it changes is nobody's setting.

Each reason has a name, and the places that it holds for: type, place and operator, as regular expressions. A survivor
without a reason is a defect of a check.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from tests.mutation.operators import Mutant

_ORDER = "an element twice|another order"
_RIGHTS = "AWS::IAM::.*|AWS::S3::BucketPolicy"


class Reason(Struct, frozen=True):
    """A reason to survive; `kind`, `pattern`, `operator` and `old` (what stood there, as JSON) are regular expressions
    for the whole of each."""

    name: str
    why: str
    kind: str
    pattern: str
    operator: str = ".*"
    old: str = ".*"

    def holds(self, mutant: Mutant) -> bool:
        """Whether it is the reason of this mutant."""
        said = (
            (self.kind, mutant.kind),
            (self.pattern, mutant.pattern),
            (self.operator, mutant.operator),
            (self.old, mutant.old),
        )
        return all(re.fullmatch(wanted, found) for wanted, found in said)


def default(kind: str, pattern: str, value: str) -> Reason:
    """A property that says what CloudFormation takes without it."""
    return Reason("default", f"it says what holds without it: {value}", kind, pattern, "drop a key|drop an element")


REASONS: tuple[Reason, ...] = (
    Reason(
        "tags-of-the-stack",
        "tags of the stack reach every resource, whether its template repeats them or not",
        ".*",
        r"(UserPool|IdentityPool)?Tags(\[[^\]]*\]|\.[^.]*)?",
        "drop a key|drop an element|an element twice|another order",
    ),
    Reason(
        "tags-of-the-tools",
        "tags by which the tools tell what they made",
        ".*",
        r"(UserPool|IdentityPool)?Tags(\[amplify:[^\]]*\].*|\.amplify:[^.]*)",
    ),
    Reason("refused-by-aws", "a tag has a value", ".*", r"(UserPool|IdentityPool)?Tags\[[^\]]*\]\.Value", "drop a key"),
    Reason(
        "for-tools-alone",
        "what lists and logs of the tools are made of: neither clients nor generated code take it",
        "Output",
        "deploymentType|region|definedFunctions",
    ),
    Reason(
        "for-tools-alone", "nothing reads it yet; what it says is compared", "Output", "oauthClientId", "drop a key"
    ),
    Reason(
        "nothing-to-tell",
        "an empty list, and ways without a password that are off, are what clients take where nothing is said",
        "Output",
        "usernameAttributes|mfaTypes|passwordlessOptions",
        "drop a key",
        r'"(\[\]|\{(\\"\w+\\":(false|\\"\\"),?)*\})?"',
    ),
    Reason(
        "order-of-creation", "when a resource is made, not what it is; `cycles` looks at it", ".*", r"DependsOn(\[\])?"
    ),
    Reason(
        "sets",
        "the order of a set, and an element said twice",
        "AWS::Cognito::UserPool(Client)?",
        r"(?!CognitoId).*",
        _ORDER,
    ),
    Reason(
        "sets",
        "the order of a set, and an element said twice",
        "AWS::Cognito::IdentityPool",
        "CognitoIdentityProviders",
        "another order",
    ),
    Reason(
        "sets",
        "the order of a set, and an element said twice",
        "AWS::S3::Bucket",
        r"CorsConfiguration\.CorsRules\[\]\..*",
        _ORDER,
    ),
    Reason("sets", "the order of a set, and an element said twice", "AWS::Lambda::Function", "Architectures", _ORDER),
    Reason(
        "sets",
        "the order of a set: each says what it is",
        "(Custom|AWS)::.*Table",
        r".*([kK]eySchema|[iI]ndexes|[dD]efinitions)",
        "another order",
    ),
    Reason("sets", "a mode said twice", "AWS::AppSync::GraphQLApi", "AdditionalAuthenticationProviders", _ORDER),
    Reason(
        "sets",
        "the order of a set",
        "Custom::S3BucketNotifications",
        r"NotificationConfiguration\.LambdaFunctionConfigurations",
        "another order",
    ),
    Reason(
        "two-spellings",
        "the same text stands in VerificationMessageTemplate and in an older property",
        "AWS::Cognito::UserPool",
        r"EmailVerification(Message|Subject)|SmsVerificationMessage|VerificationMessageTemplate(\..*)?",
        "drop a key",
    ),
    default("AWS::Cognito::UserPool", r"AdminCreateUserConfig(\..*)?", "users may sign up"),
    default("AWS::Cognito::UserPool", r"Schema\[\]\.(Mutable|Required)", "mutable, not required"),
    default("AWS::Cognito::UserPool", r"Schema\[\]", "a standard attribute that is as every pool has it"),
    default("AWS::Cognito::UserPool", r"UsernameConfiguration(\..*)?", "capital letters do not count"),
    default("AWS::Cognito::UserPool", r"Policies\.PasswordPolicy\.Require\w+", "not required"),
    default("AWS::Cognito::UserPoolClient", "ExplicitAuthFlows", "the three flows"),
    default("AWS::Cognito::UserPoolClient", r"TokenValidityUnits(\..*)?", "days"),
    default("AWS::Cognito::UserPoolClient", "GenerateSecret|AllowedOAuthFlowsUserPoolClient", "none"),
    default("AWS::Cognito::IdentityPool", "SupportedLoginProviders", "none"),
    default("AWS::Events::Rule", "State", "enabled"),
    Reason("target-ids", "ids of the targets of a schedule", "AWS::Events::Rule", r"Targets\[\]\.Id"),
    default("AWS::Lambda::Function", r"Architectures(\[\])?", "x86_64"),
    default("AWS::Lambda::Function", r"EphemeralStorage(\.Size)?", "512 MB"),
    default("AWS::Lambda::Function", "MemorySize", "128 MB"),
    default("AWS::Lambda::Function", r"Environment\.Variables\.AMPLIFY_SSM_ENV_CONFIG", "no late values"),
    Reason(
        "address-of-code",
        "where CDK puts the code; `bundles` loads what the address leads to",
        "AWS::Lambda::(Function|LayerVersion)",
        r"(Code|Content)(\..*)?",
    ),
    Reason("table-manager", "the function that makes the table", "Custom::AmplifyDynamoDBTable", "ServiceToken"),
    Reason(
        "on-demand",
        "capacity of a table that is on demand",
        "Custom::AmplifyDynamoDBTable",
        r"(globalSecondaryIndexes\[\]\.)?provisionedThroughput",
    ),
    default("Custom::AmplifyDynamoDBTable", "deletionProtectionEnabled|sseSpecification.*|pointInTime.*", "off"),
    Reason(
        "table-manager",
        "how a table may be changed later, not what it is",
        "Custom::AmplifyDynamoDBTable",
        "allowDestructiveGraphqlSchemaUpdates|replaceTableUponGsiUpdate",
        "drop a key",
    ),
    Reason("default", "as long as Cognito asks for", "Output", "passwordPolicyMinLength", "drop a key", '"8"'),
    Reason(
        "names",
        "a name that others use by reference; rules accept another one",
        "AWS::AppSync::(DataSource|GraphQLApi|FunctionConfiguration)|AWS::IAM::(Policy|ManagedPolicy|Role)",
        "Name|PolicyName",
    ),
    Reason("unused", "a step that no pipeline has", "AWS::AppSync::FunctionConfiguration", "", "a second one"),
    Reason(
        "helper-of-buckets",
        "the function that ties the bucket to its trigger",
        "Custom::S3BucketNotifications",
        "ServiceToken",
    ),
    default("Custom::S3BucketNotifications", "Managed|SkipDestinationValidation", "CDK's own switch"),
    Reason(
        "helper-of-buckets", "CDK's own switch", "Custom::S3BucketNotifications", "Managed|SkipDestinationValidation"
    ),
    default("AWS::AppSync::GraphQLApi", r"UserPoolConfig\.AwsRegion", "the region of the API"),
    Reason("sets", "the order of statements, actions, resources and principals", _RIGHTS, r"(?!.*Fn::).*", _ORDER),
    Reason("sets", "the same right given twice", f"{_RIGHTS}|AWS::Lambda::Permission", "", "a second one"),
    Reason(
        "refused-by-aws",
        "IAM takes no such document",
        _RIGHTS,
        r".*(Version|Effect|Statement\[\]\.Action)",
        "another text|drop a key",
    ),
    Reason(
        "refused-by-aws", "a policy has to say it", "AWS::S3::BucketPolicy", "Bucket|PolicyDocument.*", "drop a key"
    ),
    Reason(
        "names",
        "descriptions and paths of policies",
        "AWS::IAM::(ManagedPolicy|Role|Policy)",
        "Description|Path|RoleName|.*PolicyName",
    ),
    Reason(
        "as-in-gen-1",
        "what Gen 2 refuses beyond Gen 1",
        "AWS::S3::BucketPolicy",
        r"(PolicyDocument(\.Statement(\[\])?)?)?",
        "drop.*",
    ),
    Reason(
        "subsumed",
        "`public/` beside `public/*` in the same list",
        "AWS::IAM::.*",
        r".*StringLike\.s3:prefix\[\]",
        "another text|drop an element",
        r'".*/"',
    ),
    Reason(
        "as-in-gen-1",
        "the mode that Gen 2 adds",
        "AWS::AppSync::GraphQLApi",
        r"AdditionalAuthenticationProviders\[\]",
        "drop an element",
    ),
    Reason("days", "the key's life is compared in days", "AWS::AppSync::ApiKey", "Expires", "one more|one less"),
    Reason(
        "token-without-groups",
        "a role mapping that falls back to the role of users where no group has a role",
        "AWS::Cognito::IdentityPoolRoleAttachment",
        r"RoleMappings(\.[^.]+(\.IdentityProvider(\..*)?)?)?",
    ),
)


def explained(mutant: Mutant) -> Reason | None:
    """Why a mutant survives; None when nothing says it."""
    return next((reason for reason in REASONS if reason.holds(mutant)), None)


def unexplained(survivors: Iterable[Mutant]) -> tuple[Mutant, ...]:
    """Survivors that nothing explains: defects."""
    return tuple(one for one in survivors if explained(one) is None)
