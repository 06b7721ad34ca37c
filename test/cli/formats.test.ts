import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../temporary.ts';
import { runCli } from './run-cli.ts';

const bad = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 465
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
`;

const temporaryFolder = temporaryFolders();

function folder(): string {
  const made = temporaryFolder();
  writeFileSync(path.join(made, 'farm-email.yaml'), bad);
  return made;
}

test('several formats at once: one on standard output, each other in its own file', async () => {
  const cwd = folder();
  const formats = ['compact', 'sarif=out/farm-email.sarif', 'junit=out/farm-email.xml'];
  const { status, stdout, stderr } = await runCli(['check', ...formats.flatMap((each) => ['--format', each])], { cwd });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(/^farm-email\.yaml:6:15: error: .* \[port-implicit-tls\]\n$/);
  expect(JSON.parse(readFileSync(path.join(cwd, 'out/farm-email.sarif'), 'utf8')).version).toBe('2.1.0');
  expect(readFileSync(path.join(cwd, 'out/farm-email.xml'), 'utf8')).toContain('<testsuites name="farm-email"');
});

test('github: the table goes into the job summary', async () => {
  const cwd = folder();
  const summary = path.join(cwd, 'summary.md');
  writeFileSync(summary, 'before\n');
  const env = { GITHUB_STEP_SUMMARY: summary };
  const { stdout } = await runCli(['check', '--format', 'github'], { cwd, env });
  expect(stdout).toMatch(/^::error file=farm-email\.yaml,line=6,/);
  expect(readFileSync(summary, 'utf8')).toMatch(/^before\n## Farm Email\n.*port-implicit-tls/s);
});

test.each([
  [['compact', 'json'], 'only one --format can go to standard output'],
  [['sarif='], 'names no file behind ='],
  [['sarf=x'], '--format must be one of pretty, compact, json, sarif, github, gitlab, junit, markdown, not sarf'],
  [['sarif=farm-email.yaml/x'], 'farm-email.yaml/x could not be written'],
])('%j is refused', async (formats, reason) => {
  const args = formats.flatMap((each) => ['--format', each]);
  const { status, stderr } = await runCli(['check', ...args], { cwd: folder() });
  expect(status).toBe(2);
  expect(stderr).toContain(reason);
});
