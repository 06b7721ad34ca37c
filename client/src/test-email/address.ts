import type { Translate } from '../translate.ts';

/** RFC 5321: 64 octets before the @, 254 in all. */
const longestLocalPart = 64;
const longestAddress = 254;

const notAllowed = /[\s\p{C}]/u;
const special = /[()<>[\]:;,"\\]/;

/**
 * Why this cannot be an address to test with, in one sentence; undefined where it can. One plain mailbox: no name, no list, no
 * group, no route, no quoted part. The server checks again, more strictly.
 */
export function addressProblem(text: string, t: Translate): string | undefined {
  if (text === '') return t('Enter an address, such as name@contoso.com.');
  if (notAllowed.test(text)) return t('An address has no spaces and no control characters.');
  if (special.test(text)) return t('Enter one plain address, such as name@contoso.com.');
  const [local, domain, ...more] = text.split('@');
  if (domain === undefined) return t('An address has an @, such as name@contoso.com.');
  if (more.length > 0) return t('Enter one address with one @.');
  if (local === undefined || local === '') return t('The name before the @ is missing.');
  if (domain === '') return t('The domain after the @ is missing.');
  if (domain.split('.').includes('')) return t('The domain after the @ is not complete.');
  if (local.length > longestLocalPart || text.length > longestAddress) return t('This address is too long.');
  return undefined;
}
