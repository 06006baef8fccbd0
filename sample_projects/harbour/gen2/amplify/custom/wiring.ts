import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { fileURLToPath } from 'node:url';
import { RemovalPolicy } from 'aws-cdk-lib';
import type { Backend } from '../features';
import { PilotageStack } from './pilotage/resource';

/** What the custom feature sets beyond its definitions. */
export function wireCustom(backend: Backend) {
  const branch = process.env.AWS_BRANCH ?? 'sandbox';
  const pilotageStack = new PilotageStack(backend.stack, 'custom-pilotage', {
    branch,
    dependencies: {
      function: {
        tidewatch: { Arn: backend.tidewatch.resources.lambda.functionArn },
      },
    },
  });

  const registryContact: Record<string, string> = {
    dev: 'dev@harbour.example',
    main: 'office@harbour.example',
  };
  const registryStack = new CfnInclude(
    backend.createStack('custom-registry'),
    'registry',
    {
      templateFile: fileURLToPath(
        new URL('./registry/template.json', import.meta.url)
      ),
      parameters: {
        env: branch,
        retentionDays: '30',
        contact: registryContact[branch] ?? 'office@harbour.example',
        authharbourAuthUserPoolId: backend.auth.resources.userPool.userPoolId,
        storagechartsBucketName: backend.storage.resources.bucket.bucketName,
      },
    }
  );
  registryStack.getResource('Vessels').applyRemovalPolicy(RemovalPolicy.RETAIN);
  registryStack
    .getResource('Vessels')
    .addPropertyOverride('TableName', `vessels-${branch}-gen2`);
  registryStack
    .getResource('Pool')
    .addPropertyOverride('Name', `/harbour/${branch}/pool-gen2`);
  registryStack.getOutput('TableArn').exportName =
    `harbour-vessels-${branch}-gen2`;

  return { pilotageStack, registryStack };
}

export type CustomWiring = ReturnType<typeof wireCustom>;
