import { describe, expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import type { Format } from '../../server/src/document/split.ts';
import { recordServer } from '../../server/src/ide/record-server.ts';
import type { Learned } from '../../server/src/smtp/learned.ts';
import { applyEdits } from '../../server/src/text/position.ts';

const nothing: Learned = {
  host: 'smtp.contoso.com',
  startTls: undefined,
  authMechanisms: undefined,
  anonymousAccess: undefined,
  clientCertificates: undefined,
  relayAllowed: undefined,
  impersonation: undefined,
};
const learned: Learned = {
  ...nothing,
  startTls: true,
  authMechanisms: ['GSSAPI', 'NTLM'],
  clientCertificates: 'ignore',
  relayAllowed: true,
  impersonation: 'blocked',
};
const farm = 'version: 1\nfarm:\n  sharePointVersion: 2019\n  outgoingEmail: { smtpServer: smtp.contoso.com }\n';

function recorded(text: string, format: Format = 'yaml', what = learned): string {
  return applyEdits(text, recordServer(analyse(format, text, noSurroundings), what));
}

/** What a file says of the server in the end, whatever it looks like. */
function statedIn(text: string, format: Format): unknown {
  const { settings } = analyse(format, text, noSurroundings);
  return settings.common.mailServers.map((server) => ({
    host: server.host.value,
    startTls: server.startTls?.value,
    authMechanisms: server.authMechanisms?.value?.map(({ value }) => value),
    relay: server.relay?.value?.allowed?.value,
    clientCertificates: server.clientCertificates?.value,
    impersonation: server.impersonation?.value,
  }));
}

const all = {
  host: 'smtp.contoso.com',
  startTls: true,
  authMechanisms: ['GSSAPI', 'NTLM'],
  relay: true,
  clientCertificates: 'ignore',
  impersonation: 'blocked',
};

describe('what a server offers is written into mailServers', () => {
  test('a file without mailServers gets them at its end', () => {
    expect(recorded(farm)).toBe(
      `${farm}
mailServers:
  - host: smtp.contoso.com
    startTls: true
    authMechanisms: [GSSAPI, NTLM]
    relay: { allowed: true }
    clientCertificates: ignore
    impersonation: blocked
`,
    );
  });

  test('another server stays, and gives the style', () => {
    const text = `${farm}mailServers:\n-   host: other.contoso.com  # kept\n    kind: iis\n\n# the end\n`;
    expect(recorded(text)).toBe(
      text.replace(
        'kind: iis\n',
        'kind: iis\n-   host: smtp.contoso.com\n    startTls: true\n    authMechanisms: [GSSAPI, NTLM]\n    relay: { allowed: true }\n    clientCertificates: ignore\n    impersonation: blocked\n',
      ),
    );
  });

  test('the entry there is keeps what the test did not show', () => {
    const text = `${farm}mailServers:
  - host: SMTP.contoso.com
    kind: exchange
    startTls: false        # says Anna
    authMechanisms:
      - LOGIN
    relay:
      internetAccess: true
`;
    expect(recorded(text)).toBe(`${farm}mailServers:
  - host: SMTP.contoso.com
    kind: exchange
    startTls: true        # says Anna
    authMechanisms:
      [GSSAPI, NTLM]
    relay:
      internetAccess: true
      allowed: true
    clientCertificates: ignore
    impersonation: blocked
`);
  });

  test('a placeholder is not overwritten, and what stands there already is not written again', () => {
    const text = recorded(`${farm}mailServers:\n  - host: smtp.contoso.com\n    startTls: '#{StartTls}'\n`);
    expect(text).toContain("startTls: '#{StartTls}'\n");
    expect(recordServer(analyse('yaml', text, noSurroundings), learned)).toEqual([]);
  });

  test('nothing learned, nothing written', () => {
    expect(recordServer(analyse('yaml', farm, noSurroundings), nothing)).toEqual([]);
  });

  test.each<[string, Format, string]>([
    ['JSON', 'json', '{\n  "version": 1,\n  "farm": { "sharePointVersion": 2019 }\n}\n'],
    ['JSON with another server', 'json', '{\n  "mailServers": [\n    {\n      "host": "a"\n    }\n  ]\n}\n'],
    ['JSON on one line', 'json', '{"mailServers": [{"host": "a"}]}'],
    ['JSON with the entry', 'json', '{"mailServers": [{"host": "smtp.contoso.com", "startTls": false}]}'],
    ['JSONC with a comma at the end', 'jsonc', '{ // one\n\t"version": 1,\n}\n'],
    ['flow style', 'yaml', 'version: 1\nmailServers: [{ host: a }]\n'],
    ['CR LF', 'yaml', 'version: 1\r\nmailServers:\r\n  - host: a\r\n    kind: iis\r\n'],
    ['no newline at the end', 'yaml', 'version: 1\nmailServers:\n  - host: a'],
    ['an anchor used elsewhere', 'yaml', 'version: 1\nx: &a b\ny: *a\nmailServers:\n  - host: a\n'],
  ])('%s', (_, format, text) => {
    const after = recorded(text, format);
    expect(statedIn(after, format)).toContainEqual(all);
    if (text.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
    expect(recorded(after, format)).toBe(after);
  });

  test.each<[string, Format, string]>([
    ['a comment before the closing brace', 'jsonc', '{\n  "version": 1\n  // end\n}\n'],
    ['a half-typed file', 'yaml', 'version: 1\nmailServers: [\n'],
    ['a list of something else', 'yaml', 'version: 1\nmailServers: [a, b]\n'],
    ['an empty list', 'yaml', 'version: 1\nmailServers: []\n'],
  ])('a file that is not plain enough is left alone: %s', (_, format, text) => {
    expect(recorded(text, format)).toBe(text);
  });
});
