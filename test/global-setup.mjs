import { root } from './setup.mjs';
import { run } from './workbench/processes.mjs';

/** Makes what tests import or start: the validators of the schema, and the programs in dist/. */
export async function setup() {
  await run(process.execPath, ['esbuild.mjs'], { cwd: root, quiet: true });
}
