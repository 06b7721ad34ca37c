import { describe, expect, test } from 'vitest';
import { type Analysis, analyse, ignorableIds, noSurroundings } from '../../server/src/analysis.ts';
import type { Node } from '../../server/src/document/node.ts';
import { offsetsOf } from '../../server/src/document/places.ts';
import type { Format } from '../../server/src/document/split.ts';
import { writtenItems, writtenPairs, writtenValue } from '../../server/src/document/written-pairs.ts';
import { completionsAt } from '../../server/src/ide/completion/completion.ts';
import { items, wholeFile } from '../../server/src/ide/completion/fragments.ts';
import { readConfiguration } from '../../server/src/lint/configuration-file.ts';
import { applyEdits } from '../../server/src/text/position.ts';
import { complete, filledIn } from './complete.ts';
import { halfTyped, samples } from './everywhere.ts';

const head = 'version: 1\nfarm:\n  sharePointVersion: 2019\n';
const mail = `${head}  outgoingEmail:\n    `;
const root = ['webApplications', 'certificates', 'mailServers', 'monitoredMailboxes', 'testEmail', '$schema'];
const settings = [
  'smtpServer',
  'smtpPort',
  'useTls',
  'authentication',
  'fromAddress',
  'replyToAddress',
  'characterSet',
  'clientCertificate',
  'overrideEnvelopeSender',
];

describe('keys', () => {
  test.each<[Format, string, readonly string[]]>([
    ['yaml', `${head}|`, root],
    ['yaml', `${head}\n\n# more\nweb|`, root],
    ['yaml', `${mail}|`, settings],
    ['yaml', `${mail}smtpServer: a\n    |\n    smtpPort: 25`, settings.filter((key) => !/^smtp/.test(key))],
    ['yaml', `${mail}smtpServer: a\n    fromA|`, settings.slice(1)],
    ['yaml', `${mail}smtpP|: 25`, settings],
    ['yaml', `${head}  outgoingEmail: { smtpServer: a, | }`, settings.slice(1)],
    ['yaml', `${head}  outgoingEmail: {|`, settings],
    ['yaml', `${mail}"smtp|"`, settings],
    ['yaml', `${mail.replaceAll('\n', '\r\n')}|\r\n`, settings],
    ['yaml', `\uFEFF${head}|`, root],
    ['yaml', `${mail}authentication:\n      |`, ['userName', 'password', 'accountType', 'sendAs']],
    ['yaml', `${head}webApplications:\n  - name: a\n    |`, ['url', 'outgoingEmail']],
    ['yaml', `${head}webApplications:\n  - name: a\n  - name: b\n    |`, ['url', 'outgoingEmail']],
    ['yaml', `${head}webApplications:\n- url: a\n  out|`, ['name', 'outgoingEmail']],
    // What a merge key brings may be overridden.
    [
      'yaml',
      `${head}  outgoingEmail: &o { smtpServer: a, smtpPort: 25 }\nwebApplications:\n  - url: u\n    outgoingEmail:\n      <<: *o\n      |`,
      settings,
    ],
    ['json', '{ "version": 1, "farm": {}, | }', root],
    ['json', '{ "version": 1, "farm": {}, "|" }', root],
    ['json', '{ "version": 1, "farm": {}, "web|": [] }', root],
    ['json', '{ "version": 1, "farm": { "outgoingEmail": {\n  |\n  "smtpPort": 25 } } }', settings.toSpliced(1, 1)],
    ['json', '{ "version": 1, "farm": { "outgoingEmail": { "smtpPort": 25, ', settings.toSpliced(1, 1)],
    ['jsonc', '{ "version": 1, // the first\n "farm": {}, | }', root],
  ])('%s %j', (format, text, wanted) => {
    expect(complete(text.includes('|') ? text : `${text}|`, format).labels).toEqual(wanted);
  });

  test('carry what they are in SharePoint', () => {
    const { detail, documentation } = complete(`${mail}|`).item('smtpPort');
    expect(detail).toBe('Outbound SMTP server port');
    expect(documentation).toContain('`Set-SPWebApplication -SMTPServerPort`');
    expect(complete(`${head}webApplications:\n  - |`).item('url').detail).toBe('URL of the web application (required)');
  });

  test.each<[Format, string, string, string]>([
    ['yaml', `${mail}smtpP|`, 'smtpPort', `${mail}smtpPort: 25`],
    ['yaml', `${mail}smtp|Port: 587`, 'smtpServer', `${mail}smtpServer: 587`],
    ['yaml', `${head}webApp|`, 'webApplications', `${head}webApplications:\n  - url: `],
    [
      'yaml',
      `${head}webApp|`.replaceAll('\n', '\r\n'),
      'webApplications',
      `${head}webApplications:\n  - url: `.replaceAll('\n', '\r\n'),
    ],
    [
      'yaml',
      `${mail}|`,
      'authentication',
      `${mail}authentication:\n      userName: \n      password: \${env:FARM_EMAIL_SMTP_PASSWORD}\n      accountType: windows`,
    ],
    [
      'yaml',
      `${head}  outgoingEmail: { auth| }`,
      'authentication',
      `${head}  outgoingEmail: { authentication: { userName: , password: "\${env:FARM_EMAIL_SMTP_PASSWORD}", accountType: windows } }`,
    ],
    [
      'json',
      '{ "version": 1, | }',
      'farm',
      '{ "version": 1, "farm": {\n  "sharePointVersion": "SubscriptionEdition"\n} }',
    ],
    ['json', '{\n  "f|"\n}', 'farm', '{\n  "farm": {\n    "sharePointVersion": "SubscriptionEdition"\n  }\n}'],
    [
      'json',
      '{\n  |\n  "version": 1\n}',
      'monitoredMailboxes',
      '{\n  "monitoredMailboxes": [\n    ""\n  ],\n  "version": 1\n}',
    ],
  ])('%s %j, %s', (format, text, label, wanted) => {
    expect(complete(text, format).accept(label)).toBe(wanted);
  });

  test('without snippets there is plain text', () => {
    const { edit, isSnippet } = complete(`${mail}|`, 'yaml', false).item('smtpPort');
    expect(isSnippet).toBe(false);
    expect(edit.text).toBe('smtpPort: 25');
  });
});

