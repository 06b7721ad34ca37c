import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { environmentOf, publications } from '../.ci/publications.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = { name: 'farm-email', version: '1.2.3', repository: 'https://example.com/farm-email' };
const tokens = { VSCE_PAT: 'one-Token', OVSX_PAT: 'another-Token', NPM_TOKEN: 'third-Token' };

describe('npm run release', () => {
  test('publishes one extension to both registries, the package and the tags; no token stands on a command line', () => {
    const { commands, refused } = publications(manifest, tokens);
    expect(refused).toEqual([]);
    expect(commands.map(({ registry, command }) => [registry, ...command.slice(-2)])).toEqual([
      ['Visual Studio Marketplace', '--packagePath', 'farm-email-1.2.3.vsix'],
      ['Open VSX', '--packagePath', 'farm-email-1.2.3.vsix'],
      ['npm', 'public', 'farm-email-1.2.3.tgz'],
      ['GitHub Actions, pre-commit', 'v1.2.3', '+v1'],
    ]);
    expect(JSON.stringify(commands)).not.toContain('Token');
  });

  test('npm finds its token', async () => {
    const env = environmentOf({ ...process.env, NPM_TOKEN: 'third-Token' });
    const { stdout } = await promisify(execFile)('npm', ['config', 'list'], { cwd: root, env: { ...env } });
    expect(stdout).not.toContain('third-Token');
    expect(stdout).toContain('//registry.npmjs.org/:_authToken = (protected)');
  });

  test('says what is missing', () => {
    const { refused } = publications({ name: 'farm-email', version: '1.2.3' }, { OVSX_PAT: 'another-Token' });
    expect(refused).toEqual([
      expect.stringMatching(/^package\.json names no repository/),
      expect.stringMatching(/^VSCE_PAT is not set/),
      expect.stringMatching(/^NPM_TOKEN is not set/),
    ]);
  });

  test('publishes nothing as long as something is', async () => {
    const env = { ...process.env, VSCE_PAT: '', OVSX_PAT: '' };
    const run = promisify(execFile)(process.execPath, ['.ci/release.mjs', '--dry-run'], { cwd: root, env });
    await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('OVSX_PAT is not set') });
  });
});
