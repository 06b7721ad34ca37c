import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAuthorities } from '../../server/src/node/authorities.ts';
import { openWorkshop, type Workshop } from '../certificates/openssl.ts';
import { type Authority, makeAuthority } from '../servers/authority.ts';
import { tlsServer } from '../servers/tls-servers.ts';
import { outcomeOf, shakeHands } from '../smtp/handshake.ts';
import { temporaryFolders } from '../temporary.ts';

const temporaryFolder = temporaryFolders();
let shop: Workshop;
let folder: string;
let root: Authority;
let other: Authority;

beforeAll(async () => {
  shop = openWorkshop();
  shop.chain();
  folder = temporaryFolder();
  [root, other] = await Promise.all([makeAuthority(), makeAuthority('CN=Other Root')]);
});
afterAll(() => shop.close());

function put(name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const refused = (file: string, reason: string) => ({ kind: 'refused', reason: `${file} ${reason}` });
const wanted = 'Give the certificate of the CA in PEM or DER form.';

describe('authorities that the user names', () => {
  test('none', async () => {
    expect(await readAuthorities([])).toEqual({ kind: 'authorities', pem: [] });
  });

  test('in PEM, in DER, several in a file, each once', async () => {
    const bundle = put('bundle.pem', `# our own\n${root.certificate}${other.certificate}${root.certificate}`);
    expect(await readAuthorities([bundle])).toEqual({
      kind: 'authorities',
      pem: [root.certificate, other.certificate],
    });
    shop.run('x509', '-in', 'root.pem', '-outform', 'DER', '-out', 'root.cer');
    const der = put('root.cer', shop.read('root.cer'));
    const reading = await readAuthorities([der, bundle]);
    expect(reading).toEqual({
      kind: 'authorities',
      pem: [shop.text('root.pem'), root.certificate, other.certificate],
    });
  });

  test('by a path relative to the current folder', async () => {
    const file = path.relative(process.cwd(), put('root.pem', root.certificate));
    expect(await readAuthorities([file])).toMatchObject({ kind: 'authorities' });
  });

  test('as Windows PowerShell writes PEM, and as base64 alone', async () => {
    const utf16 = put('utf16.pem', new Uint8Array(Buffer.from(`\ufeff${root.certificate}`, 'utf16le')));
    const bare = put('bare.cer', root.certificate.replace(/-----.*-----/g, ''));
    expect(await readAuthorities([utf16, bare])).toEqual({ kind: 'authorities', pem: [root.certificate] });
  });

  test('a CA that is no root', async () => {
    expect(await readAuthorities([put('issuing.pem', shop.text('issuing.pem'))])).toEqual({
      kind: 'authorities',
      pem: [shop.text('issuing.pem')],
    });
  });

  test('a server’s own certificate that signed itself is trusted, for that server', async () => {
    const own = await root.issue({ selfSigned: true });
    const reading = await readAuthorities([put('exchange.pem', own.cert)]);
    if (reading.kind !== 'authorities') throw new Error(reading.reason);
    const server = await tlsServer(own);
    expect(outcomeOf(await shakeHands(server, { authorities: reading.pem }))).toBe('notAsked');
    expect(outcomeOf(await shakeHands(server, { authorities: [] }))).toBe('selfSigned');
    await server.close();
  });

  test('what can serve counts, beside what cannot', async () => {
    const expired = await root.issue({ validFrom: -5, validTo: -2, selfSigned: true });
    const leaf = await root.issue();
    const bundle = put('mixed.pem', expired.cert + leaf.cert + root.certificate);
    expect(await readAuthorities([bundle])).toEqual({ kind: 'authorities', pem: [root.certificate] });
  });
});

describe('what is refused', () => {
  test('a file that is not there', async () => {
    const file = path.join(folder, 'nothing.pem');
    expect(await readAuthorities([file])).toEqual(refused(file, 'is not there.'));
  });

  test('one bad file among good ones', async () => {
    const good = put('good.pem', root.certificate);
    const bad = put('bad.pem', 'nothing');
    expect(await readAuthorities([good, bad])).toMatchObject({ kind: 'refused' });
  });

  test.each([
    ['nothing', '', 'the file is empty'],
    ['another text', 'Contoso Root', 'it holds no certificate'],
    ['a private key', 'key', 'it holds no certificate'],
    ['a certificate that is cut off', 'cut', 'it holds no certificate'],
  ])('%s', async (_, content, reason) => {
    const texts = new Map([
      ['key', root.key],
      ['cut', root.certificate.slice(0, 300)],
    ]);
    const file = put('x.pem', texts.get(content) ?? content);
    expect(await readAuthorities([file])).toEqual(refused(file, `cannot be used: ${reason}. ${wanted}`));
  });

  test('DER that is cut off', async () => {
    shop.run('x509', '-in', 'root.pem', '-outform', 'DER', '-out', 'root.cer');
    const file = put('cut.cer', shop.read('root.cer').subarray(0, 200));
    const reason = `cannot be used: the file is cut off before its end. ${wanted}`;
    expect(await readAuthorities([file])).toEqual(refused(file, reason));
  });

  test('a certificate that a CA issued for a server', async () => {
    const file = put('leaf.pem', (await root.issue()).cert);
    const reason = `cannot be used: its certificate is not one of a CA, but was issued by one. ${wanted}`;
    expect(await readAuthorities([file])).toEqual(refused(file, reason));
  });

  test('one that has expired, and one that is not yet valid', async () => {
    const file = put('root.pem', root.certificate);
    const expired = await readAuthorities([file], new Date('2099-01-01'));
    expect(expired).toMatchObject({ reason: expect.stringMatching(/its certificate expired on \d{4}-\d\d-\d\d; /) });
    const early = await readAuthorities([file], new Date('2020-01-01'));
    expect(early).toMatchObject({ reason: expect.stringMatching(/is valid from \d{4}-\d\d-\d\d on only\.$/) });
  });

  test('a folder, a device, and a file that is too large', async () => {
    mkdirSync(path.join(folder, 'folder.pem'));
    const regular = 'cannot be read: it is not a regular file.';
    for (const file of [path.join(folder, 'folder.pem'), '/dev/zero']) {
      expect(await readAuthorities([file])).toEqual(refused(file, regular));
    }
    const large = put('large.pem', root.certificate);
    truncateSync(large, 8 * 1024 ** 3);
    expect(await readAuthorities([large])).toEqual(refused(large, 'cannot be read: it is larger than 1 MB.'));
  });
});
