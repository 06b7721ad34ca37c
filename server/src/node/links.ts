import { readlink } from 'node:fs/promises';
import path from 'node:path';
import { isInside } from './files.ts';

/** Links on one way; systems follow about as many. */
const mostLinks = 40;

export const outside = 'it lies outside the workspace';
export const onNetwork = 'network paths are not read';

/** True for a UNC path, however it is written. Windows logs in to its server as soon as it is looked up. */
export function isNetworkPath(name: string): boolean {
  return /^[\\/]{2}/.test(name);
}

/**
 * Why the links on the way to a file are not followed; undefined where all of them stay in these folders. They are read one
 * by one, so that what lies elsewhere is not even looked up. Absolute paths.
 */
export async function linkRefusal(file: string, folders: readonly string[]): Promise<string | undefined> {
  let wanted = file;
  for (let links = 0; links < mostLinks; links++) {
    const folder = folders.find((each) => isInside(each, wanted));
    if (folder === undefined) return outside;
    const link = await firstLink(folder, wanted);
    if (link === undefined) return undefined;
    if (isNetworkPath(link.target)) return onNetwork;
    wanted = path.resolve(path.dirname(link.at), link.target, path.relative(link.at, wanted));
  }
  return 'it could not be opened';
}

/** The first part of a path below a folder that is a link. */
async function firstLink(
  folder: string,
  file: string,
): Promise<{ readonly at: string; readonly target: string } | undefined> {
  let at = folder;
  for (const part of path.relative(folder, file).split(path.sep)) {
    at = path.join(at, part);
    const target = await readlink(at).catch(() => undefined);
    if (target !== undefined) return { at, target };
  }
  return undefined;
}
