import { defineFunction } from '@aws-amplify/backend';

export const papershopAuthPostConfirmation = defineFunction({
  name: 'papershopAuthPostConfirmation',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 25,
  memoryMB: 128,
  resourceGroupName: 'auth',
  environment: { GROUP: '', ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
