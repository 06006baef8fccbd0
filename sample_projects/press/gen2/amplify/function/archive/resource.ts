import { defineFunction } from '@aws-amplify/backend';
import { Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';
import { dotnet } from '../build';

export const archive = defineFunction(
  (scope) =>
    new Function(scope, 'archive', {
      code: dotnet(fileURLToPath(new URL('.', import.meta.url)), 'x64'),
      handler: 'archive::archive.Shelf::LambdaHandler',
      runtime: Runtime.DOTNET_8,
      timeout: Duration.seconds(25),
      memorySize: 128,
      environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
    }),
  { resourceGroupName: 'function' }
);
