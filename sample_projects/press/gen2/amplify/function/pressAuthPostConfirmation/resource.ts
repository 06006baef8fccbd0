import { defineFunction } from '@aws-amplify/backend';
import { Function, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';

export const pressAuthPostConfirmation = defineFunction(
  (scope) =>
    new Function(scope, 'pressAuthPostConfirmation', {
      code: Code.fromAsset(fileURLToPath(new URL('./src', import.meta.url)), {
        exclude: ['__pycache__'],
      }),
      handler: 'amplify_handler.handler',
      runtime: Runtime.PYTHON_3_13,
      timeout: Duration.seconds(25),
      memorySize: 128,
      environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
    }),
  { resourceGroupName: 'auth' }
);