const farm = `${mail}smtpServer: smtp.contoso.com
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
  servers:
    - name: SP-APP01
      ipAddress: 10.20.0.11
certificates:
  - name: smtp-client
    store: EndEntity
mailServers:
  - host: relay.contoso.com
    kind: iis
monitoredMailboxes: [portal@contoso.com]
webApplications:
  - url: https://portal/
    outgoingEmail:
      `;

describe('values', () => {
  test.each<[string, readonly unknown[]]>([
    ['smtpPort: |', ['25', '587']],
    ['smtpPort:|', ['25', '587']],
    ['smtpPort: 5|87', ['25', '587']],
    ['useTls: |', ['true', 'false']],
    ['smtpServer: |', ['relay.contoso.com', 'smtp.contoso.com']],
    ['clientCertificate: |', ['smtp-client', 'null']],
    ['clientCertificate: "s|"', ['smtp-client', 'null']],
    ['replyToAddress: |', ['portal@contoso.com', 'helpdesk@contoso.com']],
    ['fromAddress: share|point', ['sharepoint@contoso.com']],
  ])('%s', (line, wanted) => {
    expect(complete(farm + line).labels).toEqual(wanted);
  });

  test.each<[string, string, readonly string[]]>([
    ['host', 'mailServers:\n  - host: |', ['smtp.contoso.com']],
    ['IP addresses of the servers', 'mailServers:\n  - relay:\n      allowedIpAddresses: [|]', ['10.20.0.11']],
    ['domains', 'testEmail:\n  allowedRecipientDomains:\n    - |', ['contoso.com']],
    ['mailboxes not there yet', 'monitoredMailboxes:\n  - |', ['helpdesk@contoso.com']],
  ])('%s', (_, more, wanted) => {
    expect(complete(farm.slice(0, farm.indexOf('certificates:')) + more).labels).toEqual(wanted);
  });

  test('ports say what they mean, and SharePoint 2013 knows one only', () => {
    expect(complete(`${mail}smtpPort: |`).item('587').documentation).toContain('STARTTLS');
    expect(complete(`${mail}smtpPort: |`.replace('2019', '2013')).labels).toEqual(['25']);
  });

  test('character sets, UTF-8 first', () => {
    const { labels, item } = complete(`${mail}characterSet: |`);
    expect(labels[0]).toBe('65001');
    expect(item('65001').detail).toBe('utf-8');
    expect(labels).toHaveLength(39);
  });

  test('versions with what they can do', () => {
    const offer = complete('version: 1\nfarm:\n  sharePointVersion: |');
    expect(offer.labels).toEqual(['SubscriptionEdition', '2019', '2016', '2013']);
    expect(offer.item('2016').documentation).toContain('always anonymous');
  });

  test('a secret is never offered but as a reference', () => {
    for (const line of ['password: |', 'password: ${env:FARM|', 'password: "${|}"']) {
      const { all } = complete(`${mail}authentication:\n      ${line}`);
      expect(all.map(({ label }) => label)).toEqual(['${env:FARM_EMAIL_SMTP_PASSWORD}', '${secret:SMTP password}']);
    }
  });

  test('authentication: a word, or a login on the lines below', () => {
    expect(complete(`${mail}authentication: |`).labels[0]).toBe('anonymous');
    expect(complete(`${mail}authentication: |`).accept('userName, password, accountType')).toBe(
      `${mail}authentication: \n      userName: \n      password: \${env:FARM_EMAIL_SMTP_PASSWORD}\n      accountType: windows`,
    );
  });

  test.each<[Format, string]>([
    ['yaml', `${head}mailServers:\n  - authMechanisms: [GSSAPI, |]`],
    ['yaml', `${head}mailServers:\n  - authMechanisms:\n      - GSSAPI\n      - |`],
    ['yaml', `${head}mailServers:\n  - authMechanisms:\n      - GSSAPI\n      |`],
    ['json', '{ "mailServers": [{ "authMechanisms": ["GSSAPI", "|"] }] }'],
    ['json', '{ "mailServers": [{ "authMechanisms": ["GSSAPI", |] }] }'],
  ])('%s %j offers the mechanisms that are not there', (format, text) => {
    const { labels } = complete(text, format);
    expect(labels.slice(0, 2)).toEqual(['NTLM', 'LOGIN']);
    expect(labels).not.toContain('GSSAPI');
  });

  test.each<[Format, string, string, string]>([
    [
      'json',
      '{ "farm": { "outgoingEmail": { "authentication": "|" } } }',
      'anonymous',
      '{ "farm": { "outgoingEmail": { "authentication": "anonymous" } } }',
    ],
    [
      'json',
      '{ "farm": { "sharePointVersion": | } }',
      'SubscriptionEdition',
      '{ "farm": { "sharePointVersion": "SubscriptionEdition" } }',
    ],
    ['json', '{ "farm": { "sharePointVersion": "20|" } }', '2019', '{ "farm": { "sharePointVersion": 2019 } }'],
    ['yaml', `${mail}useTls: 'tr|'`, 'true', `${mail}useTls: true`],
    ['yaml', `${farm}clientCertificate: '|'`, 'smtp-client', `${farm}clientCertificate: 'smtp-client'`],
  ])('%s %j, %s', (format, text, label, wanted) => {
    expect(complete(text, format).accept(label)).toBe(wanted);
  });

  test.each(['name: |', 'build: |', 'name: Contoso |', 'name: it is | here'])('nothing for %s', (line) => {
    expect(complete(`${head}  ${line}`).labels).toEqual([]);
  });
});

