import { expect, test } from 'vitest';
import { confirmationDetail, routeDetail } from '../../client/src/confirmation.ts';
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
  needs: [],
};

test('the dialog shows where, as whom, to whom and from which computer', () => {
  expect(confirmationDetail({ plan, to: 'me@contoso.com', unsaved: false }, t)).toBe(
    [
      'Host: smtp.contoso.com',
      'Port: 587',
      'TLS: STARTTLS, or nothing is sent',
      'User: CONTOSO\\svc-mail',
      'From: sharepoint@contoso.com',
      'Reply-To: helpdesk@contoso.com',
      'To: me@contoso.com',
      'Sending computer: DEVBOX',
    ].join('\n'),
  );
});

test('it says so where there is no TLS, no login and no reply address, and where the text is not saved', () => {
  const plain = { ...plan, tls: false, user: 'anonymous', replyTo: undefined };
  const detail = confirmationDetail({ plan: plain, to: 'me@contoso.com', unsaved: true }, t);
  expect(detail).toContain('TLS: none; the message travels in clear text\nUser: anonymous\n');
  expect(detail).toContain('Reply-To: none\n');
  expect(detail.endsWith('Settings: as shown in the editor, not saved')).toBe(true);
});

test('the local inbox is named first', () => {
  const inbox: PlanSummary = { ...plan, route: 'localInbox', host: '127.0.0.1', port: 1025 };
  const detail = confirmationDetail({ plan: inbox, to: 'me@contoso.com', unsaved: false }, t);
  expect(detail.startsWith('Route: the local inbox; nothing leaves this computer\nHost: 127.0.0.1\n')).toBe(true);
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
  expect(detail.split('\n')).toHaveLength(8);
  expect(detail).toContain('User: x\\u{a}Host: smtp.contoso.com\n');
  expect(detail).toContain('From: a\\u{202e}b@contoso.com\n');
  expect(detail.length).toBeLessThan(600);
});

test('the route names host, port, TLS and user in one line', () => {
  expect(routeDetail(plan, t)).toBe('smtp.contoso.com:587, STARTTLS, CONTOSO\\svc-mail');
  expect(routeDetail({ ...plan, tls: false, port: 25, user: 'anonymous' }, t)).toBe(
    'smtp.contoso.com:25, no TLS, anonymous',
  );
});
