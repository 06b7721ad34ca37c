import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import { run } from './processes.mjs';

export const vsix = join(root, '.cache', 'farm-email.vsix');

/** Bundles client, server and command line into dist/. */
export async function build() {
  await run(process.execPath, ['esbuild.mjs'], { cwd: root });
}

/** Packs what `build` made into the file that VS Code installs. */
export async function pack() {
  const stage = join(root, '.cache', `package.${process.pid}`);
  const out = join(stage, 'out.vsix');
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const options = [
    // The bundles hold their dependencies.
    '--no-dependencies',
    '--allow-missing-repository',
    // Pictures in the README stay relative: the VSIX carries them.
    '--no-rewrite-relative-links',
  ];
  try {
    await copyKept(stage);
    await run(process.execPath, [vsce, 'package', ...options, '--out', out], { cwd: stage, quiet: true });
    await rename(out, vsix);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/**
 * Copies what .vscodeignore keeps, by its first folder: vsce matches every file below its folder against every pattern,
 * and takes seconds for those of the cache.
 *
 * @param {string} stage
 */
async function copyKept(stage) {
  const lines = (await readFile(join(root, '.vscodeignore'), 'utf8')).split(/\r?\n/);
  const kept = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).split('/')[0] ?? '');
  await mkdir(stage, { recursive: true });
  for (const name of new Set(['.vscodeignore', ...kept])) {
    if (existsSync(join(root, name))) await cp(join(root, name), join(stage, name), { recursive: true });
  }
}
