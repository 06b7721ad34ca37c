import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse, noSurroundings, settingsOf } from '../../server/src/analysis.ts';
import { inComment, quoted } from '../../server/src/powershell/quote.ts';
import { testEmailScript } from '../../server/src/powershell/test-email.ts';
import { type Plan, planTestEmail } from '../../server/src/smtp/plan.ts';

/** What PowerShell reads of a literal that `quoted` made, by about_Quoting_Rules; throws where anything else stands in it. */
function read(literal: string): string {
  let rest = literal.startsWith("('' + ") && literal.endsWith(')') ? literal.slice("('' + ".length, -1) : literal;
  let text = '';
  while (rest !== '') {
    const number = /^\[char\](\d+)/.exec(rest);
    const single =
      /^['\u2018-\u201b]((?:[^'\u2018-\u201b\r\n]|(['\u2018-\u201b])['\u2018-\u201b])*)['\u2018-\u201b](?!['\u2018-\u201b])/.exec(
        rest,
      );
    const part = number ?? single;
    if (part === null) throw new Error(`Not a literal: ${rest}`);
    text +=
      number === null
        ? (part[1] ?? '').replace(/(['\u2018-\u201b])['\u2018-\u201b]/g, '$1')
        : String.fromCharCode(Number(number[1]));
    rest = rest.slice(part[0].length);
    if (rest.startsWith(' + ')) rest = rest.slice(3);
    else if (rest !== '') throw new Error(`Something behind a literal: ${rest}`);
  }
  return text;
}

const hostile = [
  "'; Remove-Item C:\\ #",
  '\u2019; calc; \u2018',
  '$(calc)',
  '`n"',
  'a\r\nb',
  '\u2028calc',
  '\u202eevil',
  '',
  "'",
  '\u201b\u201a',
  '@"',
  '#> calc <#',
];

describe('quoting', () => {
  test.each(hostile)('%j is a literal', (text) => expect(read(quoted(text))).toBe(text));

  test('whatever the text is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string({ unit: fc.constantFrom(...'\'\u2018\u2019\u201a\u201b"$`()\r\n a') }),
        ),
        (text) => {
          const literal = quoted(text);
          expect(literal).not.toMatch(/[\r\n\u2028\u2029]/);
          expect(read(literal)).toBe(text);
        },
      ),
    );
  });

  test.each(hostile)('%j stays in its comment', (text) => {
    expect(inComment(text)).not.toMatch(/[\r\n\u2028\u2029\u0085]|#>/);
  });
});

function planOf(settings: string): Plan {
  const text = `version: 1\nfarm:\n  name: "Contoso's"\n  sharePointVersion: SubscriptionEdition\n  outgoingEmail: ${settings}\n`;
  const analysis = analyse('yaml', text, noSurroundings);
  const effective = settingsOf(analysis, '/farm');
  if (effective === undefined) throw new Error('There are no settings.');
  const { certificates } = analysis.settings.common;
  const made = planTestEmail({
    purpose: 'send',
    settings: effective,
    certificates,
    route: { kind: 'asConfigured' },
    computer: 'PC',
  });
  if (made.kind === 'refused') throw new Error(made.reason);
  return made.plan;
}

describe('the script', () => {
  const plan = planOf(
    "{ smtpServer: smtp.contoso.com, smtpPort: 587, useTls: true, authentication: { userName: 'CONTOSO\\svc', password: '${env:FARM_EMAIL_SMTP_PASSWORD}' }, fromAddress: o'neil@contoso.com, replyToAddress: help@contoso.com }",
  );
  const script = testEmailScript(plan, 'me@contoso.com');

  test('repeats the plan', () => {
    for (const line of [
      "$smtpServer = 'smtp.contoso.com'",
      '$port = 587',
      "New-Object System.Net.Mail.MailMessage('o''neil@contoso.com', 'me@contoso.com')",
      "$message.ReplyToList.Add('help@contoso.com')",
      '$client.EnableSsl = $true',
      "Get-Credential -UserName 'CONTOSO\\svc' -Message 'Password for smtp.contoso.com'",
      '[System.Text.Encoding]::GetEncoding(65001)',
      "'Farm Email test: the farm Contoso''s'",
    ]) {
      expect(script).toContain(line);
    }
  });

  test('holds no password, nor where it is', () => {
    expect(script).not.toContain('FARM_EMAIL_SMTP_PASSWORD');
    expect(script).not.toContain('ConvertTo-SecureString');
  });

  test('without TLS and without a login', () => {
    const plain = testEmailScript(
      planOf('{ smtpServer: relay.contoso.com, useTls: false, authentication: anonymous, fromAddress: a@contoso.com }'),
      'me@contoso.com',
    );
    expect(plain).toContain('$client.EnableSsl = $false');
    expect(plain).not.toContain('Get-Credential');
    expect(plain).not.toContain('ReplyToList');
  });

  test('nothing of a plan leaves its quotes', () => {
    const clean = testEmailScript(plan, 'me@contoso.com').split('\r\n').length;
    for (const text of hostile) {
      const lines = testEmailScript({ ...plan, host: text, from: text, replyTo: text, title: text }, text).split(
        /\r\n|\r|\n/,
      );
      expect(lines).toHaveLength(clean);
      for (const line of lines.filter((each) => !each.startsWith('#') && text !== '' && each.includes(text))) {
        const literals = line.match(/'(?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*'/g) ?? [];
        expect(
          literals.some((literal) => literal.includes(text)),
          line,
        ).toBe(true);
      }
    }
  });
});
