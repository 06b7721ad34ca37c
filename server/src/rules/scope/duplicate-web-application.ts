import { defineRule } from '../../lint/rule.ts';
import type { Stated } from '../../settings/model.ts';
import { outgoingEmailDsc } from '../sources.ts';
import { comparableUrl } from '../web-application-urls.ts';

export default defineRule({
  id: 'duplicate-web-application',
  title: 'A web application stands twice',
  severity: 'error',
  versions: 'all',
  sources: [outgoingEmailDsc],
  docs: `
## What it reports

A \`url\` under \`webApplications\` that stood there before. Case, a default port and a slash at the end make no difference.

## Why it matters

A web application has one set of outgoing email settings. Of two entries for it the one that is applied last wins, and a
reader of the file cannot tell which; SharePointDsc takes the URL as the key of the settings and refuses a second one.

## Example

\`\`\`yaml
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
  - name: Portal (new)
    url: https://portal.contoso.com:443
\`\`\`

## Instead

\`\`\`yaml
webApplications:
  - name: Portal
    url: https://portal.contoso.com/
\`\`\`
`,
  over: 'file',
  check({ file, report }) {
    const before = new Map<string, Stated<string>>();
    for (const { url } of file.webApplications) {
      const own = comparableUrl(url);
      if (url === undefined || own === undefined) continue;
      const first = before.get(own);
      if (first === undefined) before.set(own, url);
      else {
        report(url, 'This web application stands here already; of two sets of settings one is lost', {
          related: [{ message: 'The first entry for it', at: first }],
        });
      }
    }
  },
});
