import { defineFunction } from '@aws-amplify/backend';

const clubTimezone: Record<string, string> = {
  dev: 'UTC',
  staging: 'Europe/Berlin',
  prod: 'Europe/Berlin',
};

export const outingreminder = defineFunction({
  name: 'outingreminder',
  entry: './handler.js',
  runtime: 18,
  timeoutSeconds: 25,
  memoryMB: 128,
  environment: {
    CLUB_TIMEZONE:
      clubTimezone[process.env.AWS_BRANCH ?? 'sandbox'] ?? 'Europe/Berlin',
    ENV: process.env.AWS_BRANCH ?? 'sandbox',
  },
});
