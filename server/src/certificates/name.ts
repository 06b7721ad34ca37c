import { type Der, oidOf, textOf } from './der.ts';
import { nameAttributes } from './oids.ts';

const commonName = '2.5.4.3';

/** A distinguished name as Windows prints it: the encoded order reversed, `CN=Contoso Issuing CA, O=Contoso, C=US`. */
export function nameText(name: Der): string {
  return [...name.children]
    .reverse()
    .map((set) => set.children.map(partText).join(' + '))
    .join(', ');
}

function partText(part: Der): string {
  const [type, value] = part.children;
  const oid = oidOf(type) ?? '?';
  return `${nameAttributes.get(oid) ?? `OID.${oid}`}=${quoted(textOf(value) ?? '?')}`;
}

function quoted(value: string): string {
  if (!/[,+="\n<>#;]|^\s|\s$/.test(value)) return value;
  return `"${value.replaceAll('"', '""')}"`;
}

/** The most specific common name. */
export function commonNameOf(name: Der): string | undefined {
  const part = name.children.flatMap((set) => set.children).findLast((each) => oidOf(each.children[0]) === commonName);
  return textOf(part?.children[1]);
}

/**
 * Whether two written names mean the same: the order of the parts, spaces around them, letter case and the spellings
 * `S`/`ST` and `E`/`EMAILADDRESS` do not matter, so what PowerShell, openssl and a person write can be compared.
 */
export function isSameName(one: string, other: string): boolean {
  return comparable(one) === comparable(other);
}

const spellings: ReadonlyMap<string, string> = new Map([
  ['ST', 'S'],
  ['EMAIL', 'E'],
  ['EMAILADDRESS', 'E'],
  ['GN', 'G'],
  ['GIVENNAME', 'G'],
]);

function comparable(name: string): string {
  return splitParts(name)
    .map((part) => {
      const at = part.indexOf('=');
      const type = part.slice(0, Math.max(at, 0)).trim().toUpperCase();
      const value = part
        .slice(at + 1)
        .trim()
        .replace(/\s+/g, ' ');
      return `${spellings.get(type) ?? type}=${value.toLowerCase()}`;
    })
    .sort()
    .join('\n');
}

/** At `,` `+` or `;` outside quotes; quotes are taken off, and a backslash guards the next character. */
function splitParts(name: string): string[] {
  const parts = [''];
  let isQuoted = false;
  for (let at = 0; at < name.length; at++) {
    const last = parts.length - 1;
    const char = name.charAt(at);
    if (char === '\\') parts[last] += name.charAt(++at);
    else if (char === '"' && isQuoted && name.charAt(at + 1) === '"') parts[last] += name.charAt(++at);
    else if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (char === ',' || char === '+' || char === ';')) parts.push('');
    else parts[last] += char;
  }
  return parts.filter((part) => part.trim() !== '');
}
