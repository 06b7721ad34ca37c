import path from 'node:path';
import type { Format } from '../document/split.ts';

/** Names of farm-email files, as a glob below any folder. */
export const farmEmailGlob = '**/{farm-email,*.farm-email}.{yaml,yml,json,jsonc}';

/** How a file is read, by its name; undefined where the name says nothing. */
export function formatOf(name: string): Format | undefined {
  const extension = path.extname(name).toLowerCase();
  if (extension === '.yaml' || extension === '.yml') return 'yaml';
  return extension === '.json' ? 'json' : extension === '.jsonc' ? 'jsonc' : undefined;
}
