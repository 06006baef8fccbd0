import * as custom from './src/custom.js';

const modules = [custom];

export const handler = async (event, context) => {
  for (const module of modules) {
    await module.handler(event, context);
  }
  return event;
};
