import type { Stated } from '../settings/model.ts';

const known = new WeakMap<Stated<string>, { readonly url: string | undefined }>();

/** A URL to compare by: scheme and host in lower case, without a default port and a slash at the end; undefined for no URL. */
export function comparableUrl(stated: Stated<string> | undefined): string | undefined {
  if (stated === undefined) return undefined;
  let entry = known.get(stated);
  if (entry === undefined) {
    entry = { url: comparableText(stated.value) };
    known.set(stated, entry);
  }
  return entry.url;
}

/** As `comparableUrl`, of a text that stands in no file. */
export function comparableText(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  return host === '' ? undefined : `${protocol}//${host}${pathname.replace(/\/+$/, '').toLowerCase()}`;
}
