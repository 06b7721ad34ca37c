import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commandIds } from '../../client/src/commands.ts';
import { root, sources } from '../house/sources.ts';

const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json'));
const texts: Record<string, string> = JSON.parse(read('package.nls.json'));

test('the manifest offers the commands that the client has', () => {
  const offered = manifest.contributes.commands.map(({ command }: { command: string }) => command);
  expect(offered.sort()).toEqual([...commandIds].sort());
});

test('every text of the manifest is in package.nls.json, and nothing else is', () => {
  const used = [...JSON.stringify(manifest).matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  expect([...new Set(used)].sort()).toEqual(Object.keys(texts).sort());
});

test('every file the manifest names is there', () => {
  const { languages, grammars, jsonValidation, yamlValidation, walkthroughs } = manifest.contributes;
  const named = [
    manifest.icon,
    ...walkthroughs.flatMap(({ steps }: { steps: { media: { svg: string } }[] }) =>
      steps.map(({ media }) => media.svg),
    ),
    ...languages.map(({ configuration }: { configuration: string }) => configuration),
    ...grammars.map(({ path: grammar }: { path: string }) => grammar),
    ...[...jsonValidation, ...yamlValidation].map(({ url }: { url: string }) => url),
  ];
  expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

// `l10n/bundle.l10n.json` is what translators start from.
test('l10n/bundle.l10n.json holds every run-time text of the client, and nothing else', () => {
  const calls = sources('client/src').flatMap(({ text }) => [...text.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)]);
  const used = [...new Set(calls.map(([, text = '']) => text.replaceAll("\\'", "'")))].sort();
  const expected = `${JSON.stringify(Object.fromEntries(used.map((text) => [text, text])), null, 2)}\n`;
  expect(read('l10n/bundle.l10n.json'), `Write this into l10n/bundle.l10n.json:\n${expected}`).toBe(expected);
});

// D3: whoever writes a workspace must not decide where mail and secrets go.
test('every setting that decides where mail or secrets go, or whom to trust, is of the computer and of no folder', () => {
  const properties: [string, { scope: string }][] = Object.entries(manifest.contributes.configuration.properties);
  const harmless = ['farmEmail.codeLens.enable', 'farmEmail.inlayHints.enable', 'farmEmail.trace.server'];
  const decisive = properties.filter(([name]) => !harmless.includes(name));
  expect(decisive.map(([name, { scope }]) => [name, scope])).toEqual([
    ['farmEmail.testEmail.certificateAuthorities', 'machine'],
    ['farmEmail.testEmail.allowedEnvironmentVariables', 'machine'],
    ['farmEmail.testEmail.timeout', 'machine'],
    ['farmEmail.testEmail.allowedRecipientDomains', 'machine'],
  ]);
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  expect(restrictedConfigurations).toEqual(decisive.map(([name]) => name));
});

test('the pictures of the walkthrough are drawn without styles, which VS Code does not let in', () => {
  const steps: { media: { svg: string } }[] = manifest.contributes.walkthroughs.flatMap(
    ({ steps: all }: { steps: { media: { svg: string } }[] }) => all,
  );
  expect(steps).toHaveLength(5);
  for (const { media } of steps) expect(read(media.svg)).not.toMatch(/<style|\sstyle=|\sclass=/);
});

test('nothing is sent by a task, the walkthrough or a URI: only two files ask for a test, both from a command', () => {
  const { contributes, activationEvents } = manifest;
  expect(contributes).not.toHaveProperty('taskDefinitions');
  expect(activationEvents.filter((event: string) => /^on(?:Uri|Task|StartupFinished)/.test(event))).toEqual([]);
  const client = sources('client/src');
  const having = (pattern: RegExp): string[] =>
    client.filter(({ text }) => pattern.test(text)).map(({ name }) => path.posix.basename(name));
  expect(having(/registerUriHandler|registerTaskProvider/)).toEqual([]);
  expect(having(/server\.(?:send|probe)\(/)).toEqual(['probe.ts', 'send-test-email.ts']);
  const steps = Object.entries(texts).flatMap(([key, text]) => (key.startsWith('walkthrough.') ? text : []));
  const commands = steps.flatMap((text) => [...text.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id));
  expect(commands).not.toHaveLength(0);
  expect(commands.filter((id) => /send|probe/i.test(id ?? ''))).toEqual([]);
});
