import * as boilerplateDefineChallenge from './src/boilerplate-define-challenge.js';

const modules = [boilerplateDefineChallenge];

export const handler = async (event, context) => {
  for (const module of modules) {
    await module.handler(event, context);
  }
  return event;
};
