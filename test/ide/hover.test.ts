import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyse, noSurroundings } from '../../server/src/analysis.ts';
import { hoverAt } from '../../server/src/ide/hover.ts';
import { root } from '../house/sources.ts';

/** The hover at `|` in a farm-email file. */
function hover(text: string): string {
  const offset = text.indexOf('|');
  return hoverAt(analyse('yaml', text.replace('|', ''), noSurroundings), offset)?.markdown ?? '';
}

const farm = `version: 1
farm:
  sharePointVersion: 2019
  outgoingEmail:
    smtpServer: smtp.contoso.com
    smtpPort: 587
webApplications:
  - name: Portal
    url: https://portal/
  - name: Projects
    url: https://projects/
    outgoingEmail: { smtpPort: 25, fromAddress: "\`x\` [y](command:z)@contoso.com" }
mailServers:
  - host: smtp.contoso.com
    kind: exchange
`;
const at = (found: string): string => farm.replace(found, `|${found}`);

describe('hover', () => {
  test.each([
    [
      'smtpServer: smtp',
      '**Outbound SMTP server**',
      'In force for the farm: `smtp.contoso.com`, from the farm',
      'Every web application inherits it',
    ],
    ['smtpPort: 587', 'Overridden by `Projects`', 'In force for the farm: `587`'],
    ['smtpPort: 25', 'In force for `Projects`: `25`, stated by the web application', 'The farm states `587`'],
    ['25,', 'In force for `Projects`: `25`'],
    [': 25', 'In force for `Projects`: `25`'],
    [
      'outgoingEmail: {',
      '| smtpServer | `smtp.contoso.com` | from the farm |',
      '| smtpPort | `25` | stated by the web application |',
    ],
    ['kind: exchange', '`exchange`: '],
  ])('at %s', (place, ...parts) => {
    for (const part of parts) expect(hover(at(place))).toContain(part);
  });

  test('a value of the file cannot become a link', () => {
    expect(hover(at('fromAddress:'))).toContain('``  `x` [y](command:z)@contoso.com  ``'.replace(/ {2}/g, ' '));
  });

  test.each(['contoso/farm-email.yaml', 'fabrikam/farm-email.json', 'datacenter/prod.farm-email.jsonc'])(
    'anywhere in %s it answers, and every key is described',
    (name) => {
      const text = readFileSync(path.join(root, 'examples', name), 'utf8');
      const format = path.extname(name).slice(1) as 'yaml' | 'json' | 'jsonc';
      const analysis = analyse(format, text, noSurroundings);
      for (let offset = 0; offset <= text.length; offset++) hoverAt(analysis, offset);
      for (const match of text.matchAll(/^[\s{-]*"?(\w+)"?:/gm)) {
        const offset = match.index + match[0].indexOf(match[1] ?? '');
        if (!text.slice(0, offset).endsWith('# '))
          expect(hoverAt(analysis, offset + 1)?.markdown, match[0]).toMatch(/^\*\*/);
      }
    },
  );

  test('on a finding: why it matters, and where that is written', () => {
    const markdown = hover(at('smtpPort: 587').replace('587', '465'));
    expect(markdown).toContain('(port-implicit-tls)');
    expect(markdown).toMatch(/\[[^\]]+\]\(https:\/\/[^)]+\)$/);
  });

  test('on a rule that a comment names: what it is, and what the comment does', () => {
    const text = farm.replace('smtpPort: 587', 'smtpPort: 465 # farm-email-disable-line port-im|plicit-tls -- soon');
    expect(hover(text)).toMatch(/^\*\*Port 465[\s\S]*1 finding of it is accepted in this file\.$/);
    expect(hover(text.replace('465 #', '587 #'))).toContain('0 findings of it are accepted in this file.');
    expect(hover(farm.replace('587', '587 # farm-email-disable-line no-ru|le'))).not.toContain('accepted');
  });
});
