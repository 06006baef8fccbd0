import { defineFunction, secret } from '@aws-amplify/backend';

const senderAddress: Record<string, string> = {
  main: 'orders@example.com',
  dev: 'orders-dev@example.com',
};
const shopUrl: Record<string, string> = {
  main: 'https://papershop.example.com',
  dev: 'https://dev.papershop.example.com',
};

export const paymentnotice = defineFunction({
  name: 'paymentnotice',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 25,
  memoryMB: 128,
  resourceGroupName: 'data',
  environment: {
    SENDER_ADDRESS:
      senderAddress[process.env.AWS_BRANCH ?? 'sandbox'] ??
      'orders@example.com',
    SHOP_URL:
      shopUrl[process.env.AWS_BRANCH ?? 'sandbox'] ??
      'https://papershop.example.com',
    ENV: process.env.AWS_BRANCH ?? 'sandbox',
    PAYMENT_SIGNING_KEY: secret('PAYMENT_SIGNING_KEY'),
  },
});
