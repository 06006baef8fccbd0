import { defineFunction } from '@aws-amplify/backend';

export const rowclubAuthPostConfirmation = defineFunction({
  name: 'rowclubAuthPostConfirmation',
  entry: './handler.js',
  runtime: 18,
  timeoutSeconds: 25,
  memoryMB: 128,
  resourceGroupName: 'auth',
  environment: { GROUP: 'Members', ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
