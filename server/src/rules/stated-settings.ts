import { pairOf } from '../document/node.ts';
import { nearest } from '../schema/nearest.ts';
import { nameOf } from '../settings/effective.ts';
import type { FarmEmail, OutgoingEmail, Stated, WebApplication } from '../settings/model.ts';

export interface StatedSettings {
  /** As people call it, to begin a sentence with. */
  readonly name: string;
  /** Undefined for the farm's own. */
  readonly webApplication: WebApplication | undefined;
  readonly outgoingEmail: OutgoingEmail;
}

/**
 * The blocks `outgoingEmail` that the file states: the farm's, then those of web applications. What such a block states
 * is in force for its owner at least, as Central Administration sends mail too.
 */
export function statedSettings({ common: { farm }, webApplications }: FarmEmail): readonly StatedSettings[] {
  const own = farm?.outgoingEmail?.value;
  const stated: StatedSettings[] =
    own === undefined ? [] : [{ name: 'The farm', webApplication: undefined, outgoingEmail: own }];
  for (const webApplication of webApplications) {
    const outgoingEmail = webApplication.outgoingEmail?.value;
    if (outgoingEmail !== undefined) stated.push({ name: nameOf(webApplication), webApplication, outgoingEmail });
  }
  return stated;
}

/**
 * True where a key stands in a block, even with nothing behind it, with a value of the wrong type or misspelt: the schema
 * has reported that. True as well where the block is half-typed, as the key may be what is being written.
 */
export function isNamed(block: Stated<unknown> | undefined, key: string): boolean {
  if (block?.node.kind !== 'mapping') return false;
  const { node } = block;
  if (pairOf(node, key) !== undefined || node.block.problems.length > 0) return true;
  return node.pairs.some((pair) => nearest(String(pair.key.value), [key]) === key);
}
