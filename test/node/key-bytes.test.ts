import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { readClientIdentity } from '../../server/src/node/client-identity.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { openWorkshop } from '../certificates/openssl.ts';
import { temporaryFolders } from '../temporary.ts';

/** Where the bytes of files were read into. */
const filled = vi.hoisted((): Uint8Array[] => []);
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  return {
    ...real,
    async open(...parameters: Parameters<typeof real.open>) {
      const handle = await real.open(...parameters);
      const read = handle.read.bind(handle) as (place: Uint8Array, ...more: readonly unknown[]) => unknown;
      const recording = (place: Uint8Array, ...more: readonly unknown[]) => {
        filled.push(place);
        return read(place, ...more);
      };
      return Object.assign(handle, { read: recording });
    },
  };
});

const temporaryFolder = temporaryFolders();

test('D24: a key file that is not used is overwritten at once', async () => {
  const workspace = temporaryFolder();
  const shop = openWorkshop();
  shop.chain();
  const parts = ['-in', 'client.pem', '-inkey', 'client.key', '-passout', 'pass:x', '-out', 'client.pfx'];
  shop.run('pkcs12', '-export', ...parts);
  writeFileSync(path.join(workspace, 'client.pfx'), shop.read('client.pfx'));
  writeFileSync(path.join(workspace, 'no-key.pem'), shop.text('client.pem'));
  shop.close();
  const read = (name: string, secret?: string) => {
    const place = { folder: workspace, workspace };
    return readClientIdentity(
      { name: 'smtp-client', path: name },
      place,
      secret === undefined ? secret : new Secret(secret),
    );
  };
  expect(await read('client.pfx')).toEqual({ kind: 'needsPassword' });
  expect(await read('client.pfx', 'wrong')).toMatchObject({ kind: 'refused', cause: 'password' });
  expect(await read('no-key.pem')).toMatchObject({ kind: 'refused' });
  expect(filled.length).toBeGreaterThanOrEqual(3);
  for (const place of filled) expect(place.every((byte) => byte === 0)).toBe(true);
});
