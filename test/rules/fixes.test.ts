import { expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { editsOf } from '../../server/src/lint/apply.ts';
import { applyEdits } from '../../server/src/text/position.ts';

/** The text after all fixes of a rule, which the fixtures cannot show where a value spans lines or is not there. */
function fixed(rule: string, text: string): string {
  const { document, findings } = analyse('yaml', text, noSurroundings);
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

test('a password in a URL is not shown', () => {
  const text = 'version: 1\nfarm:\n  outgoingEmail:\n    smtpServer: smtp://svc:Winter-2026@smtp.contoso.com\n';
  const { findings } = analyse('yaml', text, noSurroundings);
  expect(findings.some(({ rule }) => rule === 'smtp-server-not-a-host')).toBe(true);
  expect(JSON.stringify(findings.map(({ message, fixes }) => [message, fixes]))).not.toContain('Winter');
});
