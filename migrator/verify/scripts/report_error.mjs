// Preloaded before a backend is synthesized: writes the error that ends the process to $MIGRATE_ERROR_FILE as JSON.
import { writeFileSync } from 'node:fs';

const file = process.env.MIGRATE_ERROR_FILE;
delete process.env.MIGRATE_ERROR_FILE;

const text = (value) => (typeof value === 'string' ? value : '');

const describe = (error, depth = 0) => ({
  name: text(error?.name),
  message: text(error?.message) || String(error),
  resolution: text(error?.resolution),
  details: text(error?.details),
  stack: text(error?.stack),
  cause: error?.cause && depth < 8 ? describe(error.cause, depth + 1) : null,
});

process.on('uncaughtExceptionMonitor', (error) => writeFileSync(file, JSON.stringify(describe(error))));
