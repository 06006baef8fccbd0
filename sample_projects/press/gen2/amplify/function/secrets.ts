import { secret } from '@aws-amplify/backend';
import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

interface ReadingFunction {
  addEnvironment(key: string, value: string): void;
  readonly resources: { readonly lambda: IFunction };
}

/** Sets a variable to the path of a secret in Parameter Store, where the function may read it. */
export function setSecretPath(target: ReadingFunction, key: string, name: string): void {
  const { lambda } = target.resources;
  const said = (part: string) => lambda.node.getContext(`amplify-backend-${part}`);
  const backend = { namespace: said('namespace'), name: said('name'), type: said('type') };
  const path = secret(name).resolvePath(backend).branchSecretPath;
  target.addEnvironment(key, path);
  const parameter = { service: 'ssm', resource: 'parameter', resourceName: path.slice(1) };
  const actions = ['ssm:GetParameter', 'ssm:GetParameters'];
  lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [Stack.of(lambda).formatArn(parameter)] }));
}
