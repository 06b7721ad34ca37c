// Makes this folder ready to work in: the right Node, and the dependencies of package-lock.json. `npm start` and
// `npm test` begin with it, so it may import nothing but Node itself and its neighbours.
import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './workbench/lock.mjs';
import { run } from './workbench/processes.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const oldestNode = { major: 20, minor: 19 };

/** @param {string} [folder] */
export async function setUp(folder = root) {
  checkNode();
  if (await isInstalled(folder)) return;
  await withLock(
    join(folder, '.cache', 'setup.lock'),
    async () => {
      if (await isInstalled(folder)) return;
      console.log('Installing the dependencies of package-lock.json (npm ci) …');
      // No dependency needs its install script.
      await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
    },
    (owner) => console.log(`Process ${owner} is installing the dependencies; waiting for it …`),
  );
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return;
  throw new Error(
    `Farm Email is developed with Node.js ${oldestNode.major}.${oldestNode.minor} or newer; this is ${process.versions.node}.\n` +
      'Get a newer one from https://nodejs.org, then run the same command again.',
  );
}

/**
 * Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed. Times are not
 * compared: git sets them anew at each checkout.
 *
 * @param {string} folder
 */
async function isInstalled(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = await packagesOf(join(folder, 'package-lock.json'));
  const installed = await packagesOf(record);
  return (
    Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
      if (path === '') return true;
      const found = installed[path];
      // Optional ones may be those of other platforms.
      return found === undefined ? optional === true || devOptional === true : found.version === version;
    }) && Object.keys(installed).every((path) => path in wanted)
  );
}

/**
 * @param {string} path
 * @returns {Promise<Record<string, { version?: string, optional?: boolean, devOptional?: boolean }>>}
 */
async function packagesOf(path) {
  return JSON.parse(await readFile(path, 'utf8')).packages ?? {};
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await setUp().then(
    () => console.log('Ready.'),
    (error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
