// VS Code in a browser: code-server from npm, installed without running any install script (nothing is compiled or
// downloaded beyond npm), and started under the Node.js it asks for, which also comes from npm.
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../setup.mjs';
import { withLock } from './lock.mjs';
import { installNode, nodeProgram, npm } from './node.mjs';
import { run, start, stop } from './processes.mjs';

const version = '4.139.1';
const cache = join(root, '.cache');
// The number after the version counts how it is installed.
const home = join(cache, `code-server-${version}-3`);

/**
 * Installs code-server into the cache folder unless it is there.
 *
 * @param {(line: string) => void} [log]
 */
export async function installCodeServer(log = console.log) {
  if (process.platform === 'win32') {
    throw new Error(
      'code-server does not run on Windows. Install VS Code from https://code.visualstudio.com, with `code` on the PATH.',
    );
  }
  const locked = async () => {
    if (existsSync(home)) return;
    const began = performance.now();
    const building = `${home}.${process.pid}`;
    await rm(building, { recursive: true, force: true });
    try {
      await installInto(building, log);
      await rename(building, home);
    } finally {
      await rm(building, { recursive: true, force: true });
    }
    log(`  done in ${Math.round((performance.now() - began) / 1000)} s`);
  };
  await installNode();
  if (existsSync(home)) return;
  await withLock(`${home}.lock`, locked, (owner) =>
    log(`Process ${owner} is installing code-server; waiting for it …`),
  );
}

/**
 * @param {string} folder
 * @param {(line: string) => void} log
 */
async function installInto(folder, log) {
  log(`Installing VS Code for the browser (code-server ${version}) into .cache: once, about 800 MB …`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  log('  1/3 code-server');
  await npm(folder, [`code-server@${version}`]);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  log("  2/3 VS Code's own dependencies");
  await npm(vscode);
  log("  3/3 its built-in extensions'");
  await npm(join(vscode, 'extensions'));
  await copyFile(
    join(root, 'test', 'workbench', 'spdlog.cjs'),
    join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js'),
  );
}

/** @param {string} data folder of the profile and of the extensions */
function command(data) {
  const modules = join(home, 'node_modules');
  return {
    node: nodeProgram(),
    args: [
      join(modules, 'code-server', 'out', 'node', 'entry.js'),
      ...['--config', join(data, 'config.yaml')],
      ...['--user-data-dir', join(data, 'profile')],
      ...['--extensions-dir', join(data, 'extensions')],
    ],
  };
}

/**
 * @param {string} data folder of the profile and of the extensions
 * @param {string} vsix
 */
export async function installExtension(data, vsix) {
  await prepare(data);
  const { node, args } = command(data);
  await run(node, [...args, '--install-extension', vsix, '--force'], { quiet: true });
}

/**
 * Installs extensions as `installExtension` does, but each set of them once: it takes seconds, and each session needs them.
 *
 * @param {string} data folder of the profile and of the extensions
 * @param {readonly string[]} vsixes
 */
export async function installExtensionsOnce(data, vsixes) {
  const hash = createHash('sha256');
  for (const vsix of vsixes) hash.update(await readFile(vsix));
  const kept = join(cache, 'extensions');
  const set = join(kept, hash.digest('hex').slice(0, 16));
  if (!existsSync(set)) {
    // Of another build.
    if (vsixes.length === 1) await rm(kept, { recursive: true, force: true });
    const fresh = `${set}.${process.pid}`;
    for (const vsix of vsixes) await installExtension(fresh, vsix);
    await rename(join(fresh, 'extensions'), set);
    await rm(fresh, { recursive: true, force: true });
  }
  await cp(set, join(data, 'extensions'), { recursive: true });
}

/**
 * Serves `folder` on 127.0.0.1, to whoever asks: there is no password.
 *
 * @param {{ data: string, folder: string, port?: number, env?: NodeJS.ProcessEnv, trust?: boolean, locale?: string }} options `data`:
 * folder of the profile, of the extensions and of the log; `port`: a free one where absent or taken; `trust`: whether a
 * folder has to be trusted first
 * @returns {Promise<{ url: string, log: string, stop: (grace?: number) => Promise<void> }>} once it answers
 */
export async function startCodeServer({ data, folder, port: wish, env, trust = false, locale }) {
  await prepare(data);
  const port = await freePort(wish);
  const { node, args } = command(data);
  const log = join(data, 'code-server.log');
  const child = start(
    node,
    [
      ...args,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(trust ? [] : ['--disable-workspace-trust']),
      ...(locale === undefined ? [] : ['--locale', locale]),
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  const file = createWriteStream(log);
  child.stdout?.pipe(file, { end: false });
  child.stderr?.pipe(file, { end: false });
  const address = `http://127.0.0.1:${port}`;
  await answered(`${address}/healthz`, child, log);
  return { url: `${address}/?folder=${encodeURIComponent(folder)}`, log, stop: (grace) => stop(child, grace) };
}

/** @param {string} data */
async function prepare(data) {
  await mkdir(data, { recursive: true });
  const config = join(data, 'config.yaml');
  // Named and empty, so that the person's own code-server settings neither count nor come into being.
  if (!existsSync(config)) await writeFile(config, '{}\n');
}

/**
 * @param {string} url
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} log
 */
async function answered(url, child, log) {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `code-server ended as it started. Its log, ${log}, ends with:\n${readFileSync(log, 'utf8').slice(-2000)}`,
      );
    }
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await wait(100);
  }
  await stop(child);
  throw new Error(`code-server did not answer at ${url} within a minute; see ${log}.`);
}

/**
 * @param {number} [wish]
 * @returns {Promise<number>}
 */
export function freePort(wish = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (wish === 0 ? reject(error) : resolve(freePort())));
    server.listen(wish, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
