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
