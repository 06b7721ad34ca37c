import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { noSurroundings } from '../analysis.ts';
import type { CertificateReading } from '../certificates/reading.ts';
import type { Knowledge } from '../lint/rule.ts';
import type { Certificate } from '../settings/model.ts';
import type { Secret } from '../settings/secret.ts';
import { isInside, readRegularFile } from './files.ts';
import { secretFromEnvironment } from './secrets.ts';

/** Largest certificate file that is read, in bytes. */
const sizeLimit = 1024 * 1024;

export interface CertificatePlace {
  /** Folder of the farm-email file: what `path` is relative to. */
  readonly folder: string;
  /** Nothing outside this folder is read. */
  readonly workspace: string;
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
  { folder, workspace }: CertificatePlace,
  password: Secret | undefined,
): Promise<CertificateReading | undefined> {
  const wanted = path.resolve(folder, name);
  // By the name alone first: what lies elsewhere is not even looked up.
  const refusal = refusalOf(name) ?? (isInside(workspace, wanted) ? undefined : outside);
  if (refusal !== undefined) return { kind: 'unreadable', reason: refusal };
  try {
    const file = await realpath(wanted);
    if (!isInside(await realpath(workspace), file)) return { kind: 'unreadable', reason: outside };
    const bytes = await readRegularFile(file, sizeLimit);
    if (typeof bytes === 'string') return { kind: 'unreadable', reason: bytes };
    const { readCertificate } = await import('../certificates/read.ts');
    return await readCertificate(bytes, password);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { kind: 'unreadable', reason: code === 'EACCES' ? 'this user may not read it' : 'it could not be opened' };
  }
}

const outside = 'it lies outside the workspace';

/** A UNC path would make Windows log in to that server; the others would lead out of the workspace. */
function refusalOf(name: string): string | undefined {
  if (/^[\\/]{2}/.test(name)) return 'network paths are not read';
  if (/^[\\/~]|^[A-Za-z]:/.test(name)) return 'only paths relative to the file are read';
  return undefined;
}
