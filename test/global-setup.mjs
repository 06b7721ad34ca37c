import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';
import { run } from './workbench/processes.mjs';

/** Makes the generated sources (the validators of the schemas) before any test imports them. */
export async function setup() {
  if (!existsSync(join(root, 'esbuild.mjs'))) return;
  await run(process.execPath, ['esbuild.mjs', 'generate'], { cwd: root, quiet: true });
}
