// node load_bundle.mjs BUNDLE EXPORT commonjs|module RESULT: loads a bundle and writes what became of it to RESULT as JSON.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { attempts, REFUSED } from './refuse.mjs';

const [bundle, name, format, result] = process.argv.slice(2);
process.argv.length = 1;
// Taken now: what is loaded may replace them. A bundle's timers would keep the process alive, hence the hard exit.
const { stringify } = JSON;
const write = writeFileSync;
const exit = process.reallyExit.bind(process);

const finish = (outcome) => {
  write(result, stringify({ error: '', code: '', stack: '', exports: [], kind: '', ...outcome, refused: attempts }));
  exit(0);
};
const told = (error) => {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.name}: ${error.message}${cause}`;
};
const fail = (error) =>
  finish({
    error: told(error),
    code: String(error?.code ?? ''),
    stack: String(error?.stack ?? ''),
  });

process.on('uncaughtException', (error) => {
  if (error?.code !== REFUSED) fail(error);
});

try {
  const loaded = format === 'module' ? await import(pathToFileURL(bundle).href) : createRequire(bundle)(bundle);
  const value = name.split('.').reduce((object, key) => object?.[key], loaded);
  finish({ exports: Object.keys(loaded ?? {}), kind: typeof value });
} catch (error) {
  fail(error);
}
