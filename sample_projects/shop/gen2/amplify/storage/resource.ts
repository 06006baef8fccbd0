import { defineStorage } from '@aws-amplify/backend';
import { s3Trigger3fa91c20 } from '../function/S3Trigger3fa91c20/resource';

export const storage = defineStorage({
  name: 'media',
  keepOnDelete: true,
  access: (allow) => ({
    'public/*': [
      allow.authenticated.to(['read', 'write', 'delete']),
      allow.guest.to(['read']),
    ],
    'protected/{entity_id}/*': [
      allow.authenticated.to(['read']),
      allow.guest.to(['read']),
      allow.entity('identity').to(['read', 'write', 'delete']),
    ],
    'private/{entity_id}/*': [
      allow.entity('identity').to(['read', 'write', 'delete']),
    ],
    'uploads/*': [allow.authenticated.to(['write'])],
  }),
  triggers: { onUpload: s3Trigger3fa91c20, onDelete: s3Trigger3fa91c20 },
});
