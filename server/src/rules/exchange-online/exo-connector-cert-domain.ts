import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { certificateNamed } from '../client-certificates.ts';
import { isAcceptedDomain } from '../exchange-online.ts';
import { deviceSetup, newInboundConnector } from '../sources.ts';

export default defineRule({
  id: 'exo-connector-cert-domain',
  title: 'The connector’s certificate is for no domain of the tenant',
  severity: 'error',
  versions: ['SubscriptionEdition'],
  sources: [deviceSetup, newInboundConnector],
  docs: `
## What it reports

A \`connector.certificateDomain\` of a mail server in use, for \`option: connectorRelay\`, that is not among the tenant's
\`acceptedDomains\`; and a client certificate whose file names no such domain. A subdomain counts only where it is listed
itself, or by a name such as \`*.contoso.com\`.

## Why it matters

A connector knows the farm by a certificate whose name is a verified domain of the tenant. With another name the mail is not
matched to the connector, and is relayed for nobody.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    exchangeOnline:
      option: connectorRelay
      acceptedDomains: [contoso.com]
      connector: { certificateDomain: relay.contoso.net }
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    exchangeOnline:
      option: connectorRelay
      acceptedDomains: [contoso.com, relay.contoso.com]
      connector: { certificateDomain: relay.contoso.com }
\`\`\`
`,
  over: 'settings',
  check({ settings, common, certificate: read, report }) {
    const { option, acceptedDomains, connector } = mailServerOf(settings, common)?.exchangeOnline?.value ?? {};
    const domain = connector?.value?.certificateDomain;
    if (option?.value !== 'connectorRelay' || domain?.value === undefined || acceptedDomains === undefined) return;
    const wanted = domain.value.replace(/^\*\./, '');
    if (isAcceptedDomain(acceptedDomains, wanted) === false) {
      report(domain, 'This is no accepted domain of the tenant, so the connector matches no mail', {
        related: [{ message: 'The accepted domains', at: acceptedDomains }],
      });
      return;
    }
    const { value: name } = settings.clientCertificate;
    const certificate = typeof name === 'string' ? certificateNamed(common.certificates, name) : undefined;
    const reading = certificate && read(certificate);
    const names = reading?.kind === 'read' ? reading.certificates[0]?.names : undefined;
    if (names === undefined || names.some((each) => isIn(each.toLowerCase(), wanted.toLowerCase()))) return;
    report(settings.clientCertificate, 'This certificate does not name the domain that the connector knows it by', {
      related: [{ message: 'The domain of the connector', at: domain }],
    });
  },
});

function isIn(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`) || (name.startsWith('*.') && domain.endsWith(name.slice(1)));
}
