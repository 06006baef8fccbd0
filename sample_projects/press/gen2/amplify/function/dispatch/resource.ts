import { defineFunction } from '@aws-amplify/backend';

export const dispatch = defineFunction({
  name: 'dispatch',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 25,
  memoryMB: 128,
  environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
