import * as emailFilterAllowlist from './src/email-filter-allowlist.js';

const modules = [emailFilterAllowlist];

export const handler = async (event, context) => {
  for (const module of modules) {
    await module.handler(event, context);
  }
  return event;
};
