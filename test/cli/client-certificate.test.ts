import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run as runCommand } from '../../server/src/cli/run.ts';
import { openWorkshop, type Workshop } from '../certificates/openssl.ts';
import type { Misbehaving } from '../servers/misbehaving.ts';
import { expectNoSecret } from '../smtp/secrets.ts';
import { farmText, mailTests } from './mail-farm.ts';
import { person } from './person.ts';

const { server, folder, run } = mailTests();
const secret = 'pfx:sécret of a test';
let shop: Workshop;

beforeAll(() => {
  shop = openWorkshop();
  shop.chain();
  const key = ['-in', 'client.pem', '-inkey', 'client.key', '-certfile', 'issuing.pem'];
  shop.run('pkcs12', '-export', ...key, '-passout', `pass:${secret}`, '-out', 'client.pfx');
});
afterAll(() => shop.close());

const args = ['probe', 'farm-email.yaml', '--allow-network', '--ca-file', 'ca.pem'];

/** A server that takes nobody without a client certificate. */
function demanding(): Promise<Misbehaving> {
  const ca = [shop.text('root.pem'), shop.text('issuing.pem')];
  return server({ tls: { requestCert: true, ca, maxVersion: 'TLSv1.2' } });
}

/** A folder with a farm that presents a client certificate to the server. */
function farm({ port }: Misbehaving, password = '${env:FARM_EMAIL_CLIENT_PFX}', stated = ''): string {
  const more = `certificates:
  - name: smtp-client
    path: client.pfx
    password: ${JSON.stringify(password)}
    store: EndEntity
${stated}`;
  const text = farmText(port, { login: null, more }).replace(
    '    fromAddress',
    '    clientCertificate: smtp-client\n    fromAddress',
  );
  const cwd = folder(text);
  writeFileSync(path.join(cwd, 'client.pfx'), shop.read('client.pfx'));
  return cwd;
}

function expectUntouched({ received }: Misbehaving): void {
  expect(received).toEqual({ clear: '', secured: '' });
}

describe('a client certificate', () => {
  test('is read from its file, with the password of its variable, and presented', async () => {
    const mail = await demanding();
    const env = { FARM_EMAIL_CLIENT_PFX: secret };
    const { status, stdout, stderr } = await run([...args, '--json'], farm(mail), { env });
    expect(stderr).toContain('  Certificate  smtp-client, client.pfx\n');
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'accepted',
      plan: { clientCertificate: 'smtp-client' },
      tls: { state: 'secured', clientCertificate: 'presented' },
    });
    expect(status).toBe(0);
    expectNoSecret(stdout + stderr, secret);
  });

  test('is asked for its password on a terminal', async () => {
    const mail = await demanding();
    const { terminal, written } = person(farm(mail, '${secret:pfx}'), `${secret}\r`);
    expect(await runCommand(args, terminal)).toBe(0);
    expect(written.stderr).toContain('The password of the client certificate smtp-client: \n');
    expectNoSecret(written, secret);
  });

  test.each([
    [
      '${env:FARM_EMAIL_CLIENT_PFX}',
      'the file names ${env:FARM_EMAIL_CLIENT_PFX}, and that variable is not set. Set it.',
    ],
    [
      '${env:HOME}',
      'the file names ${env:HOME}, and only variables that start with FARM_EMAIL_ are read. If this one holds it, add --allow-env HOME.',
    ],
    [
      '${secret:pfx}',
      'the file names ${secret:pfx}, and there is no terminal to ask on. Name a variable such as ${env:FARM_EMAIL_CLIENT_PFX}.',
    ],
  ])('whose password is missing: %s', async (password, message) => {
    const mail = await demanding();
    const { status, stdout, stderr } = await run(args, farm(mail, password));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const name = 'the password of the client certificate smtp-client';
    expect(stderr.split('\n').at(-2)).toBe(`farm-email probe: ${name} is missing: ${message}`);
    expectUntouched(mail);
  });

  test('is opened with a variable that was allowed', async () => {
    const mail = await demanding();
    const options = { env: { PFX_SECRET: secret } };
    const { status } = await run([...args, '--allow-env', 'PFX_SECRET'], farm(mail, '${env:PFX_SECRET}'), options);
    expect(status).toBe(0);
  });

  test('whose password is wrong', async () => {
    const mail = await demanding();
    const { status, stdout, stderr } = await run(args, farm(mail), { env: { FARM_EMAIL_CLIENT_PFX: 'wrong one' } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('farm-email probe: The password does not open client.pfx');
    expectNoSecret(stderr, 'wrong one');
    expectUntouched(mail);
  });

  test('that does not meet SharePoint’s requirements is refused before anything else', async () => {
    const mail = await demanding();
    const cwd = farm(mail, '${env:FARM_EMAIL_CLIENT_PFX}', '    hasPrivateKey: false\n');
    const { status, stdout, stderr } = await run(args, cwd);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/: error: .* \[client-cert-private-key\]\n/);
    expect(stderr).toContain(
      'farm-email probe: The certificate “smtp-client” does not meet SharePoint’s requirements.',
    );
    expectUntouched(mail);
  });
});
