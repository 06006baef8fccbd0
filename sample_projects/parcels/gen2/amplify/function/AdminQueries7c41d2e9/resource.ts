import { defineFunction } from '@aws-amplify/backend';

export const adminQueries7c41d2e9 = defineFunction({
  name: 'AdminQueries7c41d2e9',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 25,
  memoryMB: 128,
  environment: {
    GROUP: 'Dispatchers',
    ENV: process.env.AWS_BRANCH ?? 'sandbox',
  },
});
