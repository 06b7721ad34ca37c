// `npm run release` makes the packages and the tags, and publishes them; `-- --dry-run` only says how.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../test/setup.mjs';
import { run } from '../test/workbench/processes.mjs';
import { tagDistribution, withDistribution } from './distribution.mjs';
import { environmentOf, publications } from './publications.mjs';

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const isDryRun = process.argv.includes('--dry-run');
const planned = publications(manifest, process.env);
if (planned.refused.length > 0) {
  for (const reason of planned.refused) console.error(reason);
  process.exitCode = 1;
} else {
  if (!isDryRun) {
    await import('./package.mjs');
    await withDistribution((folder) => tagDistribution(root, folder, manifest.version));
  }
  for (const { registry, command } of planned.commands) {
    console.log(`${registry}: ${command.join(' ')}`);
    const [program = '', ...args] = command;
    if (!isDryRun) await run(program, args, { cwd: root, env: environmentOf(process.env) });
  }
}
