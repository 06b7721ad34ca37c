import { domainToASCII } from 'node:url';
import type { PlanSummary } from '../../server/src/lsp/protocol.ts';
import type { Translate } from './translate.ts';
import { visible } from './visible.ts';

export interface Confirmation {
  readonly plan: PlanSummary;
  readonly to: string;
  /** The editor holds changes that are not saved; they are what is sent. */
  readonly unsaved: boolean;
}

/** What the dialog shows under its question: everything a person must see before a test email is sent. */
export function confirmationDetail({ plan, to, unsaved }: Confirmation, t: Translate): string {
  const lines: [string, string][] = [
    [t('Host'), shownHost(plan.host)],
    [t('Port'), String(plan.port)],
    [t('TLS'), plan.tls ? t('STARTTLS, or nothing is sent') : t('none; the message travels in clear text')],
    [t('User'), shownUser(plan.user, t)],
    [t('From'), visible(plan.from)],
    [t('Reply-To'), plan.replyTo === undefined ? t('none') : visible(plan.replyTo)],
    [t('To'), visible(to)],
    [t('Sending computer'), visible(plan.computer)],
  ];
  if (plan.route === 'localInbox') lines.unshift([t('Route'), t('the local inbox; nothing leaves this computer')]);
  if (unsaved) lines.push([t('Settings'), t('as shown in the editor, not saved')]);
  return lines.map(([label, value]) => `${label}: ${value}`).join('\n');
}

/** One line for the choice of the route: `smtp.contoso.com:587, STARTTLS, CONTOSO\svc-mail`. */
export function routeDetail(plan: PlanSummary, t: Translate): string {
  const tls = plan.tls ? t('STARTTLS') : t('no TLS');
  return `${shownHost(plan.host)}:${plan.port}, ${tls}, ${shownUser(plan.user, t)}`;
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
