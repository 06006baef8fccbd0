import { defineFunction } from '@aws-amplify/backend';

export const tidewatch = defineFunction({
  name: 'tidewatch',
  entry: './handler.js',
  runtime: 20,
  timeoutSeconds: 25,
  memoryMB: 128,
  environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
