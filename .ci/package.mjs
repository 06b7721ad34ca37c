// `npm run package`: builds, and packs the extension into farm-email-<version>.vsix and the npm package into .tgz.
import { copyFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root, setUp } from '../test/setup.mjs';
import { build, pack, vsix } from '../test/workbench/package.mjs';
import { packTarball, withDistribution } from './distribution.mjs';

await setUp();
await build();
await pack();
const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
await copyFile(vsix, join(root, `${name}-${version}.vsix`));
await withDistribution((folder) => packTarball(folder, root));
for (const file of [`${name}-${version}.vsix`, `${name}-${version}.tgz`]) {
  const { size } = await stat(join(root, file));
  console.log(`${file}  ${(size / 1000).toFixed(0)} kB`);
}
