import { defineFunction } from '@aws-amplify/backend';

export const notesexport = defineFunction({
  name: 'notesexport',
  entry: './handler.js',
  runtime: 22,
  timeoutSeconds: 25,
  memoryMB: 256,
  environment: {
    EXPORT_FORMAT: 'markdown',
    ENV: process.env.AWS_BRANCH ?? 'sandbox',
  },
});
