import type { Common, EffectiveSettings, MailServer } from './model.ts';

const indexes = new WeakMap<Common['mailServers'], ReadonlyMap<string, MailServer>>();

/** What `mailServers` says of the server that settings point at. */
export function mailServerOf({ smtpServer }: EffectiveSettings, common: Common): MailServer | undefined {
  return smtpServer?.value === undefined ? undefined : mailServerNamed(smtpServer.value, common);
}

/** What `mailServers` says of a host; of two entries for it the first. */
export function mailServerNamed(host: string, { mailServers }: Common): MailServer | undefined {
  if (mailServers.length === 0) return undefined;
  let index = indexes.get(mailServers);
  if (index === undefined) {
    const byHost = new Map<string, MailServer>();
    for (const each of mailServers) {
      const name = each.host.value && comparableHost(each.host.value);
      if (name !== undefined && !byHost.has(name)) byHost.set(name, each);
    }
    index = byHost;
    indexes.set(mailServers, index);
  }
  return index.get(comparableHost(host));
}

/** Hosts that are the same server have the same text. */
export function comparableHost(host: string): string {
  return host.trim().replace(/\.$/, '').toLowerCase();
}
