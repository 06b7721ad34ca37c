import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { isInside, readRegularFile } from './files.ts';
import { isNetworkPath, linkRefusal, onNetwork, outside } from './links.ts';

/** Where a farm-email file stands. Absolute. */
export interface FilePlace {
  /** Folder of the farm-email file: what the files it names are relative to. */
  readonly folder: string;
  /** Nothing outside this folder is read. */
  readonly workspace: string;
}

export type NamedFile =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'absent' }
  /** `reason` goes on after "cannot be read:" and holds nothing of the file's contents. */
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Reads a file that a farm-email file names: by a relative path, inside the workspace whatever links there are, a regular
 * file. It is opened once, and what was checked is what is read. Never throws.
 *
 * @param sizeLimit in bytes
 */
export async function readNamedFile(
  name: string,
  { folder, workspace }: FilePlace,
  sizeLimit: number,
): Promise<NamedFile> {
  const wanted = path.resolve(folder, name);
  // By the name alone first: what lies elsewhere is not even looked up.
  const refusal = refusalOf(name) ?? (isInside(workspace, wanted) ? undefined : outside);
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  try {
    const realWorkspace = await realpath(workspace);
    const link = await linkRefusal(wanted, [workspace, realWorkspace]);
    if (link !== undefined) return { kind: 'refused', reason: link };
    const file = await realpath(wanted);
    if (!isInside(realWorkspace, file)) return { kind: 'refused', reason: outside };
    return await readReal(file, sizeLimit);
  } catch (error) {
    return failureOf(error);
  }
}

/** Reads a file that the user names: any regular file, by any path. Never throws. */
export async function readUsersFile(file: string, sizeLimit: number): Promise<NamedFile> {
  try {
    return await readReal(await realpath(file), sizeLimit);
  } catch (error) {
    return failureOf(error);
  }
}

async function readReal(file: string, sizeLimit: number): Promise<NamedFile> {
  const bytes = await readRegularFile(file, sizeLimit);
  return typeof bytes === 'string' ? { kind: 'refused', reason: bytes } : { kind: 'read', bytes };
}

function failureOf(error: unknown): NamedFile {
  const { code } = error as { code?: string };
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'absent' };
  return { kind: 'refused', reason: code === 'EACCES' ? 'this user may not read it' : 'it could not be opened' };
}

/** A UNC path would make Windows log in to that server; the others would lead out of the workspace. */
function refusalOf(name: string): string | undefined {
  if (isNetworkPath(name)) return onNetwork;
  if (/^[\\/~]|^[A-Za-z]:/.test(name)) return 'only paths relative to the file are read';
  return undefined;
}
