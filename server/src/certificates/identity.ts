import { chainOf, inChainOrder } from './chain.ts';
import { isCutOff, readDer, tags } from './der.ts';
import { type ParsedCertificate, parseCertificate } from './facts.ts';
import { decodeBase64, type PemBlock, readPem, textOfFile } from './pem.ts';
import { isPfx, readPfxIdentity } from './pfx.ts';
import { decryptKey, passwordForms } from './pfx-crypto.ts';
import { type Failure, type Password, unreadable, wrongPassword } from './reading.ts';
import { toPem } from './write-der.ts';

/** A private key that can be used: PKCS #8 in DER; or a PEM block, still encrypted where `cipher` names how. */
export type PrivateKey =
  | { readonly encoding: 'DER'; readonly bytes: Uint8Array }
  | { readonly encoding: 'PEM'; readonly text: string; readonly cipher: string | undefined };

/** Certificates and a private key, as TLS needs them. */
export interface IdentityContents {
  readonly kind: 'identity';
  readonly format: 'PFX' | 'PEM';
  /** At least one, in the order of the file. */
  readonly certificates: readonly ParsedCertificate[];
  /** The certificate of the key, where the file says which. */
  readonly leaf: ParsedCertificate | undefined;
  readonly key: PrivateKey;
}

/**
 * Reads a client certificate with its private key: a PFX (PKCS #12), or PEM that holds both. A PFX is opened here rather
 * than by a cryptography library: those of today do not read what Windows Server 2016 and before wrote (RC2), and Node
 * takes every CA in a client's PFX for one that it may trust. Never throws for what the bytes are.
 *
 * @param password opens a PFX or an encrypted key; `needs-password` where one is needed and this is undefined
 */
export async function readIdentity(
  bytes: Uint8Array,
  password: Password | undefined,
): Promise<IdentityContents | Failure> {
  if (bytes.length === 0) return unreadable('the file is empty');
  const text = textOfFile(bytes);
  const binary = bytes[0] === tags.sequence ? bytes : decodeBase64(text);
  const der = binary && readDer(binary);
  if (der === undefined) {
    return binary && isCutOff(binary)
      ? unreadable('the file is cut off before its end')
      : readPemIdentity(text, password);
  }
  if (!isPfx(der)) return unreadable('it holds no private key');
  const contents = await readPfxIdentity(der, password);
  if ('kind' in contents) return contents;
  return { ...contents, kind: 'identity', format: 'PFX', key: { encoding: 'DER', bytes: contents.key } };
}

/**
 * What is sent of these certificates in the handshake: the leaf and its issuers, without the root, which the other side
 * has or does not trust.
 */
export function sentChain(certificates: readonly ParsedCertificate[], leaf: ParsedCertificate): readonly Uint8Array[] {
  const chain = chainOf(leaf, certificates);
  const sent = chain.filter((each) => each === leaf || !each.facts.isSelfSigned);
  return sent.map(({ raw }) => raw);
}

/** The certificate that belongs to the key, as far as the file tells without a look at the key. */
export function likelyLeaf({ certificates, leaf }: IdentityContents): ParsedCertificate | undefined {
  return inChainOrder(certificates, leaf)[0];
}

async function readPemIdentity(text: string, password: Password | undefined): Promise<IdentityContents | Failure> {
  const blocks = readPem(text);
  const certificates: ParsedCertificate[] = [];
  for (const { label, content } of blocks) {
    if (content === 'cut off') return unreadable(`the file is cut off: BEGIN ${label} without its END`);
    if (!/^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label)) continue;
    const certificate = content === 'damaged' ? undefined : parseCertificate(readDer(content));
    if (certificate === undefined) return unreadable(`what stands under BEGIN ${label} is damaged`);
    certificates.push(certificate);
  }
  const at = blocks.findIndex(({ label }) => label.endsWith('PRIVATE KEY'));
  const block = blocks[at];
  if (block === undefined) {
    return unreadable(blocks.length === 0 ? 'it is neither a PFX nor PEM' : 'it holds no private key');
  }
  if (certificates.length === 0) return unreadable('it holds a private key and no certificate');
  const { content } = block;
  if (typeof content === 'string') return unreadable('its private key is damaged');
  const key =
    block.label === 'ENCRYPTED PRIVATE KEY'
      ? await decryptPemKey(content, password)
      : pemKey({ ...block, content }, password);
  return 'kind' in key ? key : { kind: 'identity', format: 'PEM', certificates, leaf: undefined, key };
}

/** PKCS #8. */
async function decryptPemKey(content: Uint8Array, password: Password | undefined): Promise<PrivateKey | Failure> {
  const der = readDer(content);
  if (der?.tag !== tags.sequence) return unreadable('its private key is damaged');
  if (password === undefined) return { kind: 'needs-password' };
  const [form] = passwordForms(password);
  if (form === undefined) return wrongPassword;
  const bytes = await decryptKey(der, form);
  form.utf8.fill(0);
  form.utf16.fill(0);
  if (!('reason' in bytes)) return { encoding: 'DER', bytes };
  return bytes.reason === 'wrong password' ? wrongPassword : unreadable(bytes.reason);
}

/**
 * Not encrypted; or as RFC 1421 has it, with the cipher in a header: OpenSSL wrote this until its version 3. Written anew:
 * OpenSSL might find another key in the text as it stands, one whose password takes it hours to try.
 */
function pemKey(
  { label, headers, content }: PemBlock & { readonly content: Uint8Array },
  password: Password | undefined,
): PrivateKey | Failure {
  const text = toPem(label, content);
  const [, cipher, more = ''] = /^([A-Za-z0-9-]{1,40})(,[0-9A-Fa-f]{1,64})?$/.exec(headers.get('DEK-Info') ?? '') ?? [];
  if (cipher === undefined) return { encoding: 'PEM', text, cipher };
  if (password === undefined) return { kind: 'needs-password' };
  const header = `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${cipher}${more}\n\n`;
  return { encoding: 'PEM', text: text.replace('\n', `\n${header}`), cipher };
}
