import { expect, test } from 'vitest';
import { type Inspected, userSettings } from '../../client/src/test-email/user-settings.ts';

/** As VS Code tells them: what workspace and folder say is there, beside what counts. */
function inspected(settings: Record<string, Record<string, unknown>>): (name: string) => Inspected | undefined {
  return (name) => settings[name];
}

const none = {
  certificateAuthorities: [],
  allowedEnvironmentVariables: [],
  timeout: 60,
  allowedRecipientDomains: [],
};

test('what the user has set counts', () => {
  const inspect = inspected({
    certificateAuthorities: { defaultValue: [], globalValue: ['/etc/ssl/contoso.pem'] },
    allowedEnvironmentVariables: { defaultValue: [], globalValue: ['SMTP_PASSWORD'] },
    timeout: { defaultValue: 60, globalValue: 120 },
    allowedRecipientDomains: { defaultValue: [], globalValue: ['contoso.com'] },
  });
  expect(userSettings(inspect)).toEqual({
    certificateAuthorities: ['/etc/ssl/contoso.pem'],
    allowedEnvironmentVariables: ['SMTP_PASSWORD'],
    timeout: 120,
    allowedRecipientDomains: ['contoso.com'],
  });
});

test('D3: what a workspace or a folder says does not', () => {
  const theirs = (value: unknown) => ({ workspaceValue: value, workspaceFolderValue: value });
  const inspect = inspected({
    certificateAuthorities: { defaultValue: [], ...theirs(['/tmp/theirs.pem']) },
    allowedEnvironmentVariables: { defaultValue: [], ...theirs(['AWS_SECRET_ACCESS_KEY']) },
    timeout: { defaultValue: 60, ...theirs(1) },
  });
  expect(userSettings(inspect)).toEqual(none);
});

test.each([
  [0, 1],
  [-5, 1],
  [1, 1],
  [300, 300],
  [86_400, 300],
  ['120', 60],
  [null, 60],
])('a timeout of %j is %i seconds', (globalValue, timeout) => {
  const inspect = inspected({ timeout: { defaultValue: 60, globalValue } });
  expect(userSettings(inspect)).toEqual({ ...none, timeout });
});

test('what has the wrong type is left out', () => {
  const inspect = inspected({
    certificateAuthorities: { globalValue: '/etc/ssl/contoso.pem' },
    allowedEnvironmentVariables: { globalValue: ['SMTP_PASSWORD', 7, null] },
  });
  expect(userSettings(inspect)).toEqual({ ...none, allowedEnvironmentVariables: ['SMTP_PASSWORD'] });
  expect(userSettings(() => undefined)).toEqual(none);
});
