import { describe, expect, test } from 'vitest';
import { offsetsOf } from '../../server/src/document/places.ts';
import type { Format } from '../../server/src/document/split.ts';
import { editsOf } from '../../server/src/lint/apply.ts';
import { noConfiguration } from '../../server/src/lint/configuration.ts';
import { readConfiguration, withSafeConfigurationFixes } from '../../server/src/lint/configuration-file.ts';
import { applyEdits } from '../../server/src/text/position.ts';

const whole = `version: 1
rules:
  port-implicit-tls: off
  reply-to-no-reply: error
ignore:
  - files: legacy/**
    pointer: /webApplications/3/outgoingEmail/smtpPort
    rules: [port-implicit-tls, schema/unknown-key]
    reason: Decommissioned in March
  - rules: [tls-unsupported]
    reason: Known
placeholders: ['@@*@@', 'vault:*']
`;

function told(text: string, format: Format = 'yaml'): readonly string[] {
  const { document, findings } = readConfiguration(format, text);
  return findings.map(({ rule, at, message }) => {
    const { start, end } = offsetsOf(document, at);
    return `${rule} "${text.slice(start, end)}" ${message}`;
  });
}

test('says what it says, in YAML and in JSON', () => {
  const { configuration, findings } = readConfiguration('yaml', whole);
  expect(findings).toEqual([]);
  expect([...configuration.severities]).toEqual([
    ['port-implicit-tls', 'off'],
    ['reply-to-no-reply', 'error'],
  ]);
  expect(configuration.ignores.map(({ files, pointer, rules, reason }) => ({ files, pointer, rules, reason }))).toEqual(
    [
      {
        files: ['legacy', '**'],
        pointer: '/webApplications/3/outgoingEmail/smtpPort',
        rules: ['port-implicit-tls', 'schema/unknown-key'],
        reason: 'Decommissioned in March',
      },
      { files: undefined, pointer: undefined, rules: ['tls-unsupported'], reason: 'Known' },
    ],
  );
  expect(configuration.placeholders).toEqual([
    { before: '@@', after: '@@' },
    { before: 'vault:', after: '' },
  ]);
  const json = { version: 1, $schema: './config.schema.json', rules: { 'tls-unsupported': 'hint' } };
  const read = readConfiguration('json', JSON.stringify(json));
  expect(read.findings).toEqual([]);
  expect([...read.configuration.severities]).toEqual([['tls-unsupported', 'hint']]);
});

describe('what is wrong stands where it is', () => {
  const start = 'version: 1\n';
  test.each([
    ['', 'schema/type "" The file is empty; it must be a mapping of keys'],
    ['rules: {}\n', 'schema/missing-key "rules" `version` is missing here and is required'],
    ['version: 2\n', 'schema/value "2" `version` must be `1`, not `2`'],
    [`${start}colour: red\n`, 'schema/unknown-key "colour" `colour` is not a setting of the configuration'],
    [`${start}rulez: {}\n`, 'schema/unknown-key "rulez" `rulez` is not a setting of the configuration; `rules` is'],
    [
      `${start}rules: { port-implict-tls: off }\n`,
      'schema/unknown-key "port-implict-tls" `port-implict-tls` is not a rule; `port-implicit-tls` is',
    ],
    [
      `${start}rules:\n  port-implicit-tls: warnin\n`,
      'schema/value "warnin" `port-implicit-tls` must be one of off, hint, information, warning, error, not `warnin`',
    ],
    [
      `${start}rules:\n  port-implicit-tls: \${LEVEL}\n`,
      'schema/value "${LEVEL}" `port-implicit-tls` must be one of off, hint, information, warning, error, not `${LEVEL}`',
    ],
    [
      `${start}ignore:\n  - rules: [prt-implicit-tls]\n    reason: x\n`,
      'schema/value "prt-implicit-tls" An item of `rules` must be the id of a rule, or of what the schema finds, not `prt-implicit-tls`',
    ],
    [
      `${start}ignore:\n  - rules: [tls-unsupported]\n`,
      'schema/missing-key "rules" `reason` is missing here and is required',
    ],
    [
      `${start}ignore:\n  - rules: [tls-unsupported]\n    reason: ' '\n`,
      'configuration/reason "\' \'" Say why these findings are accepted',
    ],
    [
      `${start}ignore:\n  - rules: [tls-unsupported]\n    reason: x\n    pointer: farm/outgoingEmail\n`,
      'configuration/pointer "farm/outgoingEmail" A JSON pointer starts with `/`, as in `/farm/outgoingEmail`',
    ],
    [
      `${start}ignore:\n  - rules: [tls-unsupported]\n    reason: x\n    files: legacy\\**\n`,
      'configuration/glob "legacy\\**" This is not a path below this folder with `/`, in which `*`, `?` and `**` may stand; the entry accepts nothing',
    ],
    [
      `${start}placeholders: ['@@']\n`,
      'configuration/placeholder "\'@@\'" A placeholder has exactly one `*`, which stands for what varies',
    ],
    [
      `${start}placeholders: ['*@@']\n`,
      'configuration/placeholder "\'*@@\'" At least two characters must stand around the `*`, and one of them before it',
    ],
    [
      `${start}placeholders: ['@*']\n`,
      'configuration/placeholder "\'@*\'" At least two characters must stand around the `*`, and one of them before it',
    ],
    [
      `${start}rules: {}\nrules: {}\n`,
      'syntax/duplicate-key "rules" `rules` stands here twice; only one of the two can count',
    ],
  ])('%j', (text, expected) => expect(told(text)).toEqual([expected]));

  test('more entries than are read', () => {
    const entry = '  - { rules: [tls-unsupported], reason: x }\n';
    const { configuration, findings } = readConfiguration('yaml', `${start}ignore:\n${entry.repeat(502)}`);
    expect(configuration.ignores).toHaveLength(500);
    expect(findings.map(({ rule }) => rule)).toEqual(['configuration/ignore']);
  });

  test('more placeholders than are looked for', () => {
    const list = Array.from({ length: 22 }, (_, i) => `'<${i}*>'`);
    const { configuration, findings } = readConfiguration('yaml', `${start}placeholders: [${list.join(', ')}]\n`);
    expect(configuration.placeholders).toHaveLength(20);
    expect(findings.map(({ message }) => message)).toEqual(
      Array.from({ length: 2 }, () => 'Only 20 placeholders can be added; this one is left out'),
    );
  });
});

