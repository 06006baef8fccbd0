import { defineFunction } from '@aws-amplify/backend';

export const s3Trigger3fa91c20 = defineFunction({
  name: 'S3Trigger3fa91c20',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 25,
  memoryMB: 128,
  resourceGroupName: 'storage',
  environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