describe('suppressions', () => {
  const text = `${mail}smtpServer: a.contoso.com\n    # X\n    smtpPort: 465\n`;
  const at = (comment: string): ReturnType<typeof complete> => complete(text.replace('# X', comment));

  test('the words, in a comment that says nothing yet', () => {
    const words = ['farm-email-disable-next-line', 'farm-email-disable-line', 'farm-email-disable-file'];
    for (const comment of ['# |', '#|', '# farm-em|', '## farm|']) expect(at(comment).labels).toEqual(words);
    expect(at('# farm-em|').accept('farm-email-disable-line')).toContain('# farm-email-disable-line \n');
  });

  test('the rules, those that are found there first', () => {
    const { labels, item } = at('# farm-email-disable-next-line |');
    expect(labels[0]).toBe('port-implicit-tls');
    expect(item('port-implicit-tls').detail).toBe('found here');
    expect(item('port-implicit-tls').documentation).toContain('**');
    expect(labels).toHaveLength(ignorableIds.size);
  });

  test('not those that are named already', () => {
    const { labels } = at('# farm-email-disable-next-line port-implicit-tls, port|');
    expect(labels).not.toContain('port-implicit-tls');
    expect(at('# farm-email-disable-next-line port-implicit-tls, port|').accept('port-range')).toContain(
      'next-line port-implicit-tls, port-range\n',
    );
  });

  test('nothing in a reason, nor where a comment talks', () => {
    for (const comment of ['# farm-email-disable-next-line port-range -- it is |', '# the port is |', '# a note|s']) {
      const { labels } = at(comment);
      expect(labels.filter((label) => !label.startsWith('farm-email-'))).toEqual([]);
    }
    expect(at('# the port is |').labels).toEqual([]);
  });

  test('in JSONC, too', () => {
    const { labels } = complete('{\n  // farm-email-disable-file |\n  "version": 1 }', 'jsonc');
    expect(labels).toContain('port-implicit-tls');
  });
});

