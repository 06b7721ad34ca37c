import { describe, expect, test } from 'vitest';
import { type Analysis, analyse, noSurroundings } from '../../server/src/analysis.ts';
import { offsetsOf } from '../../server/src/document/places.ts';
import { editsOf } from '../../server/src/lint/apply.ts';
import { applyEdits } from '../../server/src/text/position.ts';

const start = 'version: 1\nfarm:\n  sharePointVersion: 2019\n';

function found(text: string, analysis: Analysis): readonly string[] {
  return shapeOf(analysis).map(({ rule, at, message }) => {
    const { start: from, end } = offsetsOf(analysis.document, at);
    return `${rule} "${text.slice(from, end)}" ${message}`;
  });
}

function shapeOf({ findings }: Analysis): Analysis['findings'] {
  return findings.filter(({ rule }) => /^(?:syntax|schema)\//.test(rule));
}

describe('schema problems stand on the offending key or value', () => {
  test.each([
    [
      'an unknown key',
      `${start}  outgoingEmail:\n    smtpSever: a\n`,
      'schema/unknown-key "smtpSever" `smtpSever` is not a setting of `outgoingEmail`; `smtpServer` is',
    ],
    [
      'an unknown key far from any',
      `${start}colour: red\n`,
      'schema/unknown-key "colour" `colour` is not a setting of farm-email files',
    ],
    [
      'a required key of the file',
      'version: 1\n',
      'schema/missing-key "version" `farm` is missing here and is required',
    ],
    [
      'a required key of a block',
      'version: 1\nfarm:\n  name: a\n',
      'schema/missing-key "farm" `sharePointVersion` is missing here and is required',
    ],
    [
      'a required key of an item',
      `${start}webApplications:\n  - name: Portal\n`,
      'schema/missing-key "Portal" `url` is missing here and is required',
    ],
    [
      'the wrong type',
      `${start}  outgoingEmail:\n    smtpPort: many\n`,
      'schema/type "many" `smtpPort` must be a whole number, not text',
    ],
    [
      'nothing where a block belongs',
      `${start}  outgoingEmail:\n`,
      'schema/type "outgoingEmail" `outgoingEmail` is empty; it must be a mapping of keys',
    ],
    [
      'a word that is not one of the words',
      `${start}  outgoingEmail:\n    authentication: anonymus\n`,
      'schema/value "anonymus" `authentication` must be `anonymous`, not `anonymus`',
    ],
    ['another version of the format', start.replace('1', '2'), 'schema/value "2" `version` must be `1`, not `2`'],
    [
      'a key that JavaScript knows',
      `${start}__proto__: 1\n`,
      'schema/unknown-key "__proto__" `__proto__` is not a setting of farm-email files',
    ],
    ['a file that is no mapping', '- a\n', 'schema/type "- a" The file must be a mapping of keys, not a list'],
    [
      'a number that is text',
      start.replace('1', '"1"'),
      'schema/value ""1"" `version` must be the number `1`, not text',
    ],
    [
      'a misspelt required key, once',
      'version: 1\nfarm:\n  sharepointVersion: 2019\n',
      'schema/unknown-key "sharepointVersion" `sharepointVersion` is not a setting of `farm`; `sharePointVersion` is',
    ],
    [
      'an item of a list',
      `${start}  servers: [SP01]\n`,
      'schema/type "SP01" An item of `servers` must be a mapping of keys, not text',
    ],
    [
      'a placeholder without quotes',
      `${start}  passphrase: [ENC=abc]\n`,
      'schema/type "passphrase" `passphrase` holds a placeholder that needs quotes; without them YAML takes it for a list',
    ],
    [
      'a half-typed key, as one problem',
      `${start}  outgoingEmail:\n    smtpServer: a\n    smtpPo\n`,
      'syntax/missing-char "smtpPo" A colon is missing after this key',
    ],
  ])('%s', (_name, text, expected) => {
    expect(found(text, analyse('yaml', text, noSurroundings))).toEqual([expected]);
  });

  test.each([
    ['a wrong name', 'smtpSever: a', 'smtpServer: a'],
    ['yes', 'useTls: yes', 'useTls: true'],
    ['off', 'useTls: off', 'useTls: false'],
    ['a number in quotes', 'smtpPort: "587"', 'smtpPort: 587'],
    ['a name that is a number', 'smtpServer: 12', 'smtpServer: "12"'],
    ['a misspelt word', 'authentication: anonymus', 'authentication: anonymous'],
    ['two names for one key', 'smtpserver: a\n    SmtpServer: b', 'smtpServer: a\n    SmtpServer: b'],
  ])('the fix for %s', (_name, wrong, right) => {
    const text = `${start}  outgoingEmail:\n    ${wrong} # kept\n`;
    const { document, findings } = analyse('yaml', text, noSurroundings);
    const [fix] = findings.flatMap(({ rule, fixes }) => (rule.startsWith('schema/') ? fixes : []));
    expect(fix && applyEdits(text, editsOf(document, fix))).toBe(text.replace(wrong, right));
  });

  test.each([
    ['a version that does not exist', start.replace('2019', '2017')],
    ['a version of the format that does not exist', start.replace('1', '2')],
  ])('there is no fix for %s: it would be a guess', (_name, text) => {
    const found = shapeOf(analyse('yaml', text, noSurroundings));
    expect(found.map(({ rule, fixes }) => [rule, fixes.length])).toEqual([['schema/value', 0]]);
  });

  test.each(['smtpPort: ${env:PORT}', 'useTls: "#{UseTls}"', 'smtpPort: "__PORT__"', 'authentication: "{{ login }}"'])(
    'a placeholder may stand for any scalar: %s',
    (line) => {
      expect(shapeOf(analyse('yaml', `${start}  outgoingEmail:\n    ${line}\n`, noSurroundings))).toEqual([]);
    },
  );
});

describe('invariant 5: what the schema reports, no rule repeats', () => {
  test.each([
    ['smtpPort', '"465"'],
    ['smtpPort', '[465]'],
    ['useTls', '"no"'],
    ['replyToAddress', '{ a: noreply@contoso.com }'],
    ['authentication', 'login'],
    ['smtpServer', '[smtp://a]'],
    ['characterSet', 'true'],
    ['clientCertificate', '5'],
  ])('%s: %s is absent from the model', (key, value) => {
    const sound = Object.entries({
      smtpServer: 'smtp.contoso.com',
      useTls: true,
      authentication: 'anonymous',
      fromAddress: 'sharepoint@contoso.com',
      replyToAddress: 'helpdesk@contoso.com',
    }).filter(([name]) => name !== key);
    const lines = [...sound, [key, value]].map(([name, stated]) => `    ${name}: ${stated}\n`);
    const text = `${start}  outgoingEmail:\n${lines.join('')}`;
    const { findings } = analyse('yaml', text, noSurroundings);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.filter(({ rule }) => !rule.startsWith('schema/'))).toEqual([]);
  });
});
