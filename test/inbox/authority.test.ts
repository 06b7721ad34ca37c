import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { readCertificate } from '../../server/src/certificates/read.ts';
import { makeIdentity } from '../../server/src/inbox/authority.ts';

const now = new Date('2026-06-01T12:00:00Z');
const { authority, certificate, key } = await makeIdentity(now);

test('Node and our own reader accept both certificates, and the chain holds', async () => {
  const [root, leaf] = [new X509Certificate(authority), new X509Certificate(certificate)];
  expect(root.ca).toBe(true);
  expect(root.verify(root.publicKey)).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.checkIssued(root)).toBe(true);
  expect(leaf.verify(root.publicKey)).toBe(true);
  expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(leaf.checkHost('localhost')).toBe('localhost');

  const reading = await readCertificate(new TextEncoder().encode(`${authority}${certificate}${key}`));
  expect(reading).toMatchObject({
    kind: 'read',
    hasPrivateKey: true,
    certificates: [
      {
        subject: 'CN=Farm Email inbox',
        key: { algorithm: 'ECDSA', curve: 'P-256' },
        keyUsage: ['digitalSignature'],
        extendedKeyUsage: [{ name: 'serverAuth' }],
        isSelfSigned: false,
      },
      { subject: 'CN=Farm Email inbox authority', keyUsage: ['keyCertSign'], isSelfSigned: true },
    ],
  });
});

test('valid for seven days, and an hour back', async () => {
  const reading = await readCertificate(new TextEncoder().encode(certificate));
  expect(reading).toMatchObject({
    certificates: [{ notBefore: new Date('2026-06-01T11:00:00Z'), notAfter: new Date('2026-06-08T12:00:00Z') }],
  });
});

test('the authority vouches for this computer only', () => {
  // nameConstraints: critical, permitted: DNS localhost, 127.0.0.1/32
  const raw = new X509Certificate(authority).raw.toString('hex');
  expect(raw).toContain('0603551d1e0101ff04');
  expect(raw).toContain('87087f000001ffffffff');
});

test('years from 2050 on are written as X.509 wants them', async () => {
  const late = await makeIdentity(new Date('2049-12-30T00:00:00Z'));
  const validTo = new Date(new X509Certificate(late.authority).validTo);
  expect(validTo).toEqual(new Date('2050-01-06T00:00:00Z'));
});
