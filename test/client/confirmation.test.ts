import { describe, expect, test } from 'vitest';
import { confirmationDetail, routeDetail } from '../../client/src/test-email/confirmation.ts';
import type { PlanSummary } from '../../server/src/lsp/protocol.ts';
import { t } from './translate.ts';

const plan: PlanSummary = {
  digest: 'd1',
  purpose: 'send',
  addresses: [],
  mechanisms: ['GSSAPI', 'NTLM', 'LOGIN'],
  clientCertificate: undefined,
  title: 'Portal',
  route: 'asConfigured',
  host: 'smtp.contoso.com',
  port: 587,
  tls: true,
  user: 'CONTOSO\\svc-mail',
  from: 'sharepoint@contoso.com',
  replyTo: 'helpdesk@contoso.com',
  characterSet: 65001,
  computer: 'DEVBOX',
  suggestedRecipients: [],
  errors: [],
  needs: [],
};

test('the dialog shows where, as whom, how, to whom and from which computer', () => {
  const shown = { ...plan, addresses: ['10.20.0.5', 'fd00::5'], clientCertificate: 'smtp-client' };
  expect(confirmationDetail({ plan: shown, to: 'me@contoso.com', unsaved: false }, t)).toBe(
    [
      'Host: smtp.contoso.com',
      'Address: 10.20.0.5, fd00::5',
      'Port: 587',
      'TLS: STARTTLS, or nothing is sent',
      'User: CONTOSO\\svc-mail',
      'Login: GSSAPI, NTLM, LOGIN',
      'Client certificate: smtp-client',
      'From: sharepoint@contoso.com',
      'Reply-To: helpdesk@contoso.com',
      'To: me@contoso.com',
      'Sending computer: DEVBOX',
      '',
      'Whoever runs the server can attack an answer for NTLM off line, to find the password.',
    ].join('\n'),
  );
});

test('it says so where there is no TLS, no login, no reply address and no address of the host', () => {
  const plain = { ...plan, tls: false, user: 'anonymous', mechanisms: [], replyTo: undefined };
  expect(confirmationDetail({ plan: plain, to: 'me@contoso.com', unsaved: true }, t)).toBe(
    [
      'Host: smtp.contoso.com',
      'Address: not found',
      'Port: 587',
      'TLS: none; the message travels in clear text',
      'User: anonymous',
      'From: sharepoint@contoso.com',
      'Reply-To: none',
      'To: me@contoso.com',
      'Sending computer: DEVBOX',
      'Settings: as shown in the editor, not saved',
    ].join('\n'),
  );
});

test.each(['127.0.0.1', '::1'])('the host %s is its own address', (host) => {
  const detail = confirmationDetail({ plan: { ...plan, host }, to: 'me@contoso.com', unsaved: false }, t);
  expect(detail.startsWith(`Host: ${host}\nPort: 587\n`)).toBe(true);
});

test('only what may carry an answer for NTLM is warned of', () => {
  const warns = (mechanisms: readonly string[]): boolean =>
    confirmationDetail({ plan: { ...plan, mechanisms }, to: 'me@contoso.com', unsaved: false }, t).includes('NTLM off');
  expect([['LOGIN'], ['NTLM'], ['GSSAPI', 'LOGIN'], []].map(warns)).toEqual([false, true, true, false]);
});

test('the local inbox is named first, and nobody attacks a made-up password', () => {
  const inbox: PlanSummary = { ...plan, route: 'localInbox', host: '127.0.0.1', port: 1025 };
  const detail = confirmationDetail({ plan: inbox, to: 'me@contoso.com', unsaved: false }, t);
  expect(detail.startsWith('Route: the local inbox; nothing leaves this computer\nHost: 127.0.0.1\n')).toBe(true);
  expect(detail.endsWith('Sending computer: DEVBOX')).toBe(true);
});

