import { readFileSync } from 'node:fs';

/** The text of a resolver template in this folder. */
export const template = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
