import { defineFunction } from '@aws-amplify/backend';

export const orderstream = defineFunction({
  name: 'orderstream',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 60,
  memoryMB: 128,
  environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
