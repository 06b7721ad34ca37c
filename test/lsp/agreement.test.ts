import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatOf } from '../../server/src/lint/file-names.ts';
import { rules } from '../../server/src/rules/registry.ts';
import { runCli } from '../cli/run-cli.ts';
import { root } from '../house/sources.ts';
import { certificateFile } from '../rules/certificate-files.ts';
import { fixtures } from '../rules/fixtures.ts';
import { temporaryFolders } from '../temporary.ts';
import { type StdioClient, startServer } from './stdio-client.mjs';

const severities = ['', 'error', 'warning', 'information', 'hint'];

interface Diagnostic {
  readonly range: object;
  readonly severity: number;
  readonly code: string;
  readonly message: string;
}

/** Every farm-email file there is among the tests and examples, by a name of its own. */
function everyFile(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const add = (name: string, text: string): void => {
    expect(files.has(name)).toBe(false);
    files.set(name, text);
  };
  for (const { rule, name, format, text, fixed } of fixtures()) {
    add(`${rule}-${name}.farm-email.${format}`, text);
    if (fixed !== undefined) add(`${rule}-${name}-fixed.farm-email.${format}`, fixed);
  }
  for (const folder of ['test/realworld/farms', 'test/schema', 'examples']) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const isOurs = /farm-email\.(?:yaml|yml|json|jsonc)$|full-sample\.yaml$/.test(name) || folder.endsWith('farms');
      if (!isOurs || formatOf(name) === undefined) continue;
      const flat = name.replace(/[\\/]/g, '-').replace(/(?:\.?farm-email)?(\.\w+)$/, '.farm-email$1');
      add(`${path.basename(folder)}-${flat}`, readFileSync(path.join(root, folder, name), 'utf8'));
    }
  }
  const accepted = '# farm-email-disable-file schema/type\nversion: 1\nfarm: 3 # farm-email-disable-line nonsense\n';
  add('suppressions.farm-email.yaml', accepted);
  add('half-typed.farm-email.yaml', 'version: 1\nfarm:\n  outgoingEmail: { smtpPort: 465, \u{1f4e7}: [\n');
  return files;
}

describe('invariant 6: editor and command line agree, byte for byte', () => {
  const folder = temporaryFolders()();
  const files = everyFile();
  const client: StdioClient = startServer(path.join(root, 'dist/server.js'));
  const uriOf = (name: string): string => pathToFileURL(path.join(folder, name)).href;

  beforeAll(async () => {
    for (const [name, text] of files) writeFileSync(path.join(folder, name), text);
    for (const { text } of fixtures()) {
      for (const [, certificate] of text.matchAll(/path"?: "?([\w./-]+)/g)) {
        if (certificate === undefined) continue;
        mkdirSync(path.dirname(path.join(folder, certificate)), { recursive: true });
        writeFileSync(path.join(folder, certificate), certificateFile(certificate));
      }
    }
    await client.initialize({
      rootUri: pathToFileURL(folder).href,
      capabilities: { textDocument: { diagnostic: {} } },
    });
    for (const [name, text] of files) {
      const textDocument = { uri: uriOf(name), languageId: path.extname(name).slice(1), version: 1, text };
      client.notify('textDocument/didOpen', { textDocument });
    }
  });
  afterAll(() => client.stop());

  /** Id, severity, message and range of each finding of each file, as each of the two tells them. */
  async function both(): Promise<{
    readonly editor: ReadonlyMap<string, string>;
    readonly cli: ReadonlyMap<string, string>;
  }> {
    const editor = new Map<string, string>();
    for (const name of files.keys()) {
      const pulled = await client.request('textDocument/diagnostic', { textDocument: { uri: uriOf(name) } });
      const { items } = pulled as { readonly items: readonly Diagnostic[] };
      const found = items.map(({ code, severity, message, range }) => [code, severities[severity], message, range]);
      editor.set(name, JSON.stringify(found));
    }
    const { stdout } = await runCli(['check', '.', '--format', 'json'], { cwd: folder });
    const report: { files: { path: string; findings: Record<string, unknown>[] }[] } = JSON.parse(stdout);
    const cli = new Map(
      report.files
        .filter((each) => files.has(each.path))
        .map((each) => [
          each.path,
          JSON.stringify(each.findings.map((one) => [one.rule, one.severity, one.message, one.range])),
        ]),
    );
    return { editor, cli };
  }

  /** The files of which the two do not say the same, with what each says. */
  function differences({ editor, cli }: Awaited<ReturnType<typeof both>>): readonly object[] {
    return [...files.keys()]
      .filter((name) => editor.get(name) !== cli.get(name))
      .map((name) => ({ name, editor: editor.get(name), cli: cli.get(name) }));
  }

  test('over all fixtures, real farms and examples; and a configuration changes both alike', async () => {
    expect(files.size).toBeGreaterThan(300);
    const before = await both();
    expect(differences(before)).toEqual([]);

    const configuration = {
      version: 1,
      rules: Object.fromEntries(
        rules.map(({ id }, i) => [id, ['off', 'hint', 'information', 'warning', 'error'][i % 5]]),
      ),
      ignore: [
        { files: 'farms-*', rules: ['schema/unknown-key', 'reply-to-not-monitored'], reason: 'read by other tools' },
        {
          pointer: '/webApplications',
          rules: rules.filter((_, i) => i % 3 === 1).map(({ id }) => id),
          reason: 'decided',
        },
      ],
      placeholders: ['smtp.*'],
    };
    const config = path.join(folder, 'farm-email.config.json');
    writeFileSync(config, JSON.stringify(configuration));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(config).href, type: 1 }] });
    const after = await both();
    expect(differences(after)).toEqual([]);
    const changed = [...files.keys()].filter((name) => before.cli.get(name) !== after.cli.get(name));
    expect(changed.length).toBeGreaterThan(files.size / 3);
  }, 60_000);
});
