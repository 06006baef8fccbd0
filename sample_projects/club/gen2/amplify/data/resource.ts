import { type ClientSchema, defineData } from '@aws-amplify/backend';
import type { schema } from './schema';
import { deployed } from './deployed';

export type Schema = ClientSchema<typeof schema>;

export const data = defineData({
  name: 'rowclub',
  schema: deployed,
  authorizationModes: { defaultAuthorizationMode: 'identityPool' },
});
