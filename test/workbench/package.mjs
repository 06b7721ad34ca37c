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
  const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  // The bundles hold their dependencies. Pictures in the README stay relative: the VSIX carries them.
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix];
  await run(process.execPath, [vsce, 'package', ...options], { cwd: root, quiet: true });
}
