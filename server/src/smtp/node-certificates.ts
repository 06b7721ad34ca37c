import { createHash, X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate } from 'node:tls';
import { type Der, oidOf, readDer } from '../certificates/der.ts';
import { type KeyFacts, type ParsedCertificate, parseCertificate } from '../certificates/facts.ts';
import type { CertificateFacts, ChainLink } from './network.ts';

/** A server may send whatever it likes: what is kept of it is bounded. */
const most = { names: 100, characters: 300, links: 20 };

/** The facts of a server's certificate, and of those above it, that explain why it is trusted or not. */
export function factsOf(peer: DetailedPeerCertificate): CertificateFacts | undefined {
  const certificate = parsed(peer.raw);
  if (certificate === undefined) return undefined;
  const { facts, raw } = certificate;
  const names = namesOf(raw);
  return {
    subject: bounded(facts.subject),
    // Without any name of its own a certificate is for its common name.
    names: (names.length > 0 ? names : facts.names).slice(0, most.names).map(bounded),
    issuer: bounded(facts.issuer),
    validFrom: facts.notBefore,
    validTo: facts.notAfter,
    selfSigned: facts.isSelfSigned,
    key: keyText(facts.key),
    chain: chainAbove(peer),
    fingerprint: fingerprintOf(raw),
  };
}

/**
 * The channel binding `tls-server-end-point` (RFC 5929, section 4.1): the hash of the certificate, made with the hash of
 * its signature, or with SHA-256 where that is MD5 or SHA-1. Undefined for signatures without a hash of their own.
 */
export function serverEndPointOf(der: Uint8Array | undefined): Uint8Array | undefined {
  const signature = der && readDer(der)?.children[1];
  const hash = signature && hashOf(signature, parsed(der)?.facts.signatureAlgorithm);
  if (!hash || der === undefined) return undefined;
  return new Uint8Array(createHash(hash).update(der).digest());
}

function hashOf(signature: Der, name: string | undefined): string | undefined {
  if (name === 'RSASSA-PSS') {
    // RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0] DEFAULT sha1, ... }. RFC 4055, section 3.1.
    const stated = signature.children[1]?.children.find(({ tag }) => tag === 0xa0);
    return stated === undefined ? 'sha256' : pssHashes.get(oidOf(stated.children[0]?.children[0]) ?? '');
  }
  const hash = /(?:md5|sha\d+)/i.exec(name ?? '')?.[0].toLowerCase();
  return hash === 'md5' || hash === 'sha1' ? 'sha256' : hash;
}

const pssHashes: ReadonlyMap<string, string> = new Map([
  ['1.3.14.3.2.26', 'sha256'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);

function chainAbove(peer: DetailedPeerCertificate): readonly ChainLink[] {
  const chain: ChainLink[] = [];
  const seen = new Set([peer.fingerprint256]);
  let current = peer.issuerCertificate;
  // The root is its own issuer; certificates that sign one another make longer rounds.
  while (current !== undefined && !seen.has(current.fingerprint256) && chain.length < most.links) {
    seen.add(current.fingerprint256);
    const facts = parsed(current.raw)?.facts;
    if (facts === undefined) break;
    chain.push({ subject: bounded(facts.subject), validTo: facts.notAfter });
    current = current.issuerCertificate;
  }
  return chain;
}

function parsed(der: Uint8Array | undefined): ParsedCertificate | undefined {
  return der && parseCertificate(readDer(der));
}

function keyText({ algorithm, sizeBits, curve }: KeyFacts): string {
  return bounded([algorithm, curve ?? sizeBits].filter((part) => part !== undefined).join(' '));
}

function fingerprintOf(der: Uint8Array): string {
  return (createHash('sha256').update(der).digest('hex').toUpperCase().match(/../g) ?? []).join(':');
}

/** The DNS names and IP addresses of the Subject Alternative Name. */
function namesOf(der: Uint8Array): readonly string[] {
  let text: string;
  try {
    text = new X509Certificate(der).subjectAltName ?? '';
  } catch {
    return [];
  }
  // Node writes a value that could be taken for more than one as a string of JSON.
  const entry = /([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/gy;
  return Array.from(text.matchAll(entry))
    .filter(([, kind]) => kind === 'DNS' || kind === 'IP Address')
    .map(([, , value = '']) => value);
}

function bounded(text: string): string {
  return text.length <= most.characters ? text : `${text.slice(0, most.characters - 1)}…`;
}
