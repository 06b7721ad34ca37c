// `npm run package`: builds, and packs the extension into farm-email-<version>.vsix.
import { copyFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { root, setUp } from '../test/setup.mjs';
import { build, pack, vsix } from '../test/workbench/package.mjs';

await setUp();
await build();
await pack();
const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const file = `${name}-${version}.vsix`;
await copyFile(vsix, join(root, file));
const { size } = await stat(join(root, file));
console.log(`${file}  ${(size / 1000).toFixed(0)} kB`);
