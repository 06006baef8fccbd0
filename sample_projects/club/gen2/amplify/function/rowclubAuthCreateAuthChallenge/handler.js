import * as boilerplateCreateChallenge from './src/boilerplate-create-challenge.js';

const modules = [boilerplateCreateChallenge];

export const handler = async (event, context) => {
  for (const module of modules) {
    await module.handler(event, context);
  }
  return event;
};
