import type { Plan, PlannedLogin } from '../smtp/plan.ts';
import { visible } from '../text/visible.ts';

/** What a test would do besides what its plan says. */
export interface PlannedTest {
  readonly plan: Plan;
  readonly to: string;
  /** Why this recipient, where the user did not name it. */
  readonly toNote?: string | undefined;
  /** Where the password comes from; undefined where none is sent. */
  readonly password: string | undefined;
  /** Further lines, each with its label. */
  readonly more?: readonly (readonly [label: string, text: string])[];
}

/** Everything a person must see before a test, for a terminal. Holds no secret. */
export function planText({ plan, to, toNote, password, more = [] }: PlannedTest): string {
  const { purpose, title, route, host, port, tls, login, clientCertificate, from, replyTo, charset, computer } = plan;
  const isInbox = route === 'localInbox';
  const place = isInbox ? ', the inbox on this computer; nothing leaves it' : '';
  const isNtlm = !isInbox && login?.mechanisms.includes('NTLM') === true && tls;
  const rows: (readonly [string, string])[] = [
    ['Server', `${host}, port ${port}${place}`],
    ['TLS', tls ? 'STARTTLS, or nothing is sent' : 'none; everybody on the way can read it'],
    ['Login', login ? loginText(login, tls) : 'anonymous'],
    ...(isNtlm ? [['', 'an NTLM answer can be attacked off line by the server that gets it'] as const] : []),
    ...(login?.password === 'throwaway' ? [['Password', 'a made-up one'] as const] : []),
    ...(password === undefined ? [] : [['Password', password] as const]),
    ...(clientCertificate ? [['Certificate', `${clientCertificate.name}, ${clientCertificate.path}`] as const] : []),
    ['From', from],
    ...(purpose === 'send' ? [['Reply-To', replyTo ?? 'none'] as const] : []),
    ['To', toNote === undefined ? to : `${to}, ${toNote}`],
    ...(purpose === 'send' ? [['Characters', `${charset.number} (${charset.name})`] as const] : []),
    ...more,
    ['Sent from', computer],
  ];
  const head = purpose === 'send' ? `One test email for ${title}` : `A probe for ${title}; nothing is delivered`;
  const width = Math.max(...rows.map(([label]) => label.length));
  return [`${head}:`, ...rows.map(([label, text]) => `  ${label.padEnd(width)}  ${visible(text)}`), ''].join('\n');
}

function loginText({ userName, mechanisms }: PlannedLogin, tls: boolean): string {
  return tls
    ? `${userName}, by AUTH ${alternatives(mechanisms)}, as the server offers`
    : `${userName}; not tried, because TLS is off`;
}

function alternatives(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
