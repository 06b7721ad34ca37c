import { expect, test } from 'vitest';
import { analyse, noSurroundings, settingsOf } from '../../server/src/analysis.ts';
import { clientCertificateRefusal } from '../../server/src/node/client-identity.ts';
import { planTestEmail } from '../../server/src/smtp/plan.ts';

const today = new Date('2026-06-01');

/** What is said of the certificate `smtp-client` with these lines, in a farm of this version. */
function refusalFor(lines: readonly string[], version = 'SubscriptionEdition', others: readonly string[] = []) {
  const text = `
version: 1
farm:
  name: Contoso intranet
  sharePointVersion: ${version}
  outgoingEmail:
    smtpServer: smtp.contoso.com
    useTls: true
    authentication: anonymous
    clientCertificate: smtp-client
    fromAddress: sharepoint@contoso.com
    replyToAddress: helpdesk@contoso.com
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
    outgoingEmail:
      clientCertificate: other
certificates:
  - name: smtp-client
    path: certs/smtp-client.pfx
${lines.map((line) => `    ${line}\n`).join('')}
  - name: other
    path: certs/other.pfx
${others.map((line) => `    ${line}\n`).join('')}`;
  const analysis = analyse('yaml', text, { ...noSurroundings, today });
  const settings = settingsOf(analysis, '/farm');
  if (settings === undefined) throw new Error('No settings.');
  const { certificates } = analysis.settings.common;
  const route = { kind: 'asConfigured' } as const;
  const result = planTestEmail({ purpose: 'probe', settings, certificates, route, computer: 'SP-APP01' });
  if (result.kind === 'refused') throw new Error(result.reason);
  const planned = result.plan.clientCertificate;
  if (planned === undefined) throw new Error('No client certificate is planned.');
  return clientCertificateRefusal(analysis, planned);
}

const lead = 'The certificate “smtp-client” does not meet SharePoint’s requirements.';

test('nothing is wrong', () => {
  const lines = ['store: EndEntity', 'keyAlgorithm: ECDSA', 'keyUsage: [digitalSignature]', 'notAfter: 2027-05-01'];
  expect(refusalFor(lines)).toBeUndefined();
});

test.each([
  ['store: Intermediate', `${lead} A client certificate has to be in the End Entity store.`],
  ['keyAlgorithm: DSA', `${lead} The key is DSA; SharePoint takes client certificates with RSA or ECDSA keys only.`],
  ['hasPrivateKey: false', `${lead} A client certificate needs its private key in SharePoint.`],
  ['keyUsage: [keyEncipherment]', `${lead} Its Key Usage lacks Digital Signature, which a client certificate needs.`],
  [
    'extendedKeyUsage: [serverAuth]',
    `${lead} Its Extended Key Usage lacks Client Authentication, which a client certificate needs.`,
  ],
  [
    'notAfter: 2026-05-01',
    'The mail server is likely to refuse the certificate “smtp-client”. It expired on 2026-05-01; mail servers refuse it.',
  ],
])('%s', (line, refusal) => {
  expect(refusalFor([line])).toBe(refusal);
});

test('a SharePoint that presents none', () => {
  expect(refusalFor([], '2019')).toBe(
    `${lead} SharePoint 2019 shows no client certificate; that came with Subscription Edition.`,
  );
});

test('what is only advised, what concerns another certificate, and what somebody accepts is no reason', () => {
  expect(refusalFor(['keyAlgorithm: RSA', 'keySize: 1024', 'exportable: true'])).toBeUndefined();
  expect(refusalFor([], undefined, ['store: Root', 'keyAlgorithm: DSA', 'notAfter: 2020-01-01'])).toBeUndefined();
  const accepted = 'store: Root # farm-email-disable-line client-cert-store -- it is moved next week';
  expect(refusalFor([accepted, 'thumbprint: 12'])).toBeUndefined();
});
