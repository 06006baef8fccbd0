import { a } from '@aws-amplify/backend';
import { quote } from '../function/quote/resource';

export const schema = a.schema({
  PrintOrder: a
    .model({
      title: a.string().required(),
      pages: a.integer().required(),
    })
    .authorization((allow) => [allow.owner()]),
  Customer: a
    .model({
      email: a.string().required(),
    })
    .authorization((allow) => [allow.owner()]),
  quote: a
    .query()
    .arguments({
      pages: a.integer().required(),
      copies: a.integer().required(),
    })
    .returns(a.float())
    .authorization((allow) => [allow.authenticated()])
    .handler(a.handler.function(quote)),
});
