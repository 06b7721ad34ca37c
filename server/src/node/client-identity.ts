import type { Analysis } from '../analysis.ts';
import type { Node } from '../document/node.ts';
import type { Finding } from '../lint/finding.ts';
import { certificateNamed } from '../rules/client-certificates.ts';
import { Secret } from '../settings/secret.ts';
import type { ClientIdentity } from '../smtp/network.ts';
import type { PlannedCertificate } from '../smtp/plan.ts';
import { visible } from '../text/visible.ts';
import { certificateSizeLimit } from './certificate-files.ts';
import { type FilePlace, readNamedFile } from './named-files.ts';

export type IdentityReading =
  | { readonly kind: 'identity'; readonly identity: ClientIdentity }
  /** `reason` says in a sentence or two why it cannot be presented, and what to do; `cause` where the password is wrong. */
  | { readonly kind: 'refused'; readonly reason: string; readonly cause?: 'password' }
  /** The file is opened with a password, and none was given. */
  | { readonly kind: 'needsPassword' };

/**
 * Reads the client certificate of a plan with its private key, and tries whether this computer can use it, before anything
 * connects. The bytes stay in memory until `wipe`; what was decrypted of them is let go of at once, though a copy may
 * stay in the memory of the process until Node needs the place.
 */
export async function readClientIdentity(
  { name, path }: Pick<PlannedCertificate, 'name' | 'path'>,
  place: FilePlace,
  password: Secret | undefined,
): Promise<IdentityReading> {
  const shown = `${visible(path)}, the file of the certificate “${visible(name)}”,`;
  const refused = (reason: string): IdentityReading => ({ kind: 'refused', reason });
  const file = await readNamedFile(path, place, certificateSizeLimit);
  if (file.kind === 'absent') return refused(`${shown} is not there. Put it there, or correct its path.`);
  if (file.kind === 'refused') return refused(`${shown} cannot be read: ${file.reason}.`);

  const { bytes } = file;
  const opened = await open(bytes, password);
  if (opened.kind === 'opened') {
    const wipe = () => void bytes.fill(0);
    const identity = { name, file: { format: opened.format, bytes }, password: opened.password, wipe };
    return { kind: 'identity', identity };
  }
  bytes.fill(0);
  if (opened.kind === 'needsPassword') return opened;
  if (opened.cause) {
    return { kind: 'refused', reason: `The password does not open ${shown.slice(0, -1)}.`, cause: opened.cause };
  }
  return refused(`${shown} cannot be used: ${opened.detail}.${adviceFor(opened.detail)}`);
}

/** What to do about it; empty where it lies in the certificate itself. */
function adviceFor(detail: string): string {
  if (/TLS of this computer/.test(detail)) return '';
  return /encryption|protection/.test(detail)
    ? ' SharePoint may read it all the same. For this test, export it again as PFX with a password, AES256-SHA256.'
    : ' Export the certificate as PFX, with its private key.';
}

/** Where a password is needed and there is none, an empty one may do: some programs write that for none. */
async function open(bytes: Uint8Array, password: Secret | undefined) {
  const { openIdentity } = await import('../smtp/node-identity.ts');
  const opened = { ...(await openIdentity(bytes, password)), password };
  if (opened.kind !== 'needsPassword') return opened;
  const empty = new Secret('');
  const tried = { ...(await openIdentity(bytes, empty)), password: empty };
  return tried.kind === 'unusable' && tried.cause ? { kind: 'needsPassword' as const } : tried;
}

/** Rules about what SharePoint wants of a client certificate. */
const wanted = new Set([
  'client-cert-eku',
  'client-cert-key-algorithm',
  'client-cert-key-usage',
  'client-cert-private-key',
  'client-cert-store',
  'client-cert-unreadable',
  'client-cert-unsupported',
]);

/**
 * Why a test with a client certificate would show what SharePoint does not do, or cannot go well: the first error that was
 * found in it. What a comment or the configuration accepts is no reason; nor is what concerns other certificates. The
 * client certificate of a plan without TLS is no matter here: it is not presented at all.
 */
export function clientCertificateRefusal(
  { findings, settings }: Analysis,
  { name }: Pick<PlannedCertificate, 'name'>,
): string | undefined {
  const node = certificateNamed(settings.common.certificates, name)?.name.node.parent;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const found = errors.find(
    (finding) => (wanted.has(finding.rule) || finding.rule === 'client-cert-expired') && concerns(finding, name, node),
  );
  if (found === undefined) return undefined;
  const lead =
    found.rule === 'client-cert-expired'
      ? `The mail server is likely to refuse the certificate “${visible(name)}”`
      : `The certificate “${visible(name)}” does not meet SharePoint’s requirements`;
  return `${lead}. ${found.message}.`;
}

/** It stands inside the certificate, or on a setting that names it. */
function concerns({ node, copies = [] }: Finding, name: string, certificate: Node | undefined): boolean {
  return [node, ...copies].some((each) => {
    if (each?.kind === 'scalar' && each.value === name) return true;
    for (let above: Node | undefined = each; above !== undefined; above = above.parent) {
      if (above === certificate) return true;
    }
    return false;
  });
}
