import { defineFunction } from '@aws-amplify/backend';

export const depots = defineFunction({
  name: 'depots',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 25,
  memoryMB: 128,
  environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
