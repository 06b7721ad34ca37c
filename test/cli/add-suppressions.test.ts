import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rules } from '../../server/src/rules/registry.ts';
import { temporaryFolders } from '../temporary.ts';
import { oldFarm, write } from './old-repository.ts';
import { runCli } from './run-cli.ts';

const temporaryFolder = temporaryFolders();

function folderWith(name: string, text: string): string {
  const cwd = temporaryFolder();
  write(cwd, { [name]: text });
  return cwd;
}

test('each finding is accepted by a comment with the reason, and nothing else of the file changes', async () => {
  const cwd = folderWith('farm-email.yaml', oldFarm);
  const { status, stdout, stderr } = await runCli(['check', '--add-suppressions', '--reason', 'INC-12'], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'farm-email.yaml: 3 findings accepted\n' });
  expect(stdout).toBe('1 file checked, nothing found; 3 suppressed\n');
  const text = readFileSync(path.join(cwd, 'farm-email.yaml'), 'utf8');
  const added = text.split('\n').filter((line) => line.includes('farm-email-disable'));
  expect(added).toEqual([
    '    # farm-email-disable-next-line credential-key-missing -- INC-12',
    '    # farm-email-disable-next-line port-implicit-tls -- INC-12',
    '    # farm-email-disable-next-line reply-to-no-reply -- INC-12',
  ]);
  expect(
    text
      .split('\n')
      .filter((line) => !added.includes(line))
      .join('\n'),
  ).toBe(oldFarm);
  expect(await runCli(['check'], { cwd })).toMatchObject({ status: 0, stderr: '' });
});

test('several findings of a line share one comment, and one that is there is added to', async () => {
  const text =
    'version: 1\nfarm:\n  sharePointVersion: 2016\n  # farm-email-disable-next-line port-implicit-tls -- a proxy\n  outgoingEmail: { smtpServer: smtp.contoso.com, smtpPort: 465, useTls: true, authentication: anonymous, fromAddress: a@contoso.com, replyToAddress: noreply@contoso.com, oops: 1 }\n';
  const cwd = folderWith('farm-email.yaml', text);
  const { status } = await runCli(['check', '--add-suppressions', '--fail-on', 'hint'], { cwd });
  expect(status).toBe(0);
  const after = readFileSync(path.join(cwd, 'farm-email.yaml'), 'utf8');
  expect(after.split('\n')).toHaveLength(text.split('\n').length);
  expect(after).toMatch(/disable-next-line port-implicit-tls, .*-- a proxy\n/);
});

test('JSON has no comments: what is left is told, and counts', async () => {
  const data = { version: 1, farm: { sharePointVersion: 2019, outgoingEmail: { smtpPort: 465 } } };
  const cwd = folderWith('farm-email.json', JSON.stringify(data));
  const { status, stderr } = await runCli(['check', '--add-suppressions'], { cwd });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^farm-email\.json: \d+ left, JSON has no comments; accept what is meant in farm-email\.config\.yaml, or with --baseline\n$/,
  );
  expect(readFileSync(path.join(cwd, 'farm-email.json'), 'utf8')).toBe(JSON.stringify(data));
});

test('fixes come first', async () => {
  const cwd = folderWith('farm-email.yaml', oldFarm);
  const { stderr } = await runCli(['check', '--fix', '--add-suppressions'], { cwd });
  expect(stderr).toBe('farm-email.yaml: fixed\nfarm-email.yaml: 2 findings accepted\n');
  const text = readFileSync(path.join(cwd, 'farm-email.yaml'), 'utf8');
  expect(text).toContain('smtpPort: 587');
  expect(text).not.toContain('port-implicit-tls');
});

test.each([
  [['--reason', 'x'], '--reason belongs to --add-suppressions'],
  [['--add-suppressions', '--reason', 'a\nb'], '--reason is a line of text'],
  [['--add-suppressions', '--reason', ' '], '--reason is a line of text'],
  [['--add-suppressions', '--baseline', 'b.json'], 'choose one of the two'],
  [['--add-suppressions', '--changed-since', 'HEAD'], 'leave out --changed-since'],
  [['--add-suppressions', '-'], 'standard input (-) is none'],
])('%j is refused', async (args, reason) => {
  const { status, stderr } = await runCli(['check', ...args], { cwd: folderWith('farm-email.yaml', oldFarm) });
  expect(status).toBe(2);
  expect(stderr).toContain(reason);
});

test('--print-config: each rule with the severity that counts for the file, as a configuration', async () => {
  const cwd = folderWith('farms/farm-email.yaml', oldFarm);
  const accepted = { files: '**/farm-email.yaml', pointer: '/farm', rules: ['reply-to-no-reply'], reason: 'decided' };
  const ignore = [accepted, { files: 'other/**', rules: ['tls-disabled'], reason: 'not here' }];
  const configuration = { version: 1, rules: { 'port-implicit-tls': 'off' }, ignore, placeholders: ['@@*@@'] };
  write(cwd, { 'farm-email.config.json': JSON.stringify(configuration), '.git/HEAD': '' });
  const { status, stdout, stderr } = await runCli(['check', '--print-config', 'farms/farm-email.yaml'], { cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'farms/farm-email.yaml: farm-email.config.json\n' });
  const printed = JSON.parse(stdout);
  expect(printed).toMatchObject({ version: 1, ignore: [accepted], placeholders: ['@@*@@'] });
  const severities = rules.map(({ id, severity }) => [id, id === 'port-implicit-tls' ? 'off' : severity]);
  expect(printed.rules).toEqual(Object.fromEntries(severities));

  // It is a configuration itself, which finds the same.
  write(cwd, { 'printed.json': stdout });
  const args = ['check', 'farms/farm-email.yaml', '--format', 'json'];
  expect(await runCli([...args, '--config', 'printed.json'], { cwd })).toEqual(await runCli(args, { cwd }));
});

test('--print-config without a configuration, with a wrong one, and of more than one file', async () => {
  const cwd = folderWith('farm-email.yaml', oldFarm);
  const none = await runCli(['check', '--print-config', 'farm-email.yaml'], { cwd });
  expect(none).toMatchObject({
    status: 0,
    stderr: 'farm-email.yaml: no configuration is found; the rules are as they come\n',
  });
  write(cwd, { 'farm-email.config.yaml': 'version: 1\nrules:\n  no-such-rule: off\n' });
  const wrong = await runCli(['check', '--print-config', 'farm-email.yaml'], { cwd });
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain('Something in it is wrong and does not take effect; farm-email check says what.');
  write(cwd, { 'a.farm-email.yaml': oldFarm });
  const more = await runCli(['check', '--print-config'], { cwd });
  expect(more.status).toBe(2);
  expect(more.stderr).toContain('--print-config wants one file');
});
