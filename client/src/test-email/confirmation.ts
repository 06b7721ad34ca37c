import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import type { PlanSummary, ProbeParams } from '../../../server/src/lsp/protocol.ts';
import type { Translate } from '../translate.ts';
import { visible } from '../visible.ts';

/** What a probe asks besides the configured steps. */
export type Questions = Pick<ProbeParams, 'outsideRecipient' | 'otherSender' | 'comparePorts'>;

export interface Confirmation extends Questions {
  readonly plan: PlanSummary;
  readonly to: string;
  /** When every login was refused, the probe goes on without one. */
  readonly goesOn?: boolean;
  /** No test went to this server before: host, port, TLS and user are new to this computer. */
  readonly isFirst?: boolean;
  /** What VS Code is connected to, such as `ssh-remote`; undefined where it runs on the computer that sends. */
  readonly remote?: string | undefined;
  /** The passwords that come from VS Code's secret storage. */
  readonly kept?: readonly string[];
  /** The editor holds changes that are not saved; they are what is sent. */
  readonly unsaved: boolean;
}

/** What the dialog shows under its question: everything a person must see before anything is sent or probed. */
export function confirmationDetail(confirmation: Confirmation, t: Translate): string {
  const { plan } = confirmation;
  const lines = [...placeLines(plan, t), ...loginLines(confirmation, t), ...envelopeLines(confirmation, t)];
  const detail = lines.map(([label, value]) => `${label}: ${value}`).join('\n');
  return [detail, ...warnings(confirmation, t)].join('\n\n');
}

/** One line for the choice of the route: `smtp.contoso.com:587, STARTTLS, CONTOSO\svc-mail`. */
export function routeDetail(plan: PlanSummary, t: Translate): string {
  const tls = plan.tls ? t('STARTTLS') : t('no TLS');
  return `${shownHost(plan.host)}:${plan.port}, ${tls}, ${shownUser(plan.user, t)}`;
}

type Line = readonly [label: string, value: string];

function placeLines(plan: PlanSummary, t: Translate): readonly Line[] {
  const isInbox = plan.route === 'localInbox';
  // An IP address is what it leads to.
  const isName = !isInbox && isIP(plan.host) === 0;
  const addresses = plan.addresses.map(visible).join(', ');
  return [
    ...(isInbox ? [[t('Route'), t('the local inbox; nothing leaves this computer')] as const] : []),
    [t('Host'), shownHost(plan.host)],
    ...(isName ? [[t('Address'), addresses === '' ? t('not found') : addresses] as const] : []),
    [t('Port'), String(plan.port)],
    [t('TLS'), tlsOf(plan, t)],
  ];
}

function tlsOf({ tls, purpose }: PlanSummary, t: Translate): string {
  if (tls) return purpose === 'send' ? t('STARTTLS, or nothing is sent') : t('STARTTLS, or the probe ends');
  return purpose === 'send' ? t('none; the message travels in clear text') : t('none; all travels in clear text');
}

function loginLines({ plan, kept = [] }: Confirmation, t: Translate): readonly Line[] {
  const { user, mechanisms, clientCertificate } = plan;
  return [
    [t('User'), shownUser(user, t)],
    ...(mechanisms.length > 0 ? [[t('Login'), mechanisms.map(visible).join(', ')] as const] : []),
    ...(clientCertificate === undefined ? [] : [[t('Client certificate'), visible(clientCertificate)] as const]),
    ...kept.map((each) => [t('Kept password'), each] as const),
  ];
}

function envelopeLines(confirmation: Confirmation, t: Translate): readonly Line[] {
  const { plan, to, outsideRecipient, otherSender, comparePorts, unsaved } = confirmation;
  const isSend = plan.purpose === 'send';
  const replyTo = plan.replyTo === undefined ? t('none') : visible(plan.replyTo);
  return [
    [t('From'), visible(plan.from)],
    // A probe has no message that could have one.
    ...(isSend ? [[t('Reply-To'), replyTo] as const] : []),
    [t('To'), visible(to)],
    ...(outsideRecipient === undefined ? [] : [[t('Outside recipient'), visible(outsideRecipient)] as const]),
    ...(otherSender === undefined ? [] : [[t('Other sender'), visible(otherSender)] as const]),
    ...(comparePorts ? [[t('Ports compared'), t('25 and 587')] as const] : []),
    [isSend ? t('Sending computer') : t('Probing computer'), computerOf(confirmation, t)],
    ...(unsaved ? [[t('Settings'), t('as shown in the editor, not saved')] as const] : []),
  ];
}

/** The language server's computer; where VS Code is connected to it, people may think of the one they sit at. */
function computerOf({ plan, remote }: Confirmation, t: Translate): string {
  const computer = visible(plan.computer);
  return remote === undefined ? computer : t('{0}, over {1}; not the computer you sit at', computer, visible(remote));
}

function warnings({ plan, goesOn, isFirst }: Confirmation, t: Translate): readonly string[] {
  const isInbox = plan.route === 'localInbox';
  // GSSAPI may carry NTLM.
  const mayAnswerNtlm = !isInbox && plan.mechanisms.some((name) => name === 'NTLM' || name === 'GSSAPI');
  return [
    ...(isFirst ? [t('The first test to this server, in this way, from VS Code of this user.')] : []),
    ...(plan.purpose === 'probe'
      ? [t('Nothing is delivered: the server is asked up to RCPT TO, and no further.')]
      : []),
    ...(goesOn
      ? [
          t(
            'The login is tried once more, which may count towards locking the account. When it is refused, the probe goes on without one, as SharePoint is likely to do.',
          ),
        ]
      : []),
    ...(mayAnswerNtlm
      ? [t('Whoever runs the server can attack an answer for NTLM off line, to find the password.')]
      : []),
  ];
}

/** `user` of a plan is `anonymous` where nobody logs in. */
function shownUser(user: string, t: Translate): string {
  return user === 'anonymous' ? t('anonymous') : visible(user);
}

/** A name that only looks like another one shows what it is: `cοntoso.com (xn--cntoso-0ze.com)`. */
function shownHost(host: string): string {
  const ascii = domainToASCII(host);
  const shown = visible(host);
  return ascii === '' || ascii === host.toLowerCase() ? shown : `${shown} (${ascii})`;
}
