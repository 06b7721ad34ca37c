import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { visible } from '../text/visible.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { causeOf, detailOf } from './kerberos-errors.ts';
import type { Credentials, Kerberos, KerberosContext, KerberosFailure, KerberosToken } from './mechanisms/mechanism.ts';

/** What is used of the npm package `kerberos`, which is not a part of ours: whoever wants Kerberos installs it. */
export interface KerberosLibrary {
  initializeClient(service: string, options: Readonly<Record<string, unknown>>): Promise<KerberosClient>;
}

export interface KerberosClient {
  /** Null until the context is complete. */
  readonly username: string | null;
  /** Base64 both ways; null where there is nothing to say. */
  step(challenge: string): Promise<string | null>;
  unwrap(challenge: string): Promise<string | null>;
  wrap(text: string, options: Readonly<Record<string, unknown>>): Promise<string | null>;
}

const packageName = 'kerberos';
/** The package's name for Kerberos itself, without SPNEGO around it. */
const kerberosMechanism = 9;
/** GSS_C_MUTUAL_FLAG, GSS_C_SEQUENCE_FLAG, GSS_C_INTEG_FLAG. */
const unixFlags = 2 | 8 | 32;
/** ISC_REQ_MUTUAL_AUTH, ISC_REQ_SEQUENCE_DETECT, ISC_REQ_INTEGRITY. */
const windowsFlags = 2 | 8 | 0x10000;
/** For a ticket: milliseconds until a key distribution centre counts as out of reach. The reply to a login has 15 s. */
const patience = 8_000;

/** Kerberos of this computer; undefined where the npm package `kerberos` is not installed. It is loaded when first used. */
export function nodeKerberos(): Kerberos | undefined {
  const file = findKerberos();
  if (file === undefined) return undefined;
  const load = () => createRequire(import.meta.url)(file) as KerberosLibrary;
  return kerberosOver(load, process.platform === 'win32');
}

/**
 * The file of the package: from where this program is, and from where packages are installed for every program of a user
 * or of the computer. Never from the folder we were called in: what lies there would run as our own code.
 */
function findKerberos(): string | undefined {
  const own = path.dirname(fileURLToPath(import.meta.url));
  const beside = path.dirname(process.execPath);
  const installed =
    process.platform === 'win32'
      ? [beside, path.join(process.env.APPDATA ?? beside, 'npm')]
      : [path.join(beside, '..', 'lib')];
  try {
    // Throws where the folder is gone.
    const here = process.cwd();
    const file = createRequire(import.meta.url).resolve(packageName, { paths: [own, ...installed] });
    // NODE_PATH may hold a relative folder.
    return isBelow(here, file) && !isBelow(here, own) ? undefined : file;
  } catch {
    return undefined;
  }
}

function isBelow(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

/**
 * Kerberos by way of that package.
 *
 * @param load may throw: the package is there, but does not work
 */
export function kerberosOver(load: () => KerberosLibrary, isWindows: boolean): Kerberos {
  return {
    async begin({ host, credentials }) {
      try {
        const service = isWindows ? `SMTPSVC/${host}` : `SMTPSVC@${host}`;
        const options = isWindows ? windowsOptions(credentials) : { flags: unixFlags };
        const client = await inTime(load().initializeClient(service, { mechOID: kerberosMechanism, ...options }));
        return contextOver(client);
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

/** On Windows a ticket is got for the user of the settings; elsewhere the library knows the tickets of this computer only. */
function windowsOptions({ userName, password }: Credentials): Readonly<Record<string, unknown>> {
  const at = userName.indexOf('\\');
  return {
    flags: windowsFlags,
    user: userName.slice(at + 1),
    domain: at < 0 ? '' : userName.slice(0, at),
    password: password.reveal(),
  };
}

function contextOver(client: KerberosClient): KerberosContext {
  return {
    kind: 'context',
    get principal() {
      return client.username === null ? undefined : visible(client.username);
    },
    async step(challenge): Promise<KerberosToken | KerberosFailure> {
      try {
        const token = await inTime(client.step(toBase64(challenge ?? new Uint8Array())));
        return {
          kind: 'token',
          token: fromBase64(token ?? '') ?? new Uint8Array(),
          complete: client.username !== null,
        };
      } catch (error) {
        return failureOf(error);
      }
    },
    async unwrap(message) {
      // The library falls over a message without content.
      if (isEmptyMessage(message)) return undefined;
      return decoded(client.unwrap(toBase64(message)));
    },
    wrap: (message) => decoded(client.wrap(toBase64(message), { protect: false })),
  };
}

/** A message of RFC 4121, section 4.2.6.2, that is not sealed and holds nothing but its checksum; or none at all. */
function isEmptyMessage(message: Uint8Array): boolean {
  const [first, second, flags = 0, , high = 0, low = 0] = message;
  const isSealed = (flags & 2) !== 0;
  if (first !== 5 || second !== 4) return message.length === 0;
  return message.length <= 16 + (isSealed ? 0 : high * 256 + low);
}

async function decoded(work: Promise<string | null>): Promise<Uint8Array | undefined> {
  try {
    return fromBase64((await work) ?? '');
  } catch {
    return undefined;
  }
}

class Impatience extends Error {}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Impatience()), patience);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function failureOf(error: unknown): KerberosFailure {
  if (error instanceof Impatience) {
    return { kind: 'failure', cause: 'noKdc', detail: `no answer within ${patience / 1_000} seconds` };
  }
  const text = error instanceof Error ? error.message : String(error);
  return { kind: 'failure', cause: causeOf(text), detail: detailOf(text) };
}
