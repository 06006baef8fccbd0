import { defineFunction } from '@aws-amplify/backend';

const domainallowlist: Record<string, string> = {
  dev: 'rowclub.example.org,example.net,example.com',
  staging: 'rowclub.example.org,example.net',
  prod: 'rowclub.example.org,example.net',
};

export const rowclubAuthPreSignup = defineFunction({
  name: 'rowclubAuthPreSignup',
  entry: './handler.js',
  runtime: 18,
  timeoutSeconds: 25,
  memoryMB: 128,
  resourceGroupName: 'auth',
  environment: {
    DOMAINDENYLIST: '',
    DOMAINALLOWLIST:
      domainallowlist[process.env.AWS_BRANCH ?? 'sandbox'] ??
      'rowclub.example.org,example.net',
    ENV: process.env.AWS_BRANCH ?? 'sandbox',
  },
});
