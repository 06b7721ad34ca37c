import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packCompanion, yamlLanguageServer } from './companion.ts';
import { recordFailures } from './failures.ts';
import { openSession, type Session } from './session.ts';
import type { Workbench } from './workbench.ts';

const patience = { timeout: 20_000 };
const schema = fileURLToPath(new URL('../../schemas/farm-email.schema.json', import.meta.url));

/** Each has one mistake in each of these lines, and none elsewhere. */
const files = {
  yaml: [
    'version: 1',
    'farm:',
    '  name: "Con\\qtoso"', // no escape
    '  sharePointVersion: "2012"', // not a version
    '  outgoingEmail:',
    '    smtpServer: smtp.contoso.com',
    '    smtpPort: 465', // what a rule finds
    '    useTls: perhaps', // a wrong type
    '    authentication: anonymous',
    '    fromAddress: sharepoint@contoso.com',
    '    fromAddress: sharepoint@contoso.com', // stands twice
    '    replyToAddress: helpdesk@contoso.com',
    'mailserver: smtp.contoso.com', // an unknown key
  ],
  json: [
    '"version": 1,',
    '"farm": {',
    '  "name": "Con\\qtoso",',
    '  "sharePointVersion": "2012",',
    '  "outgoingEmail": {',
    '    "smtpServer": "smtp.contoso.com",',
    '    "smtpPort": 465,',
    '    "useTls": "perhaps",',
    '    "authentication": "anonymous",',
    '    "fromAddress": "sharepoint@contoso.com",',
    '    "replyToAddress": "helpdesk@contoso.com"',
    '  }',
    '},',
    '"mailserver": "smtp.contoso.com"',
  ],
};
const mistaken = { yaml: [3, 4, 7, 8, 11, 13], json: [4, 5, 8, 9, 15] };

function textOf(format: 'yaml' | 'json', withSchema: boolean): string {
  const name = './farm-email.schema.json';
  if (format === 'yaml') return [...(withSchema ? [`$schema: ${name}`] : []), ...files.yaml, ''].join('\n');
  return ['{', ...(withSchema ? [`"$schema": "${name}",`] : []), ...files.json, '}', ''].join('\n');
}

const others = [
  { name: 'without Red Hat YAML', environment: {} },
  { name: 'with Red Hat YAML', environment: { COMPANION_YAML_LANGUAGE_SERVER: yamlLanguageServer } },
];

describe.each(others)('$name', ({ environment }) => {
  let session: Session;
  let workbench: Workbench;

  beforeAll(async () => {
    session = await openSession({
      name: 'contoso',
      environment,
      extensions: [await packCompanion()],
      async fill(folder) {
        await copyFile(schema, join(folder, 'farm-email.schema.json'));
        for (const format of ['yaml', 'json'] as const) {
          await writeFile(join(folder, `plain.farm-email.${format}`), textOf(format, false));
          await writeFile(join(folder, `named.farm-email.${format}`), textOf(format, true));
        }
      },
    });
    workbench = session.workbench;
  });

  recordFailures(() => workbench);

  afterAll(() => session?.end());

  test.each([
    ['yaml', 'plain'],
    ['yaml', 'named'],
    ['json', 'plain'],
    ['json', 'named'],
  ] as const)('in %s, %s, each mistake appears exactly once', async (format, kind) => {
    const shift = kind === 'named' ? 1 : 0;
    await workbench.openFile(`${kind}.farm-email.${format}`);
    // Whoever else reads the file has had its say when its findings are there.
    const sources = async (): Promise<string[]> => (await workbench.problems()).map(({ source }) => source);
    const isHeard = format === 'json' || 'COMPANION_YAML_LANGUAGE_SERVER' in environment;
    await expect.poll(async () => (await sources()).some((source) => source !== 'farm-email'), patience).toBe(isHeard);
    await expect
      .poll(async () => (await workbench.problems()).map(({ line }) => line).sort((a, b) => a - b), patience)
      .toEqual(mistaken[format].map((line) => line + shift));
    await workbench.screenshot(`beside-${format}-${kind}-${isHeard}`);
    await workbench.closeEditors();
    await expect.poll(() => workbench.problems(), patience).toEqual([]);
  });
});