describe('a probe', () => {
  const anonymous: PlanSummary = { ...plan, purpose: 'probe', user: 'anonymous', mechanisms: [] };

  test('says what is asked and that nothing is delivered', () => {
    expect(confirmationDetail({ plan: anonymous, to: 'me@contoso.com', unsaved: false }, t)).toBe(
      [
        'Host: smtp.contoso.com',
        'Address: not found',
        'Port: 587',
        'TLS: STARTTLS, or the probe ends',
        'User: anonymous',
        'From: sharepoint@contoso.com',
        'To: me@contoso.com',
        'Probing computer: DEVBOX',
        '',
        'Nothing is delivered: the server is asked up to RCPT TO, and no further.',
      ].join('\n'),
    );
  });

  test('shows each question besides, and that it goes on without a login', () => {
    const asked = {
      outsideRecipient: 'someone@fabrikam.com',
      otherSender: 'user\u202e@contoso.com',
      comparePorts: true,
      goesOn: true,
    };
    const detail = confirmationDetail({ plan: anonymous, to: 'me@contoso.com', ...asked, unsaved: false }, t);
    expect(detail).toContain(
      [
        'To: me@contoso.com',
        'Outside recipient: someone@fabrikam.com',
        'Other sender: user\\u{202e}@contoso.com',
        'Ports compared: 25 and 587',
        'Probing computer: DEVBOX',
      ].join('\n'),
    );
    expect(detail).toContain(
      'The login is tried once more, which may count towards locking the account. When it is refused, the probe goes on without one, as SharePoint is likely to do.',
    );
  });

  test('without TLS has all in clear text', () => {
    const detail = confirmationDetail({ plan: { ...anonymous, tls: false }, to: 'me@contoso.com', unsaved: false }, t);
    expect(detail).toContain('TLS: none; all travels in clear text\n');
  });
});

test('a host that looks like another one shows what it is', () => {
  const lookalike = { ...plan, host: 'smtp.cоntoso.com' };
  const shown = confirmationDetail({ plan: lookalike, to: 'me@contoso.com', unsaved: false }, t).split('\n')[0];
  expect(shown).toBe('Host: smtp.cоntoso.com (smtp.xn--cntoso-wqf.com)');
});

test('a value cannot add a line, turn the text around, or push the rest out of sight', () => {
  const hostile = {
    ...plan,
    user: 'x\nHost: smtp.contoso.com',
    from: 'a\u202eb@contoso.com',
    replyTo: 'r'.repeat(5_000),
  };
  const detail = confirmationDetail({ plan: hostile, to: 'me@contoso.com', unsaved: false }, t);
  expect(detail.split('\n')).toHaveLength(12);
  expect(detail).toContain('User: x\\u{a}Host: smtp.contoso.com\n');
  expect(detail).toContain('From: a\\u{202e}b@contoso.com\n');
  expect(detail.length).toBeLessThan(800);
});

test('the route names host, port, TLS and user in one line', () => {
  expect(routeDetail(plan, t)).toBe('smtp.contoso.com:587, STARTTLS, CONTOSO\\svc-mail');
  expect(routeDetail({ ...plan, tls: false, port: 25, user: 'anonymous' }, t)).toBe(
    'smtp.contoso.com:25, no TLS, anonymous',
  );
});

test('a host or an address that is long enough to hide whose it is shows its end', () => {
  const host = `smtp.contoso.com.${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.evil.example`;
  const to = `me@contoso.com.${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.evil.example`;
  const lines = confirmationDetail({ plan: { ...plan, host }, to, unsaved: false }, t).split('\n');
  for (const label of ['Host: ', 'To: ']) {
    const line = lines.find((each) => each.startsWith(label));
    expect(line).toMatch(/^\w+: (?:smtp\.|me@)contoso\.com\..*….*c\.evil\.example$/);
    expect(line?.length).toBeLessThan(220);
  }
});

test('the first test to a server, a kept password, and a computer that is another one', () => {
  const detail = confirmationDetail(
    {
      plan,
      to: 'me@contoso.com',
      unsaved: false,
      isFirst: true,
      remote: 'ssh-remote',
      kept: ['CONTOSO\\svc-mail at smtp.contoso.com:587 (STARTTLS)'],
    },
    t,
  );
  expect(detail).toContain('Kept password: CONTOSO\\svc-mail at smtp.contoso.com:587 (STARTTLS)\n');
  expect(detail).toContain('Sending computer: DEVBOX, over ssh-remote; not the computer you sit at\n');
  expect(detail).toContain('The first test to this server, in this way, from VS Code of this user.');
});
