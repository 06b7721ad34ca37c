import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type IdentityReading, readClientIdentity } from '../../server/src/node/client-identity.ts';
import { Secret } from '../../server/src/settings/secret.ts';
import { openWorkshop, type Workshop } from '../certificates/openssl.ts';
import { makeAuthority } from '../servers/authority.ts';
import { tlsServer } from '../servers/tls-servers.ts';
import { outcomeOf, shakeHands } from '../smtp/handshake.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { temporaryFolders } from '../temporary.ts';

const temporaryFolder = temporaryFolders();
const password = 'pa:ss wörd';
let shop: Workshop;
let workspace: string;

beforeAll(() => {
  shop = openWorkshop();
  shop.chain();
  shop.selfSigned('other', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
});
afterAll(() => shop.close());
beforeEach(() => {
  workspace = temporaryFolder();
});

async function read(file: string, secret?: string): Promise<IdentityReading> {
  const planned = { name: 'smtp-client', path: file };
  const place = { folder: workspace, workspace };
  const reading = await readClientIdentity(planned, place, secret === undefined ? undefined : new Secret(secret));
  expectNoSecret(reading.kind === 'identity' ? { ...reading.identity, file: undefined } : reading, password);
  return reading;
}

function put(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(workspace, name), content);
  return name;
}

function pfx(...options: readonly string[]): string {
  const secret = options.includes('-passout') ? [] : ['-passout', `pass:${password}`];
  shop.run('pkcs12', '-export', '-in', 'client.pem', '-inkey', 'client.key', ...secret, '-out', 'x.pfx', ...options);
  return put('client.pfx', shop.read('x.pfx'));
}

const pem = (...names: readonly string[]) => put('client.pem', names.map(shop.text).join(''));
const refused = (reason: string) => ({ kind: 'refused', reason });
const shown = (file: string) => `${file}, the file of the certificate “smtp-client”,`;
const advice = 'Export the certificate as PFX, with its private key.';

describe('what can be used', () => {
  test.each([
    ['PFX', () => pfx(), password, 'PFX'],
    ['PFX of Windows Server 2016', () => pfx('-legacy'), password, 'PFX'],
    ['PFX with an empty password', () => pfx('-passout', 'pass:'), undefined, 'PFX'],
    ['PEM', () => pem('client.pem', 'client.key'), undefined, 'PEM'],
    ['PEM with its chain', () => pem('client.key', 'client.pem', 'issuing.pem', 'root.pem'), undefined, 'PEM'],
    [
      'PEM with an encrypted key',
      () => {
        shop.run('pkcs8', '-topk8', '-in', 'client.key', '-passout', `pass:${password}`, '-out', 'enc.key');
        return pem('client.pem', 'enc.key');
      },
      password,
      'PEM',
    ],
  ] as const)('%s', async (_, make, secret, format) => {
    const reading = await read(make(), secret);
    expect(reading).toMatchObject({ kind: 'identity', identity: { name: 'smtp-client', file: { format } } });
  });

  test('what was read is presented, until it is wiped', async () => {
    const root = await makeAuthority();
    const server = await tlsServer({ ...(await root.issue()), asks: true });
    const reading = await read(pfx('-legacy'), password);
    if (reading.kind !== 'identity') throw new Error(JSON.stringify(reading));
    const { identity } = reading;
    const wish = { authorities: [root.certificate], identity };
    expect(outcomeOf(await shakeHands(server, wish))).toBe('presented');
    expect(server.clients).toEqual(['smtp-client.contoso.com']);

    identity.wipe();
    expect(identity.file.bytes.every((byte) => byte === 0)).toBe(true);
    expect(outcomeOf(await shakeHands(server, wish))).toBe('clientCertificateUnusable');
    await server.close();
  });
});

