import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readNamedFile, readUsersFile } from '../../server/src/node/named-files.ts';
import { temporaryFolders } from '../temporary.ts';

/** What an attacker does at a moment of the reading, once. */
const attack = vi.hoisted(() => ({ beforeOpen: () => {}, afterOpen: () => {}, lookUp: (_file: string) => {} }));
/** Where the bytes of files were read into. */
const filled = vi.hoisted((): Uint8Array[] => []);
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  return {
    ...real,
    realpath(file: string) {
      attack.lookUp(file);
      return real.realpath(file);
    },
    async open(...parameters: Parameters<typeof real.open>) {
      attack.beforeOpen();
      const handle = await real.open(...parameters);
      attack.afterOpen();
      return new Proxy(handle, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return (...given: readonly unknown[]) => {
            filled.push(...given.filter((each) => each instanceof Uint8Array));
            return value.apply(target, given);
          };
        },
      });
    },
  };
});

const temporaryFolder = temporaryFolders();
const limit = 1024 * 1024;
let folder: string;
let workspace: string;
const inside = (...names: readonly string[]) => path.join(workspace, ...names);
const read = (name: string) => readNamedFile(name, { folder: workspace, workspace }, limit);
const refused = (reason: string) => ({ kind: 'refused', reason });
const replaced = refused('it was replaced while it was read');

beforeEach(() => {
  folder = temporaryFolder();
  workspace = path.join(folder, 'farm');
  mkdirSync(inside('certs'), { recursive: true });
  mkdirSync(path.join(folder, 'secret'));
  writeFileSync(inside('certs', 'a.pem'), 'mine');
  writeFileSync(path.join(folder, 'secret', 'a.pem'), 'not mine');
});
afterEach(() => {
  attack.beforeOpen = () => {};
  attack.afterOpen = () => {};
  attack.lookUp = () => {};
});

test('a file of the workspace is read, also through a link that stays in it', async () => {
  const mine = { kind: 'read', bytes: new Uint8Array(Buffer.from('mine')) };
  symlinkSync(inside('certs'), inside('link'));
  expect(await read('certs/a.pem')).toEqual(mine);
  expect(await read('./link/../certs/a.pem')).toEqual(mine);
  expect(await read('link/a.pem')).toEqual(mine);
});

test.each([
  ['as it is', () => {}],
  ['grown while it is read', () => appendFileSync(inside('certs', 'a.pem'), ' and more')],
])('D24: a file is in one place of memory, %s: whoever overwrites that has overwritten it', async (_, change) => {
  filled.length = 0;
  attack.afterOpen = () => {
    attack.lookUp = change;
  };
  const file = await read('certs/a.pem');
  if (file.kind !== 'read') throw new Error('It should have been read.');
  expect(Buffer.from(file.bytes).toString()).toMatch(/^mine(?: and more)?$/);
  file.bytes.fill(0);
  expect(filled).not.toEqual([]);
  for (const place of filled) expect(place.every((byte) => byte === 0)).toBe(true);
});

test.each(['certs/b.pem', 'a.pem', 'certs/a.pem/b'])('%s is not there', async (name) => {
  expect(await read(name)).toEqual({ kind: 'absent' });
});

test.each([
  ['../secret/a.pem', 'it lies outside the workspace'],
  ['certs/../../secret/a.pem', 'it lies outside the workspace'],
  ['/etc/passwd', 'only paths relative to the file are read'],
  ['~/a.pem', 'only paths relative to the file are read'],
  ['C:\\certs\\a.pem', 'only paths relative to the file are read'],
  ['c:a.pem', 'only paths relative to the file are read'],
  ['\\\\attacker.test\\share\\a.pem', 'network paths are not read'],
  ['//attacker.test/share/a.pem', 'network paths are not read'],
  ['\\/attacker.test/share/a.pem', 'network paths are not read'],
  ['\\\\?\\C:\\a.pem', 'network paths are not read'],
  ['\\\\.\\pipe\\a', 'network paths are not read'],
  ['certs/a.pem\0.txt', 'it could not be opened'],
  ['certs', 'it is not a regular file'],
])('%s is refused: %s', async (name, reason) => {
  expect(await read(name)).toEqual(refused(reason));
});

test.each([
  ['a link to a file outside', () => symlinkSync(path.join(folder, 'secret', 'a.pem'), inside('x'))],
  ['a link to a folder outside', () => symlinkSync(path.join(folder, 'secret'), inside('x'))],
  ['a link to a device', () => symlinkSync('/dev/zero', inside('x'))],
])('%s is refused', async (_, make) => {
  make();
  expect(await read('x')).toEqual(refused('it lies outside the workspace'));
});

