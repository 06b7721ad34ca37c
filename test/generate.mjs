// `npm run generate`: writes what test/generated.test.ts compares.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root, setUp } from './setup.mjs';

await setUp();
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'unit', 'test/generated.test.ts'], {
  cwd: root,
  env: { ...process.env, UPDATE_GENERATED: '1' },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
