import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Names in the central directory of a zip file, of the entries below `folder`. */
function entriesOf(zip: Buffer, folder: string): string[] {
  const names: string[] = [];
  const signature = Buffer.from('PK\u0001\u0002', 'latin1');
  for (let at = zip.indexOf(signature); at >= 0; at = zip.indexOf(signature, at + 46)) {
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)));
  }
  return names.filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length));
}

/** Every relative path the manifest names: `./dist/extension.js`, `images/icon.png` … */
function pathsOf(value: unknown): string[] {
  if (typeof value === 'string') return /^(\.\/|images\/)[\w./-]+$/.test(value) ? [posix.normalize(value)] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsOf) : [];
}

test('the VSIX holds all that its manifest names, and no source, map or test, in less than 1 MB', async () => {
  const vsix = await readFile(join(root, '.cache', 'farm-email.vsix'));
  expect(vsix.length).toBeLessThan(1_000_000);
  const entries = entriesOf(vsix, 'extension/');
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const path of pathsOf(manifest)) {
    expect(
      entries.some((entry) => entry === path || entry.startsWith(`${path}/`)),
      `${path} is in the VSIX`,
    ).toBe(true);
  }
  expect(entries).toEqual(
    expect.arrayContaining(['dist/server.js', 'schemas/config.schema.json', 'schemas/farm-email.schema.json']),
  );
  expect(entries.filter((entry) => /\.(ts|map|mjs)$|^(server|test|node_modules|\.)/.test(entry))).toEqual([]);
});
