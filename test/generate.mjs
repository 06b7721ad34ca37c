// `npm run generate`: writes what test/generated.test.ts compares.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

await setUp();
// The registry first: what is made of it is made by a process that has read the new one.
process.exitCode = generate('-t', 'the registry') || generate();

function generate(...tests) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'unit', 'test/generated.test.ts', ...tests],
    {
      cwd: root,
      env: { ...process.env, UPDATE_GENERATED: '1' },
      stdio: 'inherit',
    },
  );
  return status ?? 1;
}
