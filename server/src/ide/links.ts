import type { Analysis } from '../analysis.ts';
import { type Node, type Pair, pairOf } from '../document/node.ts';
import { type Offsets, offsetsOf } from '../document/places.ts';
import type { Stated } from '../settings/model.ts';

/** A place that leads somewhere. */
export interface Link {
  readonly at: Offsets;
  readonly to:
    | { readonly kind: 'url'; readonly url: string }
    /** Relative to the folder of the file, with `/`. */
    | { readonly kind: 'file'; readonly path: string };
}

/** URLs of Central Administration and of web applications, files of certificates, the file that `$schema` names. */
export function linksOf({ document, settings }: Analysis): readonly Link[] {
  const { farm, certificates } = settings.common;
  const links: Link[] = [];
  const add = (node: Node, to: Link['to'] | undefined): void => {
    if (node.kind === 'scalar' && to !== undefined) links.push({ at: inQuotes(offsetsOf(document, node), node), to });
  };
  const urls = [farm?.centralAdministration, ...settings.webApplications.map(({ url }) => url)];
  for (const url of urls) if (url !== undefined) add(url.node, linkToUrl(url.value));
  for (const { path } of certificates) if (path !== undefined) add(path.node, linkToFile(path));
  const schema = schemaPair(document.root);
  if (schema !== undefined) {
    const text = String(schema.value.kind === 'scalar' ? schema.value.value : '');
    add(schema.value, linkToUrl(text) ?? linkToFile({ value: text }));
  }
  return links;
}

function schemaPair(root: Node): Pair | undefined {
  return root.kind === 'mapping' ? pairOf(root, '$schema') : undefined;
}

function linkToUrl(text: string | undefined): Link['to'] | undefined {
  if (text === undefined || !/^https?:\/\/[^\s]+$/i.test(text) || !URL.canParse(text)) return undefined;
  return { kind: 'url', url: text };
}

/** Files beside and below the file, and above it; never another computer's (`\\server\share`), which a click would log in to. */
function linkToFile({ value }: Pick<Stated<string>, 'value'>): Link['to'] | undefined {
  const path = value?.replaceAll('\\', '/') ?? '';
  if (path === '' || path.startsWith('/') || /^[\w+.-]+:/.test(path) || /[\0\r\n]/.test(path)) return undefined;
  return { kind: 'file', path };
}

function inQuotes({ start, end }: Offsets, node: Node): Offsets {
  const isQuoted = node.kind === 'scalar' && (node.style === 'single' || node.style === 'double');
  return isQuoted && end - start > 2 ? { start: start + 1, end: end - 1 } : { start, end };
}
