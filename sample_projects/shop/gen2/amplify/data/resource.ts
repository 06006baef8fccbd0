import { defineData } from '@aws-amplify/backend';
import { readFileSync } from 'node:fs';
import { shippingquote } from '../function/shippingquote/resource';
import { paymentnotice } from '../function/paymentnotice/resource';

export const data = defineData({
  name: 'papershop',
  schema: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  functions: {
    'shippingquote-${env}': shippingquote,
    'paymentnotice-${env}': paymentnotice,
  },
  authorizationModes: {
    defaultAuthorizationMode: 'userPool',
    apiKeyAuthorizationMode: {
      description: 'public catalogue',
      expiresInDays: 30,
    },
  },
});
