import type { ParsedCertificate } from './facts.ts';

/**
 * Leaf first, then each certificate's issuer, then what belongs to neither, in the order given. A P7B holds its
 * certificates in no order at all, and a PFX in whatever order its maker liked.
 *
 * @param leaf the certificate that the private key belongs to, where that is known
 */
export function inChainOrder(
  certificates: readonly ParsedCertificate[],
  leaf: ParsedCertificate | undefined,
): readonly ParsedCertificate[] {
  const first = leaf ?? certificates.find((each) => isLeaf(each, certificates)) ?? certificates[0];
  if (first === undefined) return [];
  const chain = chainOf(first, certificates);
  return [...chain, ...certificates.filter((each) => !chain.includes(each))];
}

/** The certificate, its issuer, and so on up, as far as they are among the given ones. */
export function chainOf(
  leaf: ParsedCertificate,
  certificates: readonly ParsedCertificate[],
): readonly ParsedCertificate[] {
  const chain = [leaf];
  const rest = new Set(certificates.filter((each) => each !== leaf));
  for (let current = leaf; ; ) {
    const issuer = current.facts.isSelfSigned ? undefined : [...rest].find((each) => issued(each, current));
    if (issuer === undefined) return chain;
    chain.push(issuer);
    rest.delete(issuer);
    current = issuer;
  }
}

function isLeaf(certificate: ParsedCertificate, all: readonly ParsedCertificate[]): boolean {
  return !all.some((each) => each !== certificate && issued(certificate, each));
}

function issued(issuer: ParsedCertificate, certificate: ParsedCertificate): boolean {
  if (issuer.subjectId !== certificate.issuerId) return false;
  return (
    issuer.keyId === undefined || certificate.issuerKeyId === undefined || issuer.keyId === certificate.issuerKeyId
  );
}
