import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` while no other process on this computer holds the lock `path`. The lock is a file that holds the process
 * id of its owner; a lock whose owner is gone is taken over.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @param {(owner: number) => void} [onWait] called once if another process holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(path, work, onWait) {
  await mkdir(dirname(path), { recursive: true });
  // Linked into place with its content, so that nobody ever reads a half-written lock.
  const mine = `${path}.${process.pid}`;
  await writeFile(mine, String(process.pid));
  try {
    let told = false;
    while (!(await taken(mine, path))) {
      const owner = await ownerOf(path);
      if (owner !== undefined && !isAlive(owner)) await discard(path, owner);
      else if (owner !== undefined && !told) {
        told = true;
        onWait?.(owner);
      }
      await wait(200);
    }
  } finally {
    await rm(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/**
 * @param {string} mine
 * @param {string} path
 */
async function taken(mine, path) {
  try {
    await link(mine, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} path */
async function ownerOf(path) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text);
}

/**
 * Moved away before it is removed: were it another process's fresh lock by now, it goes back.
 *
 * @param {string} path
 * @param {number} owner
 */
async function discard(path, owner) {
  const aside = `${path}.old.${process.pid}`;
  await rename(path, aside).catch(() => {});
  const moved = await ownerOf(aside);
  if (moved !== undefined && moved !== owner) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
