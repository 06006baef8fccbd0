import { a } from '@aws-amplify/backend';

export const schema = a.schema({
  Berth: a
    .model({
      quay: a.string().required(),
      vessel: a.string(),
    })
    .authorization((allow) => [allow.authenticated()]),
});
