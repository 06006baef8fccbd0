import { defineFunction } from '@aws-amplify/backend';
import { Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';
import { go } from '../build';

export const ledger = defineFunction(
  (scope) =>
    new Function(scope, 'ledger', {
      code: go(fileURLToPath(new URL('.', import.meta.url)), 'amd64'),
      handler: 'bootstrap',
      runtime: Runtime.PROVIDED_AL2023,
      timeout: Duration.seconds(25),
      memorySize: 128,
      environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
    }),
  { resourceGroupName: 'function' }
);
