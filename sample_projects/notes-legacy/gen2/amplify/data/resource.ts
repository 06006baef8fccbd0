import { defineData } from '@aws-amplify/backend';
import { readFileSync } from 'node:fs';

export const data = defineData({
  name: 'marginalia',
  schema: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  authorizationModes: { defaultAuthorizationMode: 'userPool' },
});
