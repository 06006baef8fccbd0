import { defineFunction } from '@aws-amplify/backend';

export const shippingquote = defineFunction({
  name: 'shippingquote',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 25,
  memoryMB: 256,
  resourceGroupName: 'data',
  environment: { ENV: process.env.AWS_BRANCH ?? 'sandbox' },
});
