import { defineFunction } from '@aws-amplify/backend';
import { Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';
import { pip } from '../build';

export const quote = defineFunction(
  (scope) =>
    new Function(scope, 'quote', {
      code: pip(
        fileURLToPath(new URL('.', import.meta.url)),
        '3.12',
        'x86_64',
        '--no-deps'
      ),
      handler: 'amplify_handler.handler',
      runtime: Runtime.PYTHON_3_12,
      timeout: Duration.seconds(25),
      memorySize: 512,
      environment: {
        PAPER_PRICE: '0.04',
        ENV: process.env.AWS_BRANCH ?? 'sandbox',
      },
    }),
  { resourceGroupName: 'data' }
);
