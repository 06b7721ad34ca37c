import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../server/src/certificates/', import.meta.url);
const files = readdirSync(folder);

test.each(files)('%s runs in a web worker: it imports nothing but its neighbours and names nothing of Node', (file) => {
  const source = readFileSync(new URL(file, folder), 'utf8');
  const imports = Array.from(
    source.matchAll(/\bfrom '([^']+)'|\bimport\('([^']+)'\)/g),
    (match) => match[1] ?? match[2] ?? '',
  );
  expect(imports.filter((each) => !each.startsWith('./'))).toEqual([]);
  expect(source).not.toMatch(/\b(process|Buffer|require|fetch)\b|\bnew Date\(\)|Date\.now/);
});
