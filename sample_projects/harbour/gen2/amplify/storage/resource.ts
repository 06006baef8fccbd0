import { defineStorage } from '@aws-amplify/backend';

export const storage = defineStorage({
  name: 'charts',
  keepOnDelete: true,
  access: (allow) => ({
    'public/*': [
      allow.authenticated.to(['read', 'write']),
      allow.guest.to(['read']),
    ],
    'protected/{entity_id}/*': [
      allow.authenticated.to(['read']),
      allow.guest.to(['read']),
      allow.entity('identity').to(['read', 'write']),
    ],
    'private/{entity_id}/*': [allow.entity('identity').to(['read', 'write'])],
    'uploads/*': [allow.authenticated.to(['write'])],
  }),
});