describe('configuration', () => {
  const offered = (marked: string): string[] => {
    const offset = marked.indexOf('|');
    const file = readConfiguration('yaml', marked.replace('|', ''));
    return completionsAt(file, offset, true).map(({ label }) => label);
  };

  test('keys, rules and severities', () => {
    expect(offered('version: 1\n|')).toEqual(expect.arrayContaining(['rules', 'ignore', 'placeholders']));
    expect(offered('version: 1\nrules:\n  |')).toContain('port-implicit-tls');
    expect(offered('version: 1\nrules:\n  port-implicit-tls: warning\n  |')).not.toContain('port-implicit-tls');
    expect(offered('version: 1\nrules:\n  port-implicit-tls: |')).toEqual(expect.arrayContaining(['off', 'warning']));
    expect(offered('version: 1\nignore:\n  - rules: [|]')).toContain('port-implicit-tls');
  });
});

describe('fragments', () => {
  const formats: readonly Format[] = ['yaml', 'json'];
  const empty = { yaml: '|', json: '{|}', jsonc: '{|}' };

  test.each(formats.flatMap((format) => wholeFile.map(({ label }) => [format, label] as const)))(
    'in an empty file of %s: %s, without any error',
    (format, label) => {
      const text = complete(empty[format], format).accept(label);
      expect(errorsOf(analyse(format, text, noSurroundings)), text).toEqual([]);
    },
  );

  test.each(Object.entries(items).flatMap(([list, all]) => all.map(({ label }) => [list, label] as const)))(
    'under %s: %s, in both styles, without any error',
    (list, label) => {
      const base = complete('|').accept('farm-email: with a login');
      for (const [text, wanted] of [
        [`${base}\n${list}:\n  |\n`, `- ${label}`],
        [`${base}\n${list}:\n  - |\n`, label],
      ] as const) {
        const accepted = complete(text).accept(wanted);
        expect(errorsOf(analyse('yaml', accepted, noSurroundings)), accepted).toEqual([]);
      }
    },
  );

  function errorsOf({ findings }: Analysis): readonly string[] {
    return findings.filter(({ severity }) => severity === 'error').map(({ rule, message }) => `${rule}: ${message}`);
  }
});

