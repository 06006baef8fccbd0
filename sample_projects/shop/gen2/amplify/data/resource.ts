import { type ClientSchema, defineData } from '@aws-amplify/backend';
import type { schema } from './schema';
import { deployed } from './deployed';

export type Schema = ClientSchema<typeof schema>;

export const data = defineData({
  name: 'papershop',
  schema: deployed,
  authorizationModes: {
    defaultAuthorizationMode: 'userPool',
    apiKeyAuthorizationMode: {
      description: 'public catalogue',
      expiresInDays: 30,
    },
  },
});
