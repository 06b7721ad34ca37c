// `npm run package`: builds, and packs the extension into farm-email-<version>.vsix and the npm package into .tgz.
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUp } from '../test/setup.mjs';
import { build, pack, vsix } from '../test/workbench/package.mjs';
import { layOut, packTarball } from './distribution.mjs';

await setUp();
await build();
await pack();
const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
await copyFile(vsix, join(root, `${name}-${version}.vsix`));
const folder = await mkdtemp(join(tmpdir(), 'farm-email-package-'));
try {
  await layOut(folder);
  await packTarball(folder, root);
} finally {
  await rm(folder, { recursive: true });
}
for (const file of [`${name}-${version}.vsix`, `${name}-${version}.tgz`]) {
  const { size } = await stat(join(root, file));
  console.log(`${file}  ${(size / 1000).toFixed(0)} kB`);
}