describe('everywhere', () => {
  test.each(halfTyped())('in $name nothing throws, and every edit is a word of one line', ({ analysis, text }) => {
    for (let offset = 0; offset <= text.length; offset += 7) {
      for (const { edit, isSnippet } of completionsAt(analysis, offset, true)) {
        expect(edit.start <= offset && offset <= edit.end).toBe(true);
        expect(text.slice(edit.start, edit.end)).not.toMatch(/[\r\n]/);
        if (isSnippet) filledIn(edit.text);
      }
    }
  });

  test.each(samples())('in $name every key is offered where it stands', ({ analysis, text }) => {
    for (const { key, at } of keysIn(analysis)) {
      const { start, end } = at;
      const typed = analyse(analysis.document.format, text.slice(0, start) + text.slice(end), noSurroundings);
      const quoted = text[start] === '"';
      const marked = quoted
        ? `${text.slice(0, start + 1)}${text.slice(end - 1)}`
        : text.slice(0, start) + text.slice(end);
      const file = quoted ? analyse(analysis.document.format, marked, noSurroundings) : typed;
      const labels = completionsAt(file, start + (quoted ? 1 : 0), true).map(({ label }) => label);
      expect(labels, `${key} at ${start}`).toContain(key);
    }
  });

  test.each(samples())('in $name a line taken out can be had again, and reads as before', ({ analysis, text }) => {
    const { format } = analysis.document;
    const problems = analysis.document.problems.length;
    for (const { key, at, whole } of keysIn(analysis)) {
      const lineStart = text.lastIndexOf('\n', at.start) + 1;
      const rest = /^,?[ \t]*(?:\r?\n|$)/.exec(text.slice(whole.end));
      const isAlone = /^[ \t]*$/.test(text.slice(lineStart, at.start)) && rest !== null;
      if (!isAlone || text.slice(at.start, whole.end).includes('\n')) continue;
      const isLast = format !== 'yaml' && !text.slice(whole.end).startsWith(',');
      const without = text.slice(0, at.start) + text.slice(whole.end + (isLast || format === 'yaml' ? 0 : 1));
      const offer = completionsAt(analyse(format, without, noSurroundings), at.start, false);
      const found = offer.find(({ label }) => label === key);
      expect(found, `${key} at ${at.start} of ${without}`).toBeDefined();
      if (found === undefined) continue;
      const again = applyEdits(without, [found.edit]);
      expect(analyse(format, again, noSurroundings).document.problems.length, again).toBeLessThanOrEqual(problems);
    }
  });
});

interface KeyAt {
  readonly key: string;
  readonly at: { readonly start: number; readonly end: number };
  readonly whole: { readonly end: number };
}

/** The keys that the schema knows, where they are written. */
function keysIn({ document }: Analysis): readonly KeyAt[] {
  const found: KeyAt[] = [];
  const unknown = new Set(
    analyse(document.format, document.blocks.map(({ text }) => text).join(''), noSurroundings)
      .findings.filter(({ rule }) => /^(?:schema\/unknown-key|syntax\/)/.test(rule))
      .map(({ at }) => offsetsOf(document, at).start),
  );
  const visit = (node: Node | undefined): void => {
    if (node?.kind === 'sequence') for (const item of writtenItems(node)) visit(item);
    if (node?.kind !== 'mapping') return;
    for (const pair of writtenPairs(node)) {
      const at = offsetsOf(document, pair.key);
      const value = writtenValue(pair);
      const end = value === undefined ? at.end : offsetsOf(document, value).end;
      if (!unknown.has(at.start) && pair.key.value !== '<<') {
        found.push({ key: String(pair.key.value), at, whole: { end: Math.max(end, at.end) } });
      }
      visit(value);
    }
  };
  visit(document.root);
  return found;
}
