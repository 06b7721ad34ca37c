import path from 'node:path';
import { afterAll } from 'vitest';
import { openWorkshop, type Workshop } from '../certificates/openssl.ts';

/** What a PFX file of a fixture is protected with; `${env:FARM_EMAIL_RIGHT}` stands for it in a fixture. */
export const passwords: Readonly<Record<string, string>> = { FARM_EMAIL_RIGHT: 'right', FARM_EMAIL_WRONG: 'wrong' };

const made = new Map<string, Uint8Array>();
const shops = new Map<string, Workshop>();

/** How to make the certificate `a.pem` with the key `a.key`. */
const makers: Readonly<Record<string, (shop: Workshop) => void>> = {
  rsa: (shop) => shop.selfSigned('a', ['-algorithm', 'rsa'], '-days', '398'),
  rsa1024: (shop) => shop.selfSigned('a', ['-algorithm', 'rsa', '-pkeyopt', 'rsa_keygen_bits:1024'], '-days', '398'),
  'rsa-sha512': (shop) => shop.selfSigned('a', ['-algorithm', 'rsa'], '-sha512', '-days', '398'),
  'rsa-server': (shop) => {
    const uses = ['-addext', 'keyUsage=keyEncipherment', '-addext', 'extendedKeyUsage=serverAuth'];
    shop.selfSigned('a', ['-algorithm', 'rsa'], '-days', '398', ...uses);
  },
  'rsa-pss': (shop) => shop.selfSigned('a', ['-algorithm', 'rsa-pss'], '-days', '398'),
  ed25519: (shop) => shop.selfSigned('a', ['-algorithm', 'ed25519'], '-days', '398'),
  ecdsa: (shop) => shop.selfSigned('a', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], '-days', '398'),
  ecdsa521: (shop) => shop.selfSigned('a', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'], '-days', '398'),
  dsa: (shop) => {
    shop.run('dsaparam', '-out', 'dsa.pem', '1024');
    shop.selfSigned('a', ['-paramfile', 'dsa.pem'], '-days', '398');
  },
  issued: (shop) => {
    shop.chain();
    for (const kind of ['pem', 'key']) shop.write(`a.${kind}`, shop.read(`client.${kind}`));
  },
};

/** What the ending makes of it: a certificate alone, one with its key, with its chain, or no certificate at all. */
const forms: Readonly<Record<string, (shop: Workshop) => Uint8Array>> = {
  '.crt': (shop) => shop.read('a.pem'),
  '.pem': (shop) => new TextEncoder().encode(shop.text('a.pem') + shop.text('a.key')),
  '.pfx': (shop) => {
    shop.run('pkcs12', '-export', '-in', 'a.pem', '-inkey', 'a.key', '-passout', 'pass:right', '-out', 'a.pfx');
    return shop.read('a.pfx');
  },
  '.p7b': (shop) => {
    const chain = ['-certfile', 'a.pem', '-certfile', 'issuing.pem', '-certfile', 'root.pem'];
    shop.run('crl2pkcs7', '-nocrl', ...chain, '-out', 'a.p7b');
    return shop.read('a.p7b');
  },
  '.damaged': (shop) => shop.read('a.pem').subarray(0, 400),
  '.empty': () => new Uint8Array(),
};

/**
 * The certificate file that a fixture names under `path`. None is kept in the repository: openssl makes them here. The
 * name tells what it is: `dsa.crt`, `ecdsa.pem`, `rsa.pfx`, `issued.p7b`, `rsa.damaged`; see above.
 */
export function certificateFile(name: string): Uint8Array {
  const known = made.get(name);
  if (known !== undefined) return known;
  const { name: kind, ext } = path.parse(name);
  const [make, form] = [makers[kind], forms[ext]];
  if (make === undefined || form === undefined) throw new Error(`test/rules/certificate-files.ts makes no ${name}`);
  const shop = shops.get(kind) ?? open(kind, make);
  const bytes = form(shop);
  made.set(name, bytes);
  return bytes;
}

/** A key takes a while to make, so one serves all files of its kind. */
function open(kind: string, make: (shop: Workshop) => void): Workshop {
  const shop = openWorkshop();
  shops.set(kind, shop);
  make(shop);
  return shop;
}

afterAll(() => {
  for (const shop of shops.values()) shop.close();
  shops.clear();
});
