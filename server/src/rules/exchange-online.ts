import type { StatedList } from '../settings/model.ts';

/** True for the host of SMTP AUTH client submission: `smtp.office365.com`, and its old name. */
export function isSubmissionHost(host: string | undefined): boolean {
  return /^smtp(?:-legacy)?\.office365\.com\.?$/i.test(host ?? '');
}

/** True for the host that takes a tenant's mail, to which direct send and a connector relay go. */
export function isMxHost(host: string | undefined): boolean {
  return (host ?? '').length <= 253 && /^[\w-]+(?:\.[\w-]+)*\.mail\.protection\.outlook\.com\.?$/i.test(host ?? '');
}

export function isExchangeOnlineHost(host: string | undefined): boolean {
  return isSubmissionHost(host) || isMxHost(host);
}

const known = new WeakMap<StatedList, ReadonlySet<string>>();

/** Whether a domain is listed, by itself or by a name such as `*.contoso.com`; undefined where the list is not known whole. */
export function isAcceptedDomain(list: StatedList, domain: string): boolean | undefined {
  let accepted = known.get(list);
  if (accepted === undefined) {
    accepted = new Set((list.value ?? []).map(({ value = '' }) => comparable(value)));
    known.set(list, accepted);
  }
  if (!list.isKnown || accepted.size === 0) return undefined;
  const labels = comparable(domain).split('.');
  return (
    accepted.has(labels.join('.')) || labels.some((_, i) => i > 0 && accepted.has(`*.${labels.slice(i).join('.')}`))
  );
}

function comparable(domain: string): string {
  return domain.trim().toLowerCase().replace(/\.$/, '');
}
