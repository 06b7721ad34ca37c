import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { run } from '../workbench/processes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const yamlLanguageServer = join(root, 'node_modules/yaml-language-server/out/server/src/server.js');

/** Packs the extension that stands for others (`companion/`). Answers the path of its VSIX. */
export async function packCompanion(): Promise<string> {
  const source = join(root, 'test/editor/companion');
  const stage = await mkdtemp(join(tmpdir(), 'farm-email-companion-'));
  const vsix = join(root, '.cache', 'companion.vsix');
  try {
    await copyFile(join(source, 'package.json'), join(stage, 'package.json'));
    await build({
      entryPoints: [join(source, 'extension.ts')],
      outfile: join(stage, 'extension.js'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
    });
    const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
    const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
    await run(process.execPath, [vsce, 'package', ...options, '--out', vsix], { cwd: stage, quiet: true });
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return vsix;
}
