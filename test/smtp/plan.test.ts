import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHostName, isIpAddress, isMailbox } from '../../server/src/settings/addresses.ts';
import type { EffectiveSettings, Login } from '../../server/src/settings/model.ts';
import { isForbiddenAddress } from '../../server/src/smtp/forbidden-addresses.ts';
import { planTestEmail, type Route } from '../../server/src/smtp/plan.ts';
import { planOf } from './attempt.ts';
import { login, setting, settings, stated } from './settings.ts';

const inbox: Route = { kind: 'localInbox', host: '127.0.0.1', port: 1025 };

function refusal(overrides: Partial<EffectiveSettings>, route: Route = { kind: 'asConfigured' }): string | undefined {
  const result = planTestEmail({
    purpose: 'send',
    certificates: [],
    settings: settings(overrides),
    route,
    computer: 'SP-APP01',
  });
  return result.kind === 'refused' ? result.reason : undefined;
}

const withLogin = { authentication: setting<'anonymous' | Login>(login('CONTOSO\\svc-mail')) };

describe('a plan says everything that decides where a test email goes, and holds no secret', () => {
  test('as configured', () => {
    expect(planOf({ settings: settings(withLogin) })).toMatchObject({
      title: 'the farm Contoso intranet',
      host: 'smtp.contoso.com',
      port: 25,
      tls: true,
      login: {
        userName: 'CONTOSO\\svc-mail',
        mechanisms: ['GSSAPI', 'NTLM', 'LOGIN'],
        password: { kind: 'environment' },
      },
      from: 'sharepoint@contoso.com',
      replyTo: 'helpdesk@contoso.com',
      charset: { number: 65001, name: 'utf-8' },
      clientName: 'SP-APP01',
    });
  });

  test('to the inbox: only host, port, mechanism and password are others', () => {
    const asConfigured = planOf({ settings: settings(withLogin) });
    const local = planOf({ settings: settings(withLogin), route: inbox });
    expect(local).toMatchObject({ host: '127.0.0.1', port: 1025, tls: true, route: 'localInbox' });
    expect(local.login).toEqual({ ...asConfigured.login, mechanisms: ['LOGIN'], password: 'throwaway' });
    expect(local.settings).toEqual(asConfigured.settings);
  });

  test('each setting is listed with its origin', () => {
    const { settings: rows } = planOf({});
    expect(rows).toContainEqual({ name: 'smtpPort', value: '25', origin: 'default' });
    expect(rows).toContainEqual({ name: 'smtpServer', value: 'smtp.contoso.com', origin: 'farm' });
    expect(rows).toContainEqual({ name: 'replyToAddress', value: 'helpdesk@contoso.com', origin: 'webApplication' });
  });

  test('the digest changes with all that decides, and with nothing else', () => {
    const changes: readonly Partial<EffectiveSettings>[] = [
      { smtpServer: setting('other.contoso.com') },
      { smtpPort: setting(587) },
      { useTls: setting(false) },
      withLogin,
      { fromAddress: setting('other@contoso.com') },
      { replyToAddress: setting('other@contoso.com') },
      { replyToAddress: undefined },
      { characterSet: setting<number | string>(1252) },
      { overrideEnvelopeSender: setting(true) },
      { scope: { kind: 'farm', name: 'Other' } },
    ];
    const digests = changes.map((change) => planOf({ settings: settings(change) }).digest);
    digests.push(planOf({}).digest, planOf({ route: inbox }).digest, planOf({ computer: 'OTHER' }).digest);
    expect(new Set(digests).size).toBe(digests.length);
    expect(planOf({}).digest).toBe(planOf({ settings: settings({ smtpPort: setting(25, 'farm') }) }).digest);
  });

  test('a computer whose name cannot be said in EHLO gets a stand-in', () => {
    expect(planOf({ computer: 'Bürorechner 7' }).clientName).toBe('LocalHost');
  });

  test('port 465 is planned: the session explains it', () => {
    expect(planOf({ settings: settings({ smtpPort: setting(465) }) }).port).toBe(465);
  });
});

