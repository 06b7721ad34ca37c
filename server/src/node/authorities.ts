import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import { isCutOff, readDer, tags } from '../certificates/der.ts';
import { decodeBase64, readPem, textOfFile } from '../certificates/pem.ts';
import { visible } from '../text/visible.ts';
import { certificateSizeLimit } from './certificate-files.ts';
import { readUsersFile } from './named-files.ts';

export type AuthoritiesReading =
  /** One PEM text for each certificate that can vouch for others, or for itself. */
  | { readonly kind: 'authorities'; readonly pem: readonly string[] }
  /** `reason` says in a sentence or two what is wrong with which file, and what to do. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Reads the certificates of private CAs, to be trusted besides those this computer trusts: those that come with Node, those
 * of NODE_EXTRA_CA_CERTS and, from Node 22.15 on, those of the operating system's store. The files are named by the user,
 * never by a file of the workspace; absolute, or relative to the current folder; PEM with one certificate or more, or DER.
 *
 * A file is refused where none of its certificates can serve. Beside one that can, those that cannot are passed over:
 * bundles hold old ones. What serves is a CA that is in force, also one that is no root; or a self-signed certificate,
 * which vouches for itself alone, as Exchange makes them.
 */
export async function readAuthorities(files: readonly string[], now = new Date()): Promise<AuthoritiesReading> {
  const pem: string[] = [];
  for (const name of files) {
    const read = await readAuthority(name, now);
    if (typeof read === 'string') return { kind: 'refused', reason: `${visible(name)} ${read}` };
    pem.push(...read);
  }
  return { kind: 'authorities', pem: [...new Set(pem)] };
}

/** The certificates of a file that can serve; or what is wrong with it, to go on after its name. */
async function readAuthority(name: string, now: Date): Promise<readonly string[] | string> {
  const file = await readUsersFile(path.resolve(name), certificateSizeLimit);
  if (file.kind === 'absent') return 'is not there.';
  if (file.kind === 'refused') return `cannot be read: ${file.reason}.`;
  const certificates = certificatesIn(file.bytes);
  if (typeof certificates === 'string') return `cannot be used: ${certificates}. ${wanted}`;
  const refusals = certificates.map((each) => refusalOf(each, now));
  const serving = certificates.filter((_, i) => refusals[i] === undefined);
  return serving.length > 0 ? serving.map((each) => each.toString()) : `cannot be used: ${refusals[0]}`;
}

const wanted = 'Give the certificate of the CA in PEM or DER form.';

function certificatesIn(bytes: Uint8Array): readonly X509Certificate[] | string {
  if (bytes.length === 0) return 'the file is empty';
  const found = bytes[0] === tags.sequence ? [bytes] : inPem(textOfFile(bytes));
  const certificates = found.flatMap((der) => parse(der) ?? []);
  if (certificates.length > 0) return certificates;
  return isCutOff(bytes) ? 'the file is cut off before its end' : 'it holds no certificate';
}

function inPem(text: string): readonly Uint8Array[] {
  const bare = decodeBase64(text);
  if (bare !== undefined) return [bare];
  return readPem(text).flatMap(({ label, content }) =>
    /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label) && typeof content !== 'string' ? [content] : [],
  );
}

function parse(der: Uint8Array): X509Certificate | undefined {
  try {
    // A trusted certificate of OpenSSL has more behind it.
    return new X509Certificate(readDer(der)?.raw ?? der);
  } catch {
    return undefined;
  }
}

function refusalOf(certificate: X509Certificate, now: Date): string | undefined {
  const isSelfSigned = certificate.checkIssued(certificate);
  if (!certificate.ca && !isSelfSigned) {
    return `its certificate is not one of a CA, but was issued by one. ${wanted}`;
  }
  const from = new Date(certificate.validFrom);
  const to = new Date(certificate.validTo);
  if (to < now) return `its certificate expired on ${day(to)}; nothing is trusted for it.`;
  return from > now ? `its certificate is valid from ${day(from)} on only.` : undefined;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
