/** A URL to compare by: scheme and host in lower case, without a default port and a slash at the end; undefined for no URL. */
export function comparableUrl(text: string | undefined): string | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  return host === '' ? undefined : `${protocol}//${host}${pathname.replace(/\/+$/, '').toLowerCase()}`;
}