describe('what cannot be sent safely is refused before anything is connected', () => {
  test.each<readonly [string, Partial<EffectiveSettings>, string]>([
    ['no server', { smtpServer: undefined }, 'No smtpServer'],
    ['no sender', { fromAddress: undefined }, 'No fromAddress'],
    ['a placeholder for the server', { smtpServer: setting<string>(undefined) }, 'smtpServer is a placeholder'],
    ['a placeholder for the port', { smtpPort: setting<number>(undefined) }, 'smtpPort is a placeholder'],
    ['a placeholder for TLS', { useTls: setting<boolean>(undefined) }, 'useTls is a placeholder'],
    ['a placeholder for the sender', { fromAddress: setting<string>(undefined) }, 'fromAddress is a placeholder'],
    [
      'a placeholder for the reply address',
      { replyToAddress: setting<string>(undefined) },
      'replyToAddress is a placeholder',
    ],
    [
      'a placeholder for the user',
      { authentication: setting<'anonymous' | Login>({ ...login('x'), userName: stated<string>(undefined) }) },
      'userName is a placeholder',
    ],
    ['a metadata address', { smtpServer: setting('169.254.169.254') }, 'never a mail server'],
    ['a link-local address', { smtpServer: setting('fe80::1') }, 'never a mail server'],
    ['a login without TLS', { ...withLogin, useTls: setting(false) }, 'clear text'],
    [
      'a password in the file',
      { authentication: setting<'anonymous' | Login>(login('x', { kind: 'literal' })) },
      'plain text',
    ],
    [
      'a user name with a control character',
      { authentication: setting<'anonymous' | Login>(login('a\nb')) },
      'control character',
    ],
    [
      'a client certificate that is not in the file',
      { clientCertificate: setting<string | null>('smtp-client') },
      'No certificate, or more than one, is named “smtp-client”',
    ],
    ['a character set that is none', { characterSet: setting<number | string>(4711) }, 'characterSet'],
    ['UTF-16', { characterSet: setting<number | string>(1200) }, 'characterSet'],
    ['port 0', { smtpPort: setting(0) }, 'not a port'],
    ['port 65536', { smtpPort: setting(65_536) }, 'not a port'],
  ])('%s', (_, overrides, reason) => {
    expect(refusal(overrides)).toContain(reason);
  });

  const hosts = [
    'smtp.contoso.com:25',
    'smtp://contoso.com',
    'smtp contoso',
    ' smtp.contoso.com',
    'smtp.contoso.com.',
    'ｓmtp.contoso.com',
    'smtp.contoso.com\r\n',
    'smtp\0.contoso.com',
    '-smtp.contoso.com',
    'a..b',
    '2852039166',
    '0x7f000001',
    '10.1',
    '[::1]',
    'fe80::1%eth0',
    'bücher.example',
  ];
  test.each(hosts)('host %j', (host) => {
    expect(refusal({ smtpServer: setting(host) })).toContain('smtpServer');
  });

  const addresses = [
    'a@b.c\r\nRCPT TO:<x@y.z>',
    'a@b.c\nx',
    'a\0@b.c',
    'a@b.c, d@e.f',
    'a@b.c;d@e.f',
    'Name <a@b.c>',
    '<a@b.c>',
    'a@b.c (comment)',
    'group:a@b.c;',
    '"a@b"@c.d',
    '"a b"@c.d',
    'a@b@c.d',
    '@b.c',
    'a@',
    'a.@b.c',
    '.a@b.c',
    'a..b@c.d',
    'a@[127.0.0.1]',
    'a@b c',
    'ä@b.c',
    'a@bü.c',
    `${'a'.repeat(65)}@b.c`,
    `a@${'b'.repeat(64)}.c`,
    `a@${'b.'.repeat(130)}c`,
    '@relay:a@b.c',
    'a%b',
    'a@b.c>',
    'a@b.c\u202e',
  ];
  test.each(addresses)('address %j', (address) => {
    expect(refusal({ fromAddress: setting(address) })).toContain('fromAddress');
    expect(refusal({ replyToAddress: setting(address) })).toContain('replyToAddress');
    expect(isMailbox(address)).toBe(false);
  });

  test('a reason never shows a control character', () => {
    expect(refusal({ fromAddress: setting('a\x1b[31m\u202e@b.c\r\n') })).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('to the inbox neither server nor password need be known', () => {
    const unknown = { smtpServer: undefined, clientCertificate: setting<string | null>('smtp-client') };
    expect(refusal({ ...withLogin, ...unknown }, inbox)).toBeUndefined();
    expect(
      refusal({ authentication: setting<'anonymous' | Login>(login('x', { kind: 'literal' })) }, inbox),
    ).toBeUndefined();
  });
});

describe('addresses', () => {
  test('mailboxes people really have', () => {
    for (const address of ['a@b', "o'neill+x@contoso.com", 'first.last@mail.contoso.co.uk', '1@2x.de']) {
      expect(isMailbox(address)).toBe(true);
    }
  });

  test('whatever is taken as a mailbox or host has no character that could end a command', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        if (isMailbox(`a${text}@b.c`) || isHostName(`h${text}`) || isIpAddress(text))
          expect(text).toMatch(/^[\x21-\x7e]*$/);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    '169.254.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1',
    'febf::1',
    'ff02::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::169.254.169.254',
    '::',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::1%eth0',
    '64:ff9b::169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    '::ffff:0:169.254.169.254',
    '2002:a9fe:a9fe::1',
    '2002:e000:1::',
    '100.100.100.200',
    '::ffff:100.100.100.200',
    '192.0.0.192',
    '168.63.129.16',
  ])('%s is never connected to', (address) => expect(isForbiddenAddress(address)).toBe(true));

  test.each([
    '127.0.0.1',
    '::1',
    '10.0.0.1',
    '192.168.1.1',
    'fd12::1',
    '2001:db8::1',
    '::ffff:10.0.0.1',
    '64:ff9b::10.0.0.1',
    '2002:a00:1::1',
    '100.100.100.201',
  ])('%s may be', (address) => {
    expect(isForbiddenAddress(address)).toBe(false);
    expect(isIpAddress(address)).toBe(true);
  });
});
