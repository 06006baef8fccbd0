import { type CfnOutput, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Backend } from '../features';
import type { CustomWiring } from '../custom/wiring';
import { LateLinks } from './late';
import { writeOwnLogs } from './logs';

/** What the function feature sets beyond its definitions. */
export function wireFunction(backend: Backend, custom: CustomWiring): void {
  const links = new LateLinks(
    backend.createStack('functionLinks'),
    backend.stack.stackName
  );

  for (const target of [
    backend.berthing,
    backend.tidewatch,
  ]) {
    target.addEnvironment('REGION', backend.stack.region);
    writeOwnLogs(target.resources.lambda);
  }

  links.environment(
    backend.berthing,
    'berthing',
    'CUSTOM_PILOTAGE_REQUESTSURL',
    (custom.pilotageStack.node.findChild('RequestsUrl') as CfnOutput).value
  );
  backend.berthing.addEnvironment(
    'CUSTOM_REGISTRY_TABLENAME',
    Token.asString(custom.registryStack.getOutput('TableName').value)
  );
  links.policy(backend.berthing, 'berthing-AmplifyResourcesPolicy-1', [
    new PolicyStatement({
      actions: ['sqs:SendMessage'],
      resources: [
        (custom.pilotageStack.node.findChild('RequestsArn') as CfnOutput).value,
      ],
    }),
  ]);
  backend.berthing.resources.lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      resources: [
        Token.asString(custom.registryStack.getOutput('TableArn').value),
      ],
    })
  );
}