describe('what needs a password', () => {
  test('a PFX, and an encrypted key', async () => {
    expect(await read(pfx())).toEqual({ kind: 'needsPassword' });
    expect(await read(pfx('-legacy', '-nomac'))).toEqual({ kind: 'needsPassword' });
    for (const options of [
      ['pkcs8', '-topk8'],
      ['rsa', '-traditional', '-aes128'],
    ]) {
      shop.run(...options, '-in', 'client.key', '-passout', `pass:${password}`, '-out', 'enc.key');
      expect(await read(pem('client.pem', 'enc.key'))).toEqual({ kind: 'needsPassword' });
    }
  });

  test('and gets another one', async () => {
    const reason = 'The password does not open client.pfx, the file of the certificate “smtp-client”.';
    expect(await read(pfx(), 'wrong')).toEqual({ kind: 'refused', reason, cause: 'password' });
    expect(await read(pfx('-legacy'), '')).toEqual({ kind: 'refused', reason, cause: 'password' });
  });
});

describe('what is refused', () => {
  test('a file that is not there', async () => {
    expect(await read('certs/client.pfx')).toEqual(
      refused(`${shown('certs/client.pfx')} is not there. Put it there, or correct its path.`),
    );
  });

  test.each([
    ['../client.pfx', 'it lies outside the workspace'],
    ['/client.pfx', 'only paths relative to the file are read'],
    ['~/client.pfx', 'only paths relative to the file are read'],
    ['\\\\attacker.test\\share\\client.pfx', 'network paths are not read'],
  ])('%s', async (name, reason) => {
    expect(await read(name)).toEqual(refused(`${shown(name)} cannot be read: ${reason}.`));
  });

  test('a name that would act where it is shown', async () => {
    const reading = await read('a\u202e\u001b[31m.pfx');
    expect(reading).toEqual(
      refused(`${shown('a\\u202e\\x1b[31m.pfx')} is not there. Put it there, or correct its path.`),
    );
  });

  test('PEM, DER, P7B and PFX without a private key', async () => {
    shop.run('x509', '-in', 'client.pem', '-outform', 'DER', '-out', 'client.cer');
    shop.run('crl2pkcs7', '-nocrl', '-certfile', 'client.pem', '-outform', 'DER', '-out', 'client.p7b');
    shop.run('crl2pkcs7', '-nocrl', '-certfile', 'client.pem', '-out', 'client-pem.p7b');
    shop.run('pkcs12', '-export', '-nokeys', '-in', 'client.pem', '-passout', 'pass:', '-out', 'client.pfx');
    for (const name of ['client.pem', 'client.cer', 'client.p7b', 'client-pem.p7b', 'client.pfx']) {
      const reason = `${shown(name)} cannot be used: it holds no private key. ${advice}`;
      expect(await read(put(name, shop.read(name)))).toEqual(refused(reason));
    }
  });

  test('a private key alone, and one of another certificate', async () => {
    const alone = `${shown('client.pem')} cannot be used: it holds a private key and no certificate. ${advice}`;
    expect(await read(pem('client.key'))).toEqual(refused(alone));
    const other = `${shown('client.pem')} cannot be used: its private key belongs to another certificate. ${advice}`;
    expect(await read(pem('client.pem', 'other.key'))).toEqual(refused(other));
  });

  test('a PFX that is cut off, empty, or encrypted as nobody reads it any more', async () => {
    const used = (reason: string, what = advice) =>
      refused(`${shown('client.pfx')} cannot be used: ${reason}. ${what}`);
    pfx();
    const whole = shop.read('x.pfx');
    put('client.pfx', whole.subarray(0, whole.length - 20));
    expect(await read('client.pfx', password)).toEqual(used('the file is cut off before its end'));
    put('client.pfx', '');
    expect(await read('client.pfx', password)).toEqual(used('the file is empty'));
    const rc4 = pfx('-legacy', '-keypbe', 'PBE-SHA1-RC4-128');
    const again =
      'SharePoint may read it all the same. For this test, export it again as PFX with a password, AES256-SHA256.';
    const reason = 'its encryption (RC4-128) is one that this computer cannot read';
    expect(await read(rc4, password)).toEqual(used(reason, again));
  });

  test('a key that the TLS of this computer does not take', async () => {
    shop.selfSigned('short', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:512']);
    const reason = `${shown('client.pem')} cannot be used: its key is shorter than the TLS of this computer takes.`;
    expect(await read(pem('short.pem', 'short.key'))).toEqual(refused(reason));
  });
});
