import type { Common, EffectiveSettings, MailServer } from './model.ts';

const indexes = new WeakMap<Common['mailServers'], ReadonlyMap<string, MailServer>>();

/** What `mailServers` says of the server that settings point at; of two entries for one host the first. */
export function mailServerOf({ smtpServer }: EffectiveSettings, { mailServers }: Common): MailServer | undefined {
  if (smtpServer?.value === undefined || mailServers.length === 0) return undefined;
  let index = indexes.get(mailServers);
  if (index === undefined) {
    const byHost = new Map<string, MailServer>();
    for (const each of mailServers) {
      const host = each.host.value && comparable(each.host.value);
      if (host !== undefined && !byHost.has(host)) byHost.set(host, each);
    }
    index = byHost;
    indexes.set(mailServers, index);
  }
  return index.get(comparable(smtpServer.value));
}

function comparable(host: string): string {
  return host.trim().replace(/\.$/, '').toLowerCase();
}
