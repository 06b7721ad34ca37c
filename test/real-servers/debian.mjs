// Real mail servers from Debian's packages, unpacked into the cache folder: nothing is installed, so none of them is
// started with the computer, two of them that exclude each other can stand side by side, and nobody has to be root.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { root } from '../setup.mjs';
import { withLock } from '../workbench/lock.mjs';
import { run } from '../workbench/processes.mjs';
import { onPath } from '../workbench/programs.mjs';

// The number counts how and what is unpacked.
export const debian = join(root, '.cache', 'debian-2');

/** What is fetched together, each time with all it stands on; Exim and Postfix each want to be the only mail server. */
const wanted = [
  [
    ...['postfix', 'sasl2-bin', 'libsasl2-modules', 'libsasl2-modules-gssapi-mit'],
    ...['dovecot-core', 'dovecot-gssapi', 'winbind', 'gss-ntlmssp'],
    ...['krb5-kdc', 'krb5-admin-server', 'krb5-user', 'libkrb5-dev'],
    ...['libnss-wrapper', 'libuid-wrapper'],
  ],
  ['exim4-daemon-heavy'],
];

/** Of what they stand on, libraries are unpacked. The C library has to be the computer's own. */
const unpackedToo = /^(?:lib(?!c6|c-|python|pam-)|zlib1g$|krb5-multidev$|comerr-dev$|samba-libs$)/;

const triples = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** Folder of libraries in Debian's way of naming computers. */
export function libraries() {
  const triple = triples[/** @type {keyof typeof triples} */ (process.arch)];
  if (triple === undefined) throw new Error(`The real mail servers are not run on computers of type ${process.arch}.`);
  return join(debian, 'usr', 'lib', triple);
}

/**
 * Fetches and unpacks the packages unless they are there.
 *
 * @param {(line: string) => void} [log]
 */
export async function unpackServers(log = console.log) {
  if (existsSync(debian)) return;
  for (const program of ['apt-get', 'dpkg-deb']) {
    if (onPath([program]) === undefined) {
      throw new Error(
        `The real mail servers are unpacked from Debian's packages, and there is no ${program} on this computer. ` +
          'Run the tests on Debian 12 or Ubuntu, or in a container of it.',
      );
    }
  }
  const locked = async () => {
    if (existsSync(debian)) return;
    const began = performance.now();
    log('Fetching Postfix, Dovecot, Cyrus SASL, Exim, Kerberos and Samba (Debian packages) into .cache: once …');
    const building = `${debian}.${process.pid}`;
    const apt = `${building}.apt`;
    try {
      await fetchPackages(apt).catch((error) => {
        throw new Error(
          `The real mail servers could not be fetched from this computer's package servers.\n${error.message}`,
        );
      });
      await unpack(join(apt, 'cache', 'archives'), building);
      await lookForModulesHere(join(building, 'usr', 'lib', 'dovecot', 'auth'));
      await rename(building, debian);
    } finally {
      await rm(building, { recursive: true, force: true });
      await rm(apt, { recursive: true, force: true });
    }
    log(`  done in ${Math.round((performance.now() - began) / 1000)} s`);
  };
  await withLock(`${debian}.lock`, locked, (owner) =>
    log(`Process ${owner} is unpacking the servers; waiting for it …`),
  );
}

/**
 * apt with lists and a cache of its own, for a computer on which nothing is installed: it needs no rights then, leaves
 * this computer's alone, and fetches the same whatever is installed here.
 *
 * @param {string} folder
 */
async function fetchPackages(folder) {
  const [lists, cache, status] = ['lists', 'cache', 'status'].map((name) => join(folder, name));
  for (const name of ['lists', 'cache']) await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, 'status'), '');
  const own = [
    `Dir::State::lists=${lists}`,
    `Dir::State::status=${status}`,
    `Dir::Cache=${cache}`,
    'Debug::NoLocking=1',
    // The user _apt may not be allowed to write here.
    'APT::Sandbox::User=',
  ].flatMap((option) => ['-o', option]);
  const apt = (/** @type {readonly string[]} */ ...args) =>
    run('apt-get', [...own, '-qq', '-y', ...args], { quiet: true });
  await apt('update');
  for (const packages of wanted) await apt('install', '--download-only', '--no-install-recommends', ...packages);
}

/**
 * @param {string} archives
 * @param {string} into
 */
async function unpack(archives, into) {
  const names = new Set(wanted.flat());
  const files = (await readdir(archives)).filter((file) => {
    const name = file.split('_')[0] ?? '';
    return file.endsWith('.deb') && (names.has(name) || unpackedToo.test(name));
  });
  await mkdir(into);
  for (const file of files) await run('dpkg-deb', ['-x', join(archives, file), into], { quiet: true });
}

/**
 * Dovecot looks for the modules of its logins in one folder that is written into the program. Made relative, it is one in
 * the folder where the program runs.
 *
 * @param {string} program
 */
async function lookForModulesHere(program) {
  const bytes = await readFile(program);
  const fixed = Buffer.from('/usr/lib/dovecot/modules/auth\0');
  const at = bytes.indexOf(fixed);
  if (at < 0 || bytes.indexOf(fixed, at + 1) >= 0) throw new Error(`${basename(program)} names its modules otherwise.`);
  bytes.fill(0, at, at + fixed.length);
  bytes.write(modulesFolder, at);
  await writeFile(program, bytes);
}

/** Where Dovecot's auth service then looks, below its base_dir. */
export const modulesFolder = 'auth-modules';
