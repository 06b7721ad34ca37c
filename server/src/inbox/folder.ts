import { chmod, lstat, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, posix, win32 } from 'node:path';

/** What lies in the folder of an inbox: `messages/`, and while it runs `inbox.json` and `ca.pem`. */

/** `inbox.json`: how another program of the same user finds the inbox. */
export interface InboxNote {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly pid: number;
  /** ISO 8601. */
  readonly started: string;
  /** Stands in the greeting, so that another inbox on the same port is not taken for this one. */
  readonly id: string;
}

const ownerOnly = { file: 0o600, folder: 0o700 };
const writableByOthers = 0o022;
const maxNoteBytes = 64 * 1024;
const noteFile = 'inbox.json';
const authorityFile = 'ca.pem';

/**
 * Where the inbox of a user lies: `FARM_EMAIL_INBOX_FOLDER`, else a folder for the state of programs,
 * `~/.local/state/farm-email/inbox` on Linux, `~/Library/Application Support/…` on macOS, `%LOCALAPPDATA%\…` on Windows.
 */
export function defaultInboxFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  const path = platform === 'win32' ? win32 : posix;
  const chosen = env.FARM_EMAIL_INBOX_FOLDER;
  if (chosen) return path.resolve(chosen);
  const home = (platform === 'win32' ? env.USERPROFILE : env.HOME) || homedir();
  return path.join(stateFolder(env, platform, home), 'farm-email', 'inbox');
}

function stateFolder(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string) {
  if (platform === 'win32') return env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support');
  const stated = env.XDG_STATE_HOME;
  // The specification has relative paths ignored.
  return stated?.startsWith('/') ? stated : posix.join(home, '.local', 'state');
}

export function messagesFolder(folder: string): string {
  return join(folder, 'messages');
}

/** Makes the folder where it is missing. Gives the reason why it cannot be used, in one sentence. */
export async function prepareFolder(folder: string): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true, mode: ownerOnly.folder });
    if (!(await isOwn(folder))) return notOwn(folder);
    const messages = messagesFolder(folder);
    await mkdir(messages, { recursive: true, mode: ownerOnly.folder });
    const made = await lstat(messages);
    if (!made.isDirectory() || !isOwnedByUser(made.uid)) return notOwn(messages);
    await chmod(messages, ownerOnly.folder);
    return undefined;
  } catch (error) {
    return `The inbox cannot keep messages in ${folder} (${codeOf(error)}). Set FARM_EMAIL_INBOX_FOLDER to a folder of your own.`;
  }
}

function notOwn(folder: string): string {
  return `The inbox does not use ${folder}: others can write there. Set FARM_EMAIL_INBOX_FOLDER to a folder that only you can write to.`;
}

/** A folder of this user that nobody else can write to. Windows has no such bits; its profile folders are private. */
export async function isOwn(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined || !found.isDirectory() || !isOwnedByUser(found.uid)) return false;
  return process.platform === 'win32' || (found.mode & writableByOthers) === 0;
}

function isOwnedByUser(uid: number): boolean {
  return process.getuid === undefined || process.getuid() === uid;
}

export async function writeNote(folder: string, note: InboxNote, authority: string): Promise<void> {
  await writeWhole(join(folder, authorityFile), authority);
  await writeWhole(join(folder, noteFile), `${JSON.stringify(note, undefined, 2)}\n`);
}

/** Undefined where there is none, or none that can be believed. */
export async function readNote(folder: string): Promise<{ note: InboxNote; authority: string } | undefined> {
  const text = await readSmall(join(folder, noteFile));
  const authority = await readSmall(join(folder, authorityFile));
  const note = text === undefined ? undefined : parseNote(text);
  return note === undefined || !authority?.includes('-----BEGIN CERTIFICATE-----') ? undefined : { note, authority };
}

/** Removes the note, unless another inbox has written its own since. */
export async function removeNote(folder: string, id: string): Promise<void> {
  const found = await readNote(folder);
  if (found !== undefined && found.note.id !== id) return;
  await rm(join(folder, noteFile), { force: true });
  await rm(join(folder, authorityFile), { force: true });
}

function parseNote(text: string): InboxNote | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { host, port, pid, started, id } = value as Partial<Record<keyof InboxNote, unknown>>;
  if (host !== '127.0.0.1' || typeof started !== 'string' || typeof pid !== 'number') return undefined;
  if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535) return undefined;
  if (typeof id !== 'string' || !/^[0-9a-f]{16}$/.test(id)) return undefined;
  return { host, port, pid, started, id };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readSmall(path: string): Promise<string | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > maxNoteBytes || !isOwnedByUser(found.uid)) return undefined;
    return await file.readFile('utf8');
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/** Under another name first, so that nobody ever reads half of it. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  await rm(draft, { force: true });
  const file = await open(draft, 'wx', ownerOnly.file);
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

/** Deletes the oldest messages beyond the last `count`. Their names begin with the time and so sort by it. */
export async function keepLast(folder: string, count: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  for (const name of names.slice(0, -count)) await rm(join(folder, name), { force: true });
}

/** The system's own word for what went wrong, for example `EACCES`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}
