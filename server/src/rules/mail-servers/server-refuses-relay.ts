import { defineRule } from '../../lint/rule.ts';
import { mailServerOf } from '../../settings/mail-servers.ts';
import { placeOfPair } from '../logins.ts';
import { anonymousRelay, planning } from '../sources.ts';

export default defineRule({
  id: 'server-refuses-relay',
  title: 'SharePoint sends anonymously to a server that does not relay',
  severity: 'error',
  otherSeverities: ['warning'],
  versions: 'all',
  sources: [planning, anonymousRelay],
  docs: `
## What it reports

Anonymous settings for a mail server that is declared with \`relay.allowed: false\`. It is an error where the farm has
recipients outside the organisation, and for an IIS SMTP service, which has no mailboxes; else a warning. Where the farm
states \`externalRecipients: false\`, a server other than IIS may well deliver everything itself, and nothing is said.

## Why it matters

The mail server has to pass on what SharePoint sends. One that relays for nobody takes mail for its own domains only and
answers every other recipient with "unable to relay".

## Example

\`\`\`yaml
farm:
  externalRecipients: true
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication: anonymous
    useTls: false
mailServers:
  - host: smtp.contoso.com
    startTls: false
    relay: { allowed: false }
\`\`\`

## Instead

Have the farm's servers allowed to relay.

\`\`\`yaml
farm:
  externalRecipients: true
  outgoingEmail:
    smtpServer: smtp.contoso.com
    authentication: anonymous
    useTls: false
mailServers:
  - host: smtp.contoso.com
    startTls: false
    relay: { allowed: true }
\`\`\`
`,
  over: 'settings',
  check({ settings, common, report }) {
    const { authentication, smtpServer } = settings;
    const server = mailServerOf(settings, common);
    const allowed = server?.relay?.value?.allowed;
    if (smtpServer === undefined || authentication.value !== 'anonymous' || allowed?.value !== false) return;
    const outside = common.farm?.externalRecipients?.value;
    const isIis = server?.kind?.value === 'iis';
    if (outside === false && !isIis) return;
    const at = placeOfPair(smtpServer, authentication);
    report(at, 'This server relays for nobody who is anonymous; it refuses recipients that are not its own', {
      severity: outside === true || isIis ? 'error' : 'warning',
      related: [{ message: 'Relay is not allowed', at: allowed }],
    });
  },
});
