import type { webcrypto } from 'node:crypto';
import { readDer } from '../certificates/der.ts';
import * as der from '../certificates/write-der.ts';

/** What the inbox needs to speak TLS, and what a client needs to trust it. PEM texts. */
export interface Identity {
  /** The authority's certificate. Its key signed one certificate and is gone. */
  readonly authority: string;
  readonly certificate: string;
  /** Private key of `certificate`. Stays in memory. */
  readonly key: string;
}

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const day = 24 * 60 * 60 * 1000;
/** In milliseconds, from the moment the inbox starts. */
const validity = 7 * day;
/** Clocks of two programs on one computer do not differ, but a clock may be set back. */
const grace = day / 24;

const oids = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;

const dnsTag = 2;
const addressTag = 7;
const loopback = Uint8Array.of(127, 0, 0, 1);

/**
 * Makes a certificate authority and a certificate for 127.0.0.1 and localhost, both ECDSA P-256 and valid for seven
 * days. The authority can vouch for nothing else (name constraints), and its key cannot be exported and is dropped when
 * this function returns.
 */
export async function makeIdentity(now: Date): Promise<Identity> {
  const { subtle } = globalThis.crypto;
  const authorityKeys = await subtle.generateKey(ecdsa, false, ['sign', 'verify']);
  const serverKeys = await subtle.generateKey(ecdsa, true, ['sign', 'verify']);
  const authority = await describeKey(authorityKeys.publicKey, 'Farm Email inbox authority');
  const server = await describeKey(serverKeys.publicKey, 'Farm Email inbox');
  const sign = { issuer: authority, key: authorityKeys.privateKey, now };

  const authorityCertificate = await certify(authority, sign, [
    extension(oids.basicConstraints, der.sequence(der.yes, der.integer(Uint8Array.of(0))), 'critical'),
    extension(oids.keyUsage, der.bits(Uint8Array.of(0b0000_0100), 2), 'critical'),
    extension(oids.nameConstraints, der.sequence(der.tagged(0, ...allowedNames())), 'critical'),
    extension(oids.subjectKeyIdentifier, der.octets(authority.id)),
  ]);
  const serverCertificate = await certify(server, sign, [
    extension(oids.basicConstraints, der.sequence(), 'critical'),
    extension(oids.keyUsage, der.bits(Uint8Array.of(0b1000_0000), 7), 'critical'),
    extension(oids.extendedKeyUsage, der.sequence(der.oid(oids.serverAuth))),
    extension(
      oids.subjectAlternativeName,
      der.sequence(der.taggedBytes(dnsTag, ascii('localhost')), der.taggedBytes(addressTag, loopback)),
    ),
    extension(oids.subjectKeyIdentifier, der.octets(server.id)),
    extension(oids.authorityKeyIdentifier, der.sequence(der.taggedBytes(0, authority.id))),
  ]);
  const key = new Uint8Array(await subtle.exportKey('pkcs8', serverKeys.privateKey));
  return {
    authority: der.toPem('CERTIFICATE', authorityCertificate),
    certificate: der.toPem('CERTIFICATE', serverCertificate),
    key: der.toPem('PRIVATE KEY', key),
  };
}

interface Party {
  readonly name: Uint8Array;
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly id: Uint8Array;
}

async function describeKey(key: webcrypto.CryptoKey, commonName: string): Promise<Party> {
  const { subtle } = globalThis.crypto;
  const publicKey = new Uint8Array(await subtle.exportKey('spki', key));
  const bits = readDer(publicKey)?.children[1]?.content ?? publicKey;
  // RFC 5280, 4.2.1.2, method 1: SHA-1 of the key's bits.
  const id = new Uint8Array(await subtle.digest('SHA-1', new Uint8Array(bits.subarray(1))));
  const name = der.sequence(der.set(der.sequence(der.oid(oids.commonName), der.utf8(commonName))));
  return { name, publicKey, id };
}

interface Signing {
  readonly issuer: Party;
  readonly key: webcrypto.CryptoKey;
  readonly now: Date;
}

/** RFC 5280, 4.1. */
async function certify(subject: Party, by: Signing, extensions: readonly Uint8Array[]): Promise<Uint8Array> {
  const algorithm = der.sequence(der.oid(oids.ecdsaWithSha256));
  const serial = globalThis.crypto.getRandomValues(new Uint8Array(16));
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const start = new Date(by.now.getTime() - grace);
  const end = new Date(by.now.getTime() + validity);
  const body = der.sequence(
    der.tagged(0, der.integer(Uint8Array.of(2))),
    der.integer(serial),
    algorithm,
    by.issuer.name,
    der.sequence(der.time(start), der.time(end)),
    subject.name,
    subject.publicKey,
    der.tagged(3, der.sequence(...extensions)),
  );
  const signature = await globalThis.crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, by.key, body);
  // Web cryptography gives r and s side by side; X.509 wants them as two integers.
  const r = der.integer(new Uint8Array(signature, 0, 32));
  const s = der.integer(new Uint8Array(signature, 32));
  return der.sequence(body, algorithm, der.bits(der.sequence(r, s)));
}

function extension(id: string, content: Uint8Array, critical?: 'critical'): Uint8Array {
  return der.sequence(der.oid(id), ...(critical === undefined ? [] : [der.yes]), der.octets(content));
}

function allowedNames(): Uint8Array[] {
  const oneAddress = Uint8Array.of(...loopback, 255, 255, 255, 255);
  return [
    der.sequence(der.taggedBytes(dnsTag, ascii('localhost'))),
    der.sequence(der.taggedBytes(addressTag, oneAddress)),
  ];
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
