import { defineFunction } from '@aws-amplify/backend';

export const nightlyreport = defineFunction({
  name: 'nightlyreport',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 120,
  memoryMB: 512,
  environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
