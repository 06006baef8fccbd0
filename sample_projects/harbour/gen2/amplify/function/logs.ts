import { ArnFormat, Lazy, Stack } from 'aws-cdk-lib';
import { CfnRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/** Lets a function write its own log group, in the place of every log group of the account. */
export function writeOwnLogs(target: IFunction): void {
  withoutAllLogs(target);
  const logGroup = Stack.of(target).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `/aws/lambda/${target.functionName}:log-stream:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
  const statements = [new PolicyStatement({ actions, resources: [logGroup] })];
  new Policy(target, 'Logs', { roles: [target.role!], statements });
}

/** Takes away the managed policy that CDK gives to every function: it allows to write all logs of the account. */
export function withoutAllLogs(target: IFunction): void {
  const role = target.role?.node.defaultChild;
  if (!(role instanceof CfnRole)) {
    throw new Error(`${target.node.path} has no role of its own.`);
  }
  const given = role.managedPolicyArns;
  const produce = () => {
    const arns: unknown[] = Stack.of(role).resolve(given) ?? [];
    return arns.filter((arn) => !isOfCdk(arn)) as string[];
  };
  role.managedPolicyArns = Lazy.list({ produce }, { omitEmpty: true });
}

/** Whether CDK attached a policy: it writes the partition as a reference. */
function isOfCdk(arn: unknown): boolean {
  return typeof arn !== 'string' && JSON.stringify(arn).includes('/AWSLambdaBasicExecutionRole');
}