test.each([
  ['to a network path', ['\\\\attacker.test\\share\\a.pem'], 'network paths are not read'],
  ['to a network path, as Windows tells it', ['\\\\?\\UNC\\attacker.test\\share'], 'network paths are not read'],
  ['to a network path with slashes', ['//attacker.test/share/a.pem'], 'network paths are not read'],
  ['to a link to a network path', ['certs/second', '\\\\attacker.test\\share'], 'network paths are not read'],
  ['outside', ['../../secret/a.pem'], 'it lies outside the workspace'],
  ['to a link that leads outside', ['certs/second', '../../secret/a.pem'], 'it lies outside the workspace'],
  ['to itself', ['first'], 'it could not be opened'],
])('D21: a link %s is not followed: what it leads to is not even looked up', async (_, targets, reason) => {
  const names = ['certs/first', 'certs/second'];
  targets.forEach((target, i) => {
    // The second stands beside the first; each is told where from its own folder.
    symlinkSync(target.replace(/^certs\//, ''), inside(names[i] ?? ''));
  });
  const looked: string[] = [];
  attack.lookUp = (file) => looked.push(file);
  expect(await read('certs/first')).toEqual(refused(reason));
  expect(looked).toEqual([workspace]);
});

test('a link on the way, to a folder with links of its own', async () => {
  mkdirSync(inside('real', 'deep'), { recursive: true });
  writeFileSync(inside('real', 'deep', 'b.pem'), 'mine');
  symlinkSync('../certs', inside('real', 'back'));
  symlinkSync('real', inside('way'));
  symlinkSync('deep/b.pem', inside('real', 'b.pem'));
  for (const name of ['way/deep/b.pem', 'way/b.pem', 'way/back/a.pem'])
    expect(await read(name)).toMatchObject({ kind: 'read' });
  expect(await read('way/back/b.pem')).toEqual({ kind: 'absent' });
});

test('a named pipe is not waited for', async () => {
  execFileSync('mkfifo', [inside('pipe')]);
  expect(await read('pipe')).toEqual(refused('it is not a regular file'));
});

test('a file of gigabytes that takes no room is not read', async () => {
  writeFileSync(inside('sparse'), '');
  truncateSync(inside('sparse'), 8 * 1024 ** 3);
  expect(await read('sparse')).toEqual(refused('it is larger than 1 MB'));
});

test('a file of exactly the limit is read, one byte more is not', async () => {
  writeFileSync(inside('full'), new Uint8Array(limit));
  expect(await read('full')).toMatchObject({ kind: 'read', bytes: { length: limit } });
  appendFileSync(inside('full'), 'x');
  expect(await read('full')).toEqual(refused('it is larger than 1 MB'));
});

describe('between the check and the reading', () => {
  test('the file becomes a link', async () => {
    attack.beforeOpen = () => {
      renameSync(inside('certs', 'a.pem'), inside('certs', 'b.pem'));
      symlinkSync(path.join(folder, 'secret', 'a.pem'), inside('certs', 'a.pem'));
    };
    expect(await read('certs/a.pem')).toEqual(refused('it could not be opened'));
  });

  test('its folder becomes a link', async () => {
    attack.beforeOpen = () => {
      renameSync(inside('certs'), inside('old'));
      symlinkSync(path.join(folder, 'secret'), inside('certs'));
    };
    expect(await read('certs/a.pem')).toEqual(replaced);
  });

  test('its folder is a link for just the moment of the opening', async () => {
    attack.beforeOpen = () => {
      renameSync(inside('certs'), inside('old'));
      symlinkSync(path.join(folder, 'secret'), inside('certs'));
    };
    attack.afterOpen = () => {
      renameSync(inside('certs'), inside('link'));
      renameSync(inside('old'), inside('certs'));
    };
    expect(await read('certs/a.pem')).toEqual(replaced);
  });

  test('another file takes its place', async () => {
    attack.afterOpen = () => renameSync(path.join(folder, 'secret', 'a.pem'), inside('certs', 'a.pem'));
    expect(await read('certs/a.pem')).toEqual(replaced);
  });

  test('it grows beyond the limit', async () => {
    // The last look-up comes after its size was asked for.
    attack.afterOpen = () => {
      attack.lookUp = () => truncateSync(inside('certs', 'a.pem'), 2 * limit);
    };
    expect(await read('certs/a.pem')).toEqual(refused('it is larger than 1 MB'));
  });

  test('it becomes a pipe', async () => {
    execFileSync('mkfifo', [inside('pipe')]);
    attack.beforeOpen = () => renameSync(inside('pipe'), inside('certs', 'a.pem'));
    expect(await read('certs/a.pem')).toEqual(refused('it is not a regular file'));
  });
});

describe('a file that the user names', () => {
  test('may lie anywhere, and be a link', async () => {
    const notMine = { kind: 'read', bytes: new Uint8Array(Buffer.from('not mine')) };
    symlinkSync(path.join(folder, 'secret'), inside('link'));
    expect(await readUsersFile(inside('link', 'a.pem'), limit)).toEqual(notMine);
  });

  test.each(['/dev/zero', '/dev/null'])('is not %s', async (device) => {
    expect(await readUsersFile(device, limit)).toEqual(refused('it is not a regular file'));
  });
});
