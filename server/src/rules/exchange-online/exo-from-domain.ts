import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { isAcceptedDomain } from '../exchange-online.ts';
import { placeOfPair } from '../logins.ts';
import { deviceSetup } from '../sources.ts';

export default defineRule({
  id: 'exo-from-domain',
  title: 'The From address is in no domain of the tenant',
  severity: 'error',
  versions: 'all',
  sources: [deviceSetup],
  docs: `
## What it reports

A From address whose domain is not among the \`acceptedDomains\` of the Exchange Online server in use. A subdomain counts only
where it is listed itself, or by a name such as \`*.contoso.com\`.

## Why it matters

With direct send and through a connector Exchange Online takes mail from the tenant's own, verified domains. With a login
the sender has to be a mailbox, which is in one of them too. Mail from elsewhere is refused.

## Example

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
    fromAddress: sharepoint@contoso.net
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    exchangeOnline:
      option: directSend
      acceptedDomains: [contoso.com]
\`\`\`

## Instead

\`\`\`yaml
farm:
  outgoingEmail:
    smtpServer: contoso-com.mail.protection.outlook.com
    fromAddress: sharepoint@contoso.com
mailServers:
  - host: contoso-com.mail.protection.outlook.com
    kind: exchangeOnline
    exchangeOnline:
      option: directSend
      acceptedDomains: [contoso.com]
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { fromAddress, smtpServer } = settings;
    const accepted = mailServerOf(settings, common)?.exchangeOnline?.value?.acceptedDomains;
    const address = fromAddress?.value?.trim();
    if (fromAddress === undefined || smtpServer === undefined || address === undefined || !address.includes('@'))
      return;
    const domain = address.slice(address.lastIndexOf('@') + 1);
    if (accepted === undefined || isAcceptedDomain(accepted, domain) !== false) return;
    const at = placeOfPair(fromAddress, smtpServer);
    const message =
      at === fromAddress
        ? 'This domain is none of the tenant’s accepted domains, so Exchange Online refuses the mail'
        : 'The From address is in no accepted domain of this tenant, so Exchange Online refuses the mail';
    report(at, message, { related: [{ message: 'The accepted domains', at: accepted }] });
  },
});
