import { defineFunction } from '@aws-amplify/backend';
import { Function, Runtime, Architecture } from 'aws-cdk-lib/aws-lambda';
import { fileURLToPath } from 'node:url';
import { Duration, Size } from 'aws-cdk-lib';
import { gradle } from '../build';

export const binder = defineFunction(
  (scope) =>
    new Function(scope, 'binder', {
      code: gradle(fileURLToPath(new URL('.', import.meta.url))),
      handler: 'example.Binder::handleRequest',
      runtime: Runtime.JAVA_17,
      timeout: Duration.seconds(60),
      memorySize: 1024,
      ephemeralStorageSize: Size.mebibytes(1024),
      architecture: Architecture.ARM_64,
      environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
    }),
  { resourceGroupName: 'function' }
);
