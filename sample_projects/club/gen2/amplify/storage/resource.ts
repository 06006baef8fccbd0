import { defineStorage } from '@aws-amplify/backend';

export const storage = defineStorage({
  name: 'boathouse',
  keepOnDelete: true,
  access: (allow) => ({
    'public/*': [allow.authenticated.to(['read'])],
    'protected/{entity_id}/*': [
      allow.authenticated.to(['read']),
      allow.entity('identity').to(['read']),
    ],
    'private/{entity_id}/*': [allow.entity('identity').to(['read'])],
  }),
});
