import { mailServerOf } from '../settings/mail-servers.ts';
import type { Common, EffectiveSettings, MailServer, ReceiveConnector, StatedList } from '../settings/model.ts';

/** The receive connector that settings point at. */
export function connectorOf(settings: EffectiveSettings, common: Common): ReceiveConnector | undefined {
  return mailServerOf(settings, common)?.receiveConnector?.value;
}

/** True where a list has a name, in any case. */
export function lists(list: StatedList | undefined, name: string): boolean {
  return list?.value?.some(({ value }) => value?.toLowerCase() === name.toLowerCase()) ?? false;
}

/** True where whoever may connect counts as authenticated. */
export function isExternallySecured(server: MailServer | undefined): boolean {
  return lists(server?.receiveConnector?.value?.authentication, 'ExternalAuthoritative');
}

/** The rights that let an account relay, and send in the name of others. */
export const rights = {
  submit: 'ms-Exch-SMTP-Submit',
  anyRecipient: 'ms-Exch-SMTP-Accept-Any-Recipient',
  anySender: 'ms-Exch-SMTP-Accept-Any-Sender',
  domainSender: 'ms-Exch-SMTP-Accept-Authoritative-Domain-Sender',
  headersRouting: 'ms-Exch-Accept-Headers-Routing',
} as const;
