import { defineRule } from '../../lint/rule.ts';
import { configuration, planning } from '../sources.ts';
import { comparableUrl } from '../web-application-urls.ts';

export default defineRule({
  id: 'farm-target-not-central-admin',
  title: 'Settings for the URL of Central Administration stand under a web application',
  severity: 'error',
  versions: 'all',
  sources: [configuration, planning],
  docs: `
## What it reports

A web application with outgoing email settings whose \`url\` is that of \`farm.centralAdministration\`.

## Why it matters

The farm's settings are those of the Central Administration web application. Two places in the file then speak of the same
settings, and whichever is applied last wins: for the whole farm, not for one web application.

## Example

\`\`\`yaml
farm:
  centralAdministration: https://ca.contoso.com:2016/
webApplications:
  - name: Central Administration
    url: https://ca.contoso.com:2016/
    outgoingEmail:
      replyToAddress: admins@contoso.com
\`\`\`

## Instead

State the settings of Central Administration under \`farm\`.

\`\`\`yaml
farm:
  centralAdministration: https://ca.contoso.com:2016/
  outgoingEmail:
    replyToAddress: admins@contoso.com
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
\`\`\`
`,
  over: 'settings',
  check({ settings: { scope }, common: { farm }, report }) {
    if (scope.kind !== 'webApplication' || scope.webApplication.outgoingEmail === undefined) return;
    const { url } = scope.webApplication;
    const central = farm?.centralAdministration;
    const own = comparableUrl(url);
    if (url === undefined || central === undefined || own === undefined) return;
    if (own !== comparableUrl(central)) return;
    report(url, 'This is Central Administration, whose settings are the farm’s: these would replace them for all', {
      related: [{ message: 'The URL of Central Administration', at: central }],
    });
  },
});
