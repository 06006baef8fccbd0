import * as addToGroup from './src/add-to-group.js';

const modules = [addToGroup];

export const handler = async (event, context) => {
  for (const module of modules) {
    await module.handler(event, context);
  }
  return event;
};
