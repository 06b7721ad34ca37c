import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { readCertificateFiles } from '../../server/src/node/certificate-files.ts';
import { isInside } from '../../server/src/node/files.ts';
import { openWorkshop } from '../certificates/openssl.ts';
import { temporaryFolders } from '../temporary.ts';

const temporaryFolder = temporaryFolders();

test.each([
  ['/farm', '/farm/certs/a.pfx', true],
  ['/farm', '/farm/..certs/a.pfx', true],
  ['/farm', '/farm', true],
  ['/farm', '/farm-other/a.pfx', false],
  ['/farm', '/', false],
  ['/farm', '/other/a.pfx', false],
])('in %s lies %s: %s', (folder, file, expected) => {
  expect(isInside(path.resolve(folder), path.resolve(file))).toBe(expected);
});

describe('the files that certificates name', () => {
  const settingsOf = (...certificates: readonly string[]) =>
    analyse('yaml', `certificates:\n${certificates.map((each) => `  - { ${each} }\n`).join('')}`, noSurroundings)
      .settings.common.certificates;

  async function readings(folder: string, environment: NodeJS.ProcessEnv, ...certificates: readonly string[]) {
    const named = settingsOf(...certificates);
    const certificate = await readCertificateFiles(named, { folder, workspace: folder, environment });
    return named.map((each) => certificate(each));
  }

  test('one file under two passwords is two readings, and another text with the same finds them too', async () => {
    const shop = openWorkshop();
    const folder = temporaryFolder();
    shop.selfSigned('a', ['-algorithm', 'rsa']);
    shop.run('pkcs12', '-export', '-in', 'a.pem', '-inkey', 'a.key', '-passout', 'pass:right', '-out', 'a.pfx');
    writeFileSync(path.join(folder, 'a.pfx'), shop.read('a.pfx'));
    shop.close();
    const environment = { FARM_EMAIL_A: 'right', FARM_EMAIL_B: 'wrong' };
    const certificates = ['A', 'B'].map((each) => `name: ${each}, path: a.pfx, password: "\${env:FARM_EMAIL_${each}}"`);
    const place = { folder, workspace: folder, environment };
    const certificate = await readCertificateFiles(settingsOf(...certificates), place);
    const kinds = settingsOf(...certificates, 'name: C, path: a.pfx').map((each) => certificate(each)?.kind);
    expect(kinds).toEqual(['read', 'unreadable', undefined]);
  });

  test('what lies outside is refused by its name, before anything of it is looked up', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'farm/..certs'), { recursive: true });
    writeFileSync(path.join(folder, 'farm/..certs/a.pem'), 'no certificate');
    writeFileSync(path.join(folder, 'outside.pem'), 'no certificate');
    symlinkSync(path.join(folder, 'outside.pem'), path.join(folder, 'farm/link.pem'));
    const outside = { kind: 'unreadable', reason: 'it lies outside the workspace' };
    const names = ['../nothing/a.pem', '../outside.pem', 'link.pem', 'nothing.pem', '..certs/a.pem'];
    const found = await readings(path.join(folder, 'farm'), {}, ...names.map((each) => `name: A, path: ${each}`));
    expect(found.slice(0, 4)).toEqual([outside, outside, outside, undefined]);
    expect(found[4]).toMatchObject({ kind: 'unreadable', reason: expect.not.stringContaining('workspace') });
  });
});
