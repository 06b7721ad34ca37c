import { constants } from 'node:fs';
import { type FileHandle, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** True for what lies in a folder at any depth, and for the folder itself. Compares names; follows no link. */
export function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/**
 * The bytes of a regular file, or why they are not read. Opened once; what is checked is what is read, even where a link
 * or a folder on the way is changed meanwhile. `file` must be a real path. Throws what Node throws where it cannot be
 * opened.
 *
 * @param sizeLimit in bytes
 */
export async function readRegularFile(file: string, sizeLimit: number): Promise<Uint8Array | string> {
  // Without O_NONBLOCK a named pipe would be waited for.
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const opened = await handle.stat();
    if (!opened.isFile()) return 'it is not a regular file';
    const named = await stat(file);
    const isSame = opened.ino === named.ino && opened.dev === named.dev && (await realpath(file)) === file;
    if (!isSame) return 'it was replaced while it was read';
    const bytes = opened.size > sizeLimit ? undefined : await readAtMost(handle, opened.size, sizeLimit);
    return bytes ?? `it is larger than ${sizeLimit / 1024 / 1024} MB`;
  } finally {
    await handle.close();
  }
}

/** In one piece of memory and no other, for the caller to overwrite. Undefined where there is more than the limit. */
async function readAtMost(handle: FileHandle, size: number, limit: number): Promise<Uint8Array | undefined> {
  // One byte more shows that the file has grown since its size was asked for.
  let bytes = new Uint8Array(size + 1);
  for (let filled = 0; ; ) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
    if (filled < bytes.length) continue;
    const full = bytes;
    if (filled <= limit) {
      bytes = new Uint8Array(limit + 1);
      bytes.set(full);
    }
    full.fill(0);
    if (filled > limit) return undefined;
  }
}
