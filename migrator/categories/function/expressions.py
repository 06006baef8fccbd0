"""Texts of a function's template as TypeScript expressions."""

from __future__ import annotations

from migrator.categories.function.placeholders import STAGE, known_to, shortened, target
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen2.backend import Reference
from migrator.gen2.cdk import Placeholder, branch_name, environment, text
from migrator.typescript.build import member
from migrator.typescript.nodes import Expr, Member, Template


def placeholder(ref: ResourceRef, context: Context) -> Placeholder:
    """What `${…}` in the template of a function becomes."""
    known = known_to(context.graph.resources)

    def expression(name: str) -> Expr | None:
        if found := environment(name):
            return found
        if found_target := target(name, known):
            return _output(found_target.ref, found_target.attribute, context)
        if name == "AWS::StackName":
            return member("backend", "stack.stackName")
        if ":" in name:
            return None  # a variable of IAM, or something that only a deployment knows
        return _own(ref, name)

    return expression


_CONSTRUCTS = {
    "apiArn": ("api", "arn", "arn:aws:appsync:${AWS::Region}:${AWS::AccountId}:apis/", "GraphQLAPIIdOutput"),
    "bucketArn": ("bucket", "bucketArn", "arn:aws:s3:::", "BucketName"),
    "poolArn": (
        "userPool",
        "userPoolArn",
        "arn:aws:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/",
        "UserPoolId",
    ),
}
"""ARNs that are no outputs of Gen 1: the construct and its property, or what the ARN is put together of."""


def _output(ref: ResourceRef, attribute: str, context: Context) -> Expr:
    if attribute == STAGE and not context.converted(ref):
        return branch_name()
    if attribute not in _CONSTRUCTS:
        return Reference(ref, attribute)
    construct, name, prefix, output = _CONSTRUCTS[attribute]
    if context.converted(ref) and not context.reused(ref):
        return Member(Reference(ref, construct), name)
    return Template((*_parts(prefix), Reference(ref, output)))


def _parts(prefix: str) -> tuple[str | Expr, ...]:
    found = text(prefix, environment)
    return found.parts if isinstance(found, Template) else (prefix,)


def _own(ref: ResourceRef, name: str) -> Expr:
    """A resource of the function's own template, or a parameter whose value no file knows."""
    function = Reference(ref, "lambda")
    own: dict[str, Expr] = {
        "LambdaFunction": Member(function, "functionName"),
        "LambdaFunction.Arn": Member(function, "functionArn"),
        "LambdaExecutionRole": member(function, "role!.roleName"),
        "LambdaExecutionRole.Arn": member(function, "role!.roleArn"),
    }
    return own.get(name) or Reference(ref, name)


def expression_of(value: str, ref: ResourceRef, context: Context) -> Expr:
    """The text as an expression."""
    return text(shortened(value), placeholder(ref, context))
