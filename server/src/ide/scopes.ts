import type { Analysis } from '../analysis.ts';
import { type Node, pairOf, type Span } from '../document/node.ts';
import { nameOf } from '../settings/effective.ts';

export interface Scope {
  /** `/farm`, or `/webApplications/<index>`. */
  readonly pointer: string;
  readonly title: string;
  /** URL of a web application, as the file writes it. */
  readonly url: string | undefined;
  /** What a lens stands above. */
  readonly at: Span;
  /** All of it. */
  readonly extent: Span;
}

/** Everything a test email can be sent for, in file order. */
export function scopesOf({ document, settings }: Analysis): readonly Scope[] {
  const scopes: Scope[] = [];
  const { farm } = settings.common;
  const farmKey = farm?.outgoingEmail?.key ?? farm?.stated.key;
  const farmNode = farm?.outgoingEmail?.node ?? farm?.stated.node;
  if (farmKey !== undefined && farmNode !== undefined) {
    const extent = { ...farmKey, end: farmNode.end };
    scopes.push({ pointer: '/farm', title: 'the farm', url: undefined, at: farmKey, extent });
  }
  const { root } = document;
  const list = root.kind === 'mapping' ? pairOf(root, 'webApplications')?.value : undefined;
  if (list?.kind !== 'sequence') return scopes;
  const byNode = new Map(
    settings.webApplications.map((webApplication) => [webApplication.node as Node, webApplication]),
  );
  for (const [index, item] of list.items.entries()) {
    const webApplication = byNode.get(item);
    if (webApplication === undefined) continue;
    const at = webApplication.node.pairs[0]?.key ?? webApplication.node;
    scopes.push({
      pointer: `/webApplications/${index}`,
      title: nameOf(webApplication),
      url: webApplication.url?.value,
      at,
      extent: webApplication.node,
    });
  }
  return scopes;
}
