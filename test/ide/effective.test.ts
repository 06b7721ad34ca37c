import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { analyse, noSurroundings, settingsOf } from '../../server/src/analysis.ts';
import { effectiveText } from '../../server/src/ide/effective.ts';
import { scopesOf } from '../../server/src/ide/scopes.ts';
import { halfTyped, samples } from './everywhere.ts';

const farm = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 587
    authentication: { userName: 'CONTOSO\\svc', password: Summer2026!, sendAs: [a@contoso.com] }
    fromAddress: "#{From}"
webApplications:
  - name: Portal
    url: https://portal/
    outgoingEmail: { authentication: { userName: x@contoso.com, password: "\${secret:SMTP}" }, replyToAddress: "a: b" }
`;

describe('effective settings as a document', () => {
  const analysis = analyse('yaml', farm, noSurroundings);

  test('of the farm; a password that stands in the file is not shown', () => {
    expect(effectiveText(analysis, '/farm')).toBe(
      `smtpServer: smtp.contoso.com                 # farm
smtpPort: 587                                # farm
useTls: true                                 # built-in default
authentication:                              # farm
  userName: CONTOSO\\svc
  # the password is not shown
  accountType: windows
  sendAs: [a@contoso.com]
fromAddress: "#{From}"                       # farm
# replyToAddress is not set
characterSet: 65001                          # built-in default
clientCertificate: null                      # built-in default
overrideEnvelopeSender: false                # built-in default
`,
    );
  });

  test('of a web application; of a secret its reference', () => {
    const text = effectiveText(analysis, '/webApplications/0') ?? '';
    expect(text).toContain(
      'authentication:                              # web application\n  userName: x@contoso.com\n',
    );
    expect(text).toContain('  password: "${secret:SMTP}"\n');
    expect(text).toContain('replyToAddress: "a: b"                       # web application\n');
    expect(text).toContain('smtpPort: 587                                # farm\n');
  });

  test('none of what there is not', () => {
    expect(effectiveText(analysis, '/webApplications/1')).toBeUndefined();
    expect(effectiveText(analyse('yaml', '', noSurroundings), '/farm')).toBeUndefined();
  });

  test.each([...samples(), ...halfTyped()])(
    'of $name is YAML that says the same, without a literal secret',
    ({ analysis: file }) => {
      for (const { pointer } of scopesOf(file)) {
        const text = effectiveText(file, pointer) ?? '';
        const read: unknown = parse(text);
        const settings = settingsOf(file, pointer);
        for (const name of ['smtpServer', 'smtpPort', 'useTls', 'fromAddress'] as const) {
          const value = settings?.[name]?.value;
          if (value !== undefined && !/[^\x20-\x7e]/.test(String(value))) expect(read).toMatchObject({ [name]: value });
        }
        const login = settings?.authentication.value;
        const password = login === undefined || login === 'anonymous' ? undefined : login.password;
        if (password?.value?.kind === 'literal' && password.node.kind === 'scalar') {
          expect(text).not.toContain(String(password.node.value));
        }
      }
    },
  );
});
