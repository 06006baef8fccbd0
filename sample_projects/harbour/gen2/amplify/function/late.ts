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
