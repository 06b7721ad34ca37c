import { expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import type { Format } from '../../server/src/document/split.ts';
import { editsOf } from '../../server/src/lint/apply.ts';
import { applyEdits } from '../../server/src/text/position.ts';

/** The text after all fixes of a rule, which the fixtures cannot show where a value spans lines or is not there. */
function fixed(rule: string, text: string, format: Format = 'yaml'): string {
  const { document, findings } = analyse(format, text, noSurroundings);
  const fixes = findings.filter((finding) => finding.rule === rule).flatMap((finding) => finding.fixes);
  return applyEdits(
    text,
    fixes.flatMap((fix) => editsOf(document, fix)),
  );
}

test('a secret on lines of its own is replaced, and the next key stays on its line', () => {
  const text = 'version: 1\nfarm:\n  passphrase: |\n    my\n    secret\n  sharePointVersion: 2019\n';
  expect(fixed('secret-in-plain-text', text)).toBe(
    `version: 1\nfarm:\n  passphrase: \${env:FARM_EMAIL_PASSPHRASE}\n  sharePointVersion: 2019\n`,
  );
});

const withoutTls = 'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail: { useTls: false }\nwebApplications:\n';

test.each([
  [
    'fills in the value that is not typed yet',
    '  - outgoingEmail: { authentication: { userName: x }, useTls: }\n',
    '  - outgoingEmail: { authentication: { userName: x }, useTls: true}\n',
  ],
  [
    'comes behind a key without a value',
    '  - outgoingEmail: { authentication: { userName: x }, smtpServer: }\n',
    '  - outgoingEmail: { authentication: { userName: x }, smtpServer:, useTls: true }\n',
  ],
  [
    'leaves a value of the wrong type to the schema',
    '  - outgoingEmail: { authentication: { userName: x }, useTls: "no" }\n',
    '  - outgoingEmail: { authentication: { userName: x }, useTls: "no" }\n',
  ],
])('a value that is added beside another %s', (_name, text, after) => {
  expect(fixed('auth-without-tls', withoutTls + text).replaceAll(/: +/g, ': ')).toBe(withoutTls + after);
});

test('what is removed around an alias leaves whole pairs', () => {
  const head = 'version: 1\nfarm:\n  sharePointVersion: 2016\n  accounts: { farm: &it svc }\n';
  const tail = '  outgoingEmail: { smtpServer: *it, authentication: { userName: x } }\n';
  expect(fixed('auth-unsupported', head + tail)).toBe(`${head}  outgoingEmail: { smtpServer: *it }\n`);
});

test('a server on a line of its own is called a line break, and replaced', () => {
  const text = 'version: 1\nfarm:\n  outgoingEmail:\n    smtpServer: |\n      smtp.contoso.com\n    smtpPort: 25\n';
  const { findings } = analyse('yaml', text, noSurroundings);
  expect(findings.find(({ rule }) => rule === 'smtp-server-not-a-host')?.message).toBe(
    'This holds a line break; the setting takes a host name or an IP address only',
  );
  expect(fixed('smtp-server-not-a-host', text)).toBe(
    'version: 1\nfarm:\n  outgoingEmail:\n    smtpServer: smtp.contoso.com\n    smtpPort: 25\n',
  );
});

test.each([
  ['yaml', 'version: 1\nfarm:\n  outgoingEmail: {\n    smtpServer: relay:2525 # why\n  }\n'],
  ['yaml', 'version: 1\nfarm:\n  outgoingEmail: {\n    smtpServer: relay:2525, # why\n  }\n'],
  ['jsonc', '{ "farm": { "outgoingEmail": {\n  "smtpServer": "relay:2525" // why\n} } }'],
  ['jsonc', '{ "farm": { "outgoingEmail": { "smtpServer": "relay:2525" /* why */ } } }'],
] as const)('a port is not moved between a value and its comment, %s: %j', (format, text) => {
  expect(fixed('smtp-server-not-a-host', text, format)).toBe(text);
});

test('a port that finds no place is not lost', () => {
  const text = 'version: 1\nfarm:\n  outgoingEmail:\n    ? smtpServer\n    : relay:2525\n';
  expect(fixed('smtp-server-not-a-host', text)).toBe(text);
});

test('a port is moved past the comment of another value', () => {
  const text = '{ "farm": { "outgoingEmail": {\n  "smtpServer": "relay:2525", // why\n  "useTls": true\n} } }';
  expect(fixed('smtp-server-not-a-host', text, 'jsonc')).toBe(
    '{ "farm": { "outgoingEmail": {\n  "smtpServer": "relay", // why\n  "useTls": true,\n  "smtpPort": 2525\n} } }',
  );
});

test('a password in a URL is not shown', () => {
  const text = 'version: 1\nfarm:\n  outgoingEmail:\n    smtpServer: smtp://svc:Winter-2026@smtp.contoso.com\n';
  const { findings } = analyse('yaml', text, noSurroundings);
  expect(findings.some(({ rule }) => rule === 'smtp-server-not-a-host')).toBe(true);
  expect(JSON.stringify(findings.map(({ message, fixes }) => [message, fixes]))).not.toContain('Winter');
});