describe('what is wrong takes no effect, the rest does', () => {
  test('a wrong severity leaves the others', () => {
    const { configuration } = readConfiguration(
      'yaml',
      'version: 1\nrules: { tls-unsupported: of, port-implicit-tls: off }\n',
    );
    expect([...configuration.severities]).toEqual([['port-implicit-tls', 'off']]);
  });

  test.each(['file: legacy/**', 'files: ../legacy/**', 'files:', 'files: [legacy/**]', 'pointer: farm', 'pointer: 3'])(
    'an entry with `%s` accepts nothing: what narrows it must not be lost',
    (line) => {
      const entry = `  - rules: [tls-unsupported]\n    reason: Known\n`;
      const { configuration, findings } = readConfiguration(
        'yaml',
        `version: 1\nignore:\n${entry}    ${line}\n${entry}`,
      );
      expect(findings).toHaveLength(1);
      expect(configuration.ignores).toHaveLength(1);
    },
  );

  test('of another version nothing is known', () => {
    const { configuration } = readConfiguration('yaml', whole.replace('version: 1', 'version: 2'));
    expect(configuration).toBe(noConfiguration);
  });

  test.each([
    '',
    '[]',
    'x',
    '{',
    '\0',
    'version: 1\nrules: [',
    'version: 1\nignore: [{ rules: *x }]\n',
    `a: ${'['.repeat(5000)}`,
  ])('%j is read without an exception', (text) => {
    for (const format of ['yaml', 'json', 'jsonc'] as const) {
      expect(readConfiguration(format, text).findings).not.toEqual([]);
    }
  });
});

describe('ways out', () => {
  test('the nearest rule, the nearest key and the nearest severity are written by the safe fixes', () => {
    const wrong = 'version: 1\nrulez:\n  port-implicit-tls: Off\nignore:\n  - rules: [tls-unsuported]\n    reson: x\n';
    let file = readConfiguration('yaml', wrong);
    for (let round = 0; round < 2; round++) file = withSafeConfigurationFixes(file);
    expect(file.findings).toEqual([]);
    expect(file.document.blocks.map(({ text }) => text).join('')).toBe(
      'version: 1\nrules:\n  port-implicit-tls: off\nignore:\n  - rules: [tls-unsupported]\n    reason: x\n',
    );
  });

  test.each([
    ['pointer: farm/outgoingEmail', 'pointer: /farm/outgoingEmail'],
    ['pointer: "#/farm"', 'pointer: "/farm"'],
    ['files: legacy\\eu\\*', 'files: legacy/eu/*'],
  ])('%s is suggested to become %s', (line, expected) => {
    const text = `version: 1\nignore:\n  - ${line}\n    rules: [tls-unsupported]\n    reason: x\n`;
    const { document, findings } = readConfiguration('yaml', text);
    const [fix] = findings[0]?.fixes ?? [];
    expect(fix?.kind).toBe('suggested');
    expect(applyEdits(text, fix === undefined ? [] : editsOf(document, fix))).toBe(text.replace(line, expected));
  });
});
