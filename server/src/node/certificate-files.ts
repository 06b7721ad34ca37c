import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { noSurroundings, type Surroundings } from '../analysis.ts';
import type { CertificateReading } from '../certificates/reading.ts';
import type { Certificate } from '../settings/model.ts';
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
): Promise<Surroundings> {
  const named = certificates.filter(({ path: name }) => name?.value !== undefined);
  if (named.length === 0) return noSurroundings;
  const readings = new Map<string, CertificateReading>();
  for (const { path: name, password } of named) {
    if (name?.value === undefined) continue;
    const reading = await readOne(name.value, place, secretFromEnvironment(password?.value, place.environment));
    if (reading !== undefined) readings.set(name.value, reading);
  }
  return { certificates: readings };
}

async function readOne(
  name: string,
  { folder, workspace }: CertificatePlace,
  password: { reveal(): string } | undefined,
): Promise<CertificateReading | undefined> {
  const refusal = refusalOf(name);
  if (refusal !== undefined) return { kind: 'unreadable', reason: refusal };
  try {
    const root = await realpath(workspace);
    const file = await realpath(path.resolve(folder, name));
    const inside = path.relative(root, file);
    if (inside.startsWith('..') || path.isAbsolute(inside)) {
      return { kind: 'unreadable', reason: 'it lies outside the workspace' };
    }
    const bytes = await readRegularFile(file);
    if (typeof bytes === 'string') return { kind: 'unreadable', reason: bytes };
    const { readCertificate } = await import('../certificates/read.ts');
    return await readCertificate(bytes, password);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { kind: 'unreadable', reason: code === 'EACCES' ? 'this user may not read it' : 'it could not be opened' };
  }
}

/** A UNC path would make Windows log in to that server; the others would lead out of the workspace. */
function refusalOf(name: string): string | undefined {
  if (/^[\\/]{2}/.test(name)) return 'network paths are not read';
  if (/^[\\/~]|^[A-Za-z]:/.test(name)) return 'only paths relative to the file are read';
  return undefined;
}

/** Opened once; what is checked is what is read, even where a link is changed meanwhile. */
async function readRegularFile(file: string): Promise<Uint8Array | string> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const opened = await handle.stat();
    const named = await stat(file);
    if (!opened.isFile()) return 'it is not a regular file';
    if (opened.ino !== named.ino || opened.dev !== named.dev) return 'it was replaced while it was read';
    if (opened.size > sizeLimit) return `it is larger than ${sizeLimit / 1024 / 1024} MB`;
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}
