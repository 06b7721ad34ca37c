import { describe, expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { errorsOf } from '../../server/src/ide/scope-errors.ts';

const text = `version: 1
farm:
  sharePointVersion: SubscriptionEdition
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 465
    useTls: true
    authentication: anonymous
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk
    clientCertificate: smtp-client
    overrideEnvelopeSender: true
webApplications:
  - name: Inherits
    url: https://a.contoso.com/
  - name: Overrides
    url: https://b.contoso.com/
    outgoingEmail:
      smtpServer: relay.contoso.com
      smtpPort: 25
      clientCertificate: null
  - name: Wrong itself
    url: https://c.contoso.com/
    outgoingEmail: { fromAddress: c }
certificates:
  - name: smtp-client
    store: EndEntity
    hasPrivateKey: false
    keyAlgorithm: DSA
    keySize: 1024
  - name: spare
    keySise: 2048
mailServers:
  - host: smtp.contoso.com
    startTls: false
  - host: relay.contoso.com
    kind: relais
`;

const inherited = [
  'client-cert-key-algorithm',
  'client-cert-private-key',
  'port-implicit-tls',
  'reply-to-invalid',
  'server-without-starttls',
];

const analysis = analyse('yaml', text, noSurroundings);

function rulesOf(scope: string): readonly string[] {
  return [...new Set(errorsOf(analysis, scope).map(({ rule }) => rule))].sort();
}

describe('the errors that concern the settings in force', () => {
  test('the file of this test has errors in every part', () => {
    const errors = analysis.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
    expect([...new Set(errors)].sort()).toEqual([
      'client-cert-key-algorithm',
      'client-cert-private-key',
      'from-invalid',
      'port-implicit-tls',
      'reply-to-invalid',
      'schema/unknown-key',
      'schema/value',
      'server-without-starttls',
    ]);
  });

  test.each([
    ['the farm', '/farm', inherited],
    ['a web application that inherits', '/webApplications/0', inherited],
    ['a web application that overrides', '/webApplications/1', ['reply-to-invalid', 'schema/value']],
    ['a web application that is wrong itself', '/webApplications/2', [...inherited, 'from-invalid'].sort()],
    ['one that is not there', '/webApplications/9', []],
  ])('%s', (_what, scope, rules) => {
    expect(rulesOf(scope)).toEqual(rules);
  });

  test('what the reader finds concerns all', () => {
    const broken = analyse('yaml', `${text}  - ]\n`, noSurroundings);
    expect(errorsOf(broken, '/farm').map(({ rule }) => rule.split('/')[0])).toContain('syntax');
  });
});
