import * as boilerplateVerify from './src/boilerplate-verify.js';

const modules = [boilerplateVerify];

export const handler = async (event, context) => {
  for (const module of modules) {
    await module.handler(event, context);
  }
  return event;
};
