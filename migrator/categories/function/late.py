"""`amplify/function/late.ts`: how values and rights reach functions without closing a circle of stacks."""

from __future__ import annotations

from migrator.categories.function.targets import FEATURE, key_of
from migrator.core.ref import ResourceRef
from migrator.engine.context import Context
from migrator.gen2.backend import Asset, Construct, Local
from migrator.typescript.build import arr, call, member, new
from migrator.typescript.nodes import Do, Expr, Member, Name, Stmt

STACK = "functionLinks"

LATE = """\
import type { secret } from '@aws-amplify/backend';
import type { Stack } from 'aws-cdk-lib';
import { Policy, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

interface LinkedFunction {
  addEnvironment(key: string, value: string | ReturnType<typeof secret>): void;
  readonly resources: { readonly lambda: IFunction };
}

/**
 * Links that would close a circle of stacks if they were made directly.
 *
 * The function's own stack names a path in Parameter Store, from which the function reads the value when it starts.
 * The parameters and policies are in a stack on which nothing depends.
 */
export class LateLinks {
  constructor(
    readonly stack: Stack,
    private readonly prefix: string,
  ) {}

  /** Sets a variable to a value that is known only after the function was made. */
  environment(target: LinkedFunction, name: string, key: string, value: string): void {
    const path = `/amplify/links/${this.prefix}/${name}/${key}`;
    new StringParameter(this.stack, `${name}-${key}`, { parameterName: path, stringValue: value });
    target.addEnvironment(key, {
      resolve: () => {
        throw new Error(`${path} is read when the function starts.`);
      },
      resolvePath: () => ({ branchSecretPath: path, sharedSecretPath: path }),
    });
  }

  /** Adds statements to the function's role, in a policy of their own. */
  policy(target: LinkedFunction, id: string, statements: PolicyStatement[]): Policy {
    const { role } = target.resources.lambda;
    if (!role) {
      throw new Error(`The function of ${id} has no role.`);
    }
    return new Policy(this.stack, id, { roles: [role], statements });
  }
}
"""


def links() -> Expr:
    """The one object that makes late links."""
    stack = call(member("backend", "createStack"), STACK)
    made = new(Name("LateLinks", f"amplify:{FEATURE}/late"), stack, member("backend", "stack.stackName"))
    return Local(Construct(FEATURE, "links", made))


def late_variable(ref: ResourceRef, name: str, value: Expr, context: Context) -> Stmt:
    """The statement that sets a variable late."""
    function = Member(Name("backend"), key_of(ref, context))
    return Do(call(Member(links(), "environment"), function, ref.name, name, value))


def late_policy(ref: ResourceRef, identifier: str, statements: list[Expr], context: Context) -> Expr:
    """The expression that adds statements late; its value is the policy."""
    function = Member(Name("backend"), key_of(ref, context))
    return call(Member(links(), "policy"), function, identifier, arr(statements))


def helper(rule: str) -> Asset:
    """The file that late links need."""
    return Asset(FEATURE, f"{FEATURE}/late.ts", LATE, rule)
