import { noSurroundings } from '../analysis.ts';
import type { CertificateReading } from '../certificates/reading.ts';
import type { Knowledge } from '../lint/rule.ts';
import type { Certificate } from '../settings/model.ts';
import type { Secret } from '../settings/secret.ts';
import { type FilePlace, readNamedFile } from './named-files.ts';
import { secretFromEnvironment } from './secrets.ts';

/** Largest certificate file that is read, in bytes. */
export const certificateSizeLimit = 1024 * 1024;

export interface CertificatePlace extends FilePlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads the files that certificates name. A file that is not there is left out. */
export async function readCertificateFiles(
  certificates: readonly Certificate[],
  place: CertificatePlace,
): Promise<Knowledge['certificate']> {
  const readings = new Map<string, CertificateReading | undefined>();
  for (const certificate of certificates) {
    const { path: name, password } = certificate;
    const key = keyOf(certificate);
    if (name?.value === undefined || readings.has(key)) continue;
    const secret = secretFromEnvironment(password?.value, place.environment);
    readings.set(key, await readOne(name.value, place, secret));
  }
  return readings.size === 0 ? noSurroundings.certificate : (certificate) => readings.get(keyOf(certificate));
}

/** What a reading depends on: the file, and the password it was opened with. Certificates of a later text may share it. */
function keyOf({ path: name, password }: Certificate): string {
  return JSON.stringify([name?.value, password?.value?.kind === 'environment' ? password.value.name : undefined]);
}

async function readOne(
  name: string,
  place: FilePlace,
  password: Secret | undefined,
): Promise<CertificateReading | undefined> {
  const file = await readNamedFile(name, place, certificateSizeLimit);
  if (file.kind === 'absent') return undefined;
  if (file.kind === 'refused') return { kind: 'unreadable', reason: file.reason };
  const { readCertificate } = await import('../certificates/read.ts');
  return readCertificate(file.bytes, password);
}
