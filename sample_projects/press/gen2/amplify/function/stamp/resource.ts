import { defineFunction } from '@aws-amplify/backend';
import { Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';
import { script } from '../build';

export const stamp = defineFunction(
  (scope) =>
    new Function(scope, 'stamp', {
      code: script(fileURLToPath(new URL('.', import.meta.url))),
      handler: 'stamp.handler',
      runtime: Runtime.PROVIDED_AL2023,
      timeout: Duration.seconds(25),
      memorySize: 128,
      environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
    }),
  { resourceGroupName: 'function' }
);
