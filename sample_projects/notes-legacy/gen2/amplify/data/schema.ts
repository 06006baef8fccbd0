import { a } from '@aws-amplify/backend';

export const schema = a.schema({
  Mood: a.enum(['IDEA', 'TODO', 'DIARY']),
  Notebook: a
    .model({
      title: a.string().required(),
      colour: a.string(),
    })
    .authorization((allow) => [
      allow.owner(),
      allow.authenticated().to(['read']),
    ]),
  Note: a
    .model({
      notebookID: a.id().required(),
      title: a.string().required(),
      body: a.string(),
      mood: a.ref('Mood'),
      attachments: a.ref('Attachment').array(),
      remindAt: a.datetime(),
    })
    .authorization((allow) => [allow.owner()]),
  Attachment: a.customType({
    key: a.string().required(),
    contentType: a.string(),
    size: a.integer(),
  }),
});
