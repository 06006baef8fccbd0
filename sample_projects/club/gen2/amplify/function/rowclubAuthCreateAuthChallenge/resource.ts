import { defineFunction } from '@aws-amplify/backend';

export const rowclubAuthCreateAuthChallenge = defineFunction({
  name: 'rowclubAuthCreateAuthChallenge',
  entry: './handler.js',
  runtime: 18,
  timeoutSeconds: 25,
  memoryMB: 128,
  resourceGroupName: 'auth',
  environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
