import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { analyse, noSurroundings, type Surroundings } from '../server/src/analysis.ts';
import { readCertificate } from '../server/src/certificates/read.ts';
import { readConfiguration } from '../server/src/lint/configuration-file.ts';
import { rules } from '../server/src/rules/registry.ts';
import { keysAt } from '../server/src/schema/lookup.ts';
import { commandKeys } from './cli/mail-farm.ts';
import { runCli } from './cli/run-cli.ts';
import { root } from './house/sources.ts';
import { certificateFile } from './rules/certificate-files.ts';

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join('docs', name.split(path.sep).join('/'))),
  'examples/README.md',
];

function read(name: string): string {
  return readFileSync(path.join(root, name), 'utf8');
}

function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');
}

describe('the docs stay true', () => {
  test.each(pages)('%s: what it links to is there', (name) => {
    const links = [...read(name).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map((match) => match[1] ?? '');
    const missing = links.filter((link) => !existsSync(path.join(root, path.dirname(name), link)));
    expect(missing).toEqual([]);
  });

  test.each(pages)('%s: what it tells to run is there', (name) => {
    const manifest: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const scripts = [...read(name).matchAll(/npm (?:run (\w+)|(start|test))/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    expect(scripts.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
  });

  test('the farm-email files of the README have no findings', () => {
    const files = blocks(read('README.md'), 'yaml').filter((text) => text.startsWith('version:'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(analyse('yaml', file, noSurroundings).findings).toEqual([]);
  });
});

test.each(['yaml', 'jsonc'] as const)(
  'the examples of docs/suppressions.md suppress what they would find: %s',
  (format) => {
    const examples = blocks(read('docs/suppressions.md'), format);
    expect(examples.length).toBeGreaterThan(0);
    for (const text of examples) {
      const { findings, suppressed } = analyse(format, text, noSurroundings);
      expect(findings).toEqual([]);
      expect(suppressed.length).toBeGreaterThan(0);
      expect(suppressed.map(({ reason }) => reason)).not.toContain(undefined);
    }
  },
);

describe('docs/testing-email.md', () => {
  const examples = blocks(read('docs/testing-email.md'), 'console').map((text) => {
    const [first = '', ...printed] = text.split('\n');
    return { command: first.replace(/^\$ farm-email /, ''), printed: printed.join('\n') };
  });

  test.each(examples)('$command', async ({ command, printed }) => {
    const { status, stdout, stderr } = await runCli(command.split(' '), { env: { CI: '' } });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.replace(/(?<=Sent from +)\S.*/, 'ADMIN-PC')).toBe(printed);
  });

  test('names every key of the report in JSON, in its order', () => {
    const [, section = ''] = read('docs/testing-email.md').split('### The report as JSON\n');
    const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`.*?) \|/gm)].map((match) => match[1] ?? '');
    expect(rows.flatMap((row) => row.replaceAll('`', '').split(', '))).toEqual(commandKeys);
  });

  test('names every option, and no other', async () => {
    const helps = await Promise.all(['probe', 'send'].map((name) => runCli([name, '--help'])));
    const optionsIn = (text: string): ReadonlySet<string> => new Set(text.match(/--[a-z][a-z-]+/g));
    const known = optionsIn(helps.map(({ stdout }) => stdout).join(''));
    const named = optionsIn(read('docs/testing-email.md'));
    expect([...named].filter((option) => !known.has(option))).toEqual([]);
    expect([...known].filter((option) => !named.has(option))).toEqual([]);
  });
});

describe('docs/configuration.md', () => {
  const examples = (['yaml', 'jsonc'] as const).flatMap((format) =>
    blocks(read('docs/configuration.md'), format).map((text) => ({ format, text })),
  );

  test.each(examples)('$text', ({ format, text }) => {
    const { configuration, findings } = readConfiguration(format, text);
    expect(findings).toEqual([]);
    const { severities, ignores, placeholders } = configuration;
    expect(severities.size + ignores.length + placeholders.length).toBeGreaterThan(0);
  });

  test('shows each part', () => {
    const shown = examples.map(({ format, text }) => readConfiguration(format, text).configuration);
    expect(shown.some(({ severities }) => severities.size > 0)).toBe(true);
    expect(shown.some(({ ignores }) => ignores.length > 0)).toBe(true);
    expect(shown.some(({ placeholders }) => placeholders.length > 0)).toBe(true);
  });
});

describe("a rule's example has its finding, and what stands under Instead has not", () => {
  type Data = Record<string, unknown>;
  const dataIn = (value: unknown): Data => (typeof value === 'object' && value !== null ? { ...value } : {});

  /** What is right in every version: a part of a file is put over it. */
  function sound(version: string): { readonly farm: Data; readonly outgoingEmail: Data } {
    const outgoingEmail = {
      smtpServer: 'smtp.contoso.com',
      useTls: version !== '2013',
      authentication: 'anonymous',
      fromAddress: 'sharepoint@contoso.com',
      replyToAddress: 'helpdesk@contoso.com',
      ...(version === '2013' || version === '2016' ? {} : { overrideEnvelopeSender: true }),
    };
    return { farm: { sharePointVersion: version }, outgoingEmail };
  }

  /** Puts a part of a file into a file that is right but for that part; what begins with `version` is a whole file. */
  function complete(part: string, version: string): string {
    const data: Data = parse(part);
    if ('version' in data) return part;
    const { farm, outgoingEmail } = sound(String(dataIn(data.farm).sharePointVersion ?? version));
    const keys = Object.keys(data);
    const within = (place: readonly string[]): boolean => keys.every((key) => keysAt(place).includes(key));
    const file = (rest: Data, settings: Data, stated: Data): string => {
      const port = typeof settings.authentication === 'object' ? { smtpPort: 587 } : {};
      const all = { ...outgoingEmail, ...port, ...settings };
      return stringify({ version: 1, ...rest, farm: { ...farm, ...stated, outgoingEmail: all } });
    };
    if (within(['farm', 'outgoingEmail'])) return file({}, data, {});
    if (within(['farm'])) return file({}, dataIn(data.outgoingEmail), data);
    const stated = dataIn(data.farm);
    return file(data, dataIn(stated.outgoingEmail), stated);
  }

  /** Of the files that the pages name, one is sound and one lies outside. */
  async function surroundings(): Promise<Surroundings> {
    const sound = await readCertificate(certificateFile('certs/rsa.pem'));
    const outside = { kind: 'unreadable', reason: 'it lies outside the workspace' } as const;
    const reading = (path: string | undefined) => (path?.startsWith('..') ? outside : path && sound);
    return {
      ...noSurroundings,
      today: new Date('2026-11-24'),
      certificate: ({ path }) => reading(path?.value) || undefined,
    };
  }

  test.each(rules.map((rule) => [rule.id, rule] as const))('%s', async (id, rule) => {
    const known = await surroundings();
    const version = rule.versions === 'all' ? 'SubscriptionEdition' : (rule.versions[0] ?? '');
    const [, example = '', instead = ''] = /## Example\n([\s\S]*?)## Instead\n([\s\S]*)/.exec(rule.docs) ?? [];
    const found = (text: string) =>
      analyse('yaml', complete(text, version), known).findings.map((finding) => finding.rule);
    expect(blocks(example, 'yaml').length).toBeGreaterThan(0);
    for (const text of blocks(example, 'yaml')) expect(found(text), text).toContain(id);
    for (const text of blocks(instead, 'yaml')) expect(found(text), text).toEqual([]);
  });
});
