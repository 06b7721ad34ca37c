import type { PasswordPlace } from '../../../server/src/lsp/protocol.ts';
import type { Translate } from '../translate.ts';
import { visible } from '../visible.ts';

/** What a kept password opens, in words. */
export function placeLabel(place: PasswordPlace, t: Translate): string {
  if (place.kind === 'file') return visible(place.path);
  const tls = place.tls ? t('STARTTLS') : t('no TLS');
  return t('{0} at {1} ({2})', visible(place.user), `${visible(place.host)}:${place.port}`, tls);
}
