import type { Analysis } from '../analysis.ts';
import { replaceScalar } from '../document/edit.ts';
import type { Scalar } from '../document/node.ts';
import { type Offsets, offsetsOf } from '../document/places.ts';
import { comparableHost } from '../settings/mail-servers.ts';
import type { Stated } from '../settings/model.ts';
import type { Edit } from '../text/position.ts';

/** A name that settings refer to: of a certificate, or the host of a mail server. */
export interface Name {
  readonly kind: 'certificate' | 'mailServer';
  readonly text: string;
  /** The place under the cursor. */
  readonly at: Offsets;
  /** Where the name is given: under `certificates`, or under `mailServers`. */
  readonly definitions: readonly Offsets[];
  /** The settings that use it. */
  readonly uses: readonly Offsets[];
}

interface Mention {
  readonly kind: Name['kind'];
  readonly isDefinition: boolean;
  readonly text: string;
  readonly node: Scalar;
}

/** The name at a place; undefined where none stands there. */
export function nameAt(analysis: Analysis, offset: number): Name | undefined {
  const all = mentionsOf(analysis);
  const here = all.find(({ node }) => {
    const { start, end } = offsetsOf(analysis.document, node);
    return start <= offset && offset <= end;
  });
  if (here === undefined) return undefined;
  const same = all.filter((each) => isSame(each, here));
  const places = (isDefinition: boolean): readonly Offsets[] =>
    same.filter((each) => each.isDefinition === isDefinition).map(({ node }) => offsetsOf(analysis.document, node));
  const { kind, text, node } = here;
  return { kind, text, at: offsetsOf(analysis.document, node), definitions: places(true), uses: places(false) };
}

/** What a rename changes, or in one sentence why it cannot be done. Undefined where nothing that can be renamed stands. */
export function renameAt(analysis: Analysis, offset: number, name: string): readonly Edit[] | string | undefined {
  const here = nameAt(analysis, offset);
  if (here === undefined || here.kind === 'mailServer') return undefined;
  if (name.trim() === '') return 'A certificate needs a name.';
  if (/[\p{Cc}]/u.test(name)) return 'The name of a certificate is one line of text.';
  const all = mentionsOf(analysis).filter(({ kind }) => kind === 'certificate');
  if (all.some((each) => each.isDefinition && each.text === name && name !== here.text)) {
    return `Another certificate is called ${name} already.`;
  }
  const { document } = analysis;
  const renamed = all.filter(({ text }) => text === here.text);
  const edits = renamed.flatMap(({ node }) => replaceScalar(document.format, node, name));
  return edits.map(({ block, start, end, text }) => ({ ...offsetsOf(document, { block, start, end }), text }));
}

function isSame(one: Mention, other: Mention): boolean {
  if (one.kind !== other.kind) return false;
  return one.kind === 'certificate' ? one.text === other.text : comparableHost(one.text) === comparableHost(other.text);
}

/** Each place once, though an alias brings a value to several settings. */
function mentionsOf({ settings: { common, webApplications } }: Analysis): readonly Mention[] {
  const mentions = new Map<Scalar, Mention>();
  const add = (kind: Name['kind'], isDefinition: boolean, stated: Stated<string | null> | undefined): void => {
    if (stated?.node.kind !== 'scalar' || typeof stated.value !== 'string' || stated.value === '') return;
    mentions.set(stated.node, { kind, isDefinition, text: stated.value, node: stated.node });
  };
  for (const { name } of common.certificates) add('certificate', true, name);
  for (const { host } of common.mailServers) add('mailServer', true, host);
  for (const owner of [common.farm, ...webApplications]) {
    const settings = owner?.outgoingEmail?.value;
    add('certificate', false, settings?.clientCertificate);
    add('mailServer', false, settings?.smtpServer);
  }
  return [...mentions.values()];
}
