import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { publications } from '../.ci/publications.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = { name: 'farm-email', version: '1.2.3', repository: 'https://example.com/farm-email' };
const tokens = { VSCE_PAT: 'one-Token', OVSX_PAT: 'another-Token' };

describe('npm run release', () => {
  test('publishes one file to both registries, and no token stands on a command line', () => {
    const { commands, refused } = publications(manifest, tokens);
    expect(refused).toEqual([]);
    expect(commands.map(({ registry }) => registry)).toEqual(['Visual Studio Marketplace', 'Open VSX']);
    for (const { command } of commands) {
      expect(command.slice(-2)).toEqual(['--packagePath', 'farm-email-1.2.3.vsix']);
      expect(command.join(' ')).not.toContain('Token');
    }
  });

  test('says what is missing', () => {
    const { refused } = publications({ name: 'farm-email', version: '1.2.3' }, { OVSX_PAT: 'another-Token' });
    expect(refused).toEqual([
      expect.stringMatching(/^package\.json names no repository/),
      expect.stringMatching(/^VSCE_PAT is not set/),
    ]);
  });

  test('publishes nothing as long as something is', async () => {
    const env = { ...process.env, VSCE_PAT: '', OVSX_PAT: '' };
    const run = promisify(execFile)(process.execPath, ['.ci/release.mjs', '--dry-run'], { cwd: root, env });
    await expect(run).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('OVSX_PAT is not set') });
  });
});
