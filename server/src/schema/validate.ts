import type { ErrorObject } from 'ajv';
import type { Document } from '../document/document.ts';
import type { Block, Node, Span } from '../document/node.ts';
import { type Kept, keep } from '../text/kept.ts';
import { lastAtOrBelow } from '../text/position.ts';
import { farmEmailShape } from './farm-email.ts';
import { type Part, problemOf, type SchemaProblem } from './problem.ts';
import type { Shape } from './shape.ts';
import { typeProblem } from './wrong-value.ts';

/** What the schema finds, and what it found in each block. */
export interface Validation {
  readonly problems: readonly SchemaProblem[];
  readonly blocks: Kept<Block, readonly SchemaProblem[]> | undefined;
}

const none: readonly SchemaProblem[] = [];

/** Most problems of syntax and schema that are shown of one file. */
const problemLimit = 1000;

/** Everything the schema finds in a document. A block that is the same as before is not validated again. */
export function validate(document: Document, before?: Validation, shape = farmEmailShape): Validation {
  const { root } = document;
  if (root.kind !== 'mapping') {
    const isRead = document.problems.length === 0;
    return {
      problems: isRead ? [typeProblem(root, root, 'The file', shape.schema)] : [],
      blocks: undefined,
    };
  }
  const problems = check({ shape, validator: 'root', path: [], node: root, key: undefined }, shallow);
  const blocks = keep(document.blocks, before?.blocks, (block) => {
    const found = partsOf(block, shape)
      .flatMap((part) => check(part, toData))
      .filter(({ at }) => !isBroken(block, at));
    return found.length === 0 ? none : found;
  });
  const room = Math.max(problemLimit - document.problems.length, 0);
  for (const found of blocks.results) {
    if (problems.length >= room) break;
    if (found !== none) problems.push(...found);
  }
  return { problems: problems.slice(0, room), blocks };
}

/** True for a line that could not be read: what the schema would say of the rest is guesswork. */
function isBroken({ lines, problems }: Block, { start }: Span): boolean {
  const line = lastAtOrBelow(lines, start);
  return problems.some((problem) => lastAtOrBelow(lines, problem.start) === line);
}

/** The parts of a block that have a validator of their own. */
function partsOf({ node, kind, list }: Block, shape: Shape): readonly Part[] {
  if (node === undefined) return [];
  if (kind === 'item') {
    return [{ shape, validator: `item_${list}`, path: [list, '0'], node, key: undefined }];
  }
  if (node.kind !== 'mapping') return [];
  return node.pairs.map(({ key, value }) => {
    const name = String(key.value);
    const validator = `${kind === 'list' ? 'list' : 'entry'}_${name.replace('$', '')}`;
    const empty: Node = { ...value, kind: 'sequence', items: [], flow: false, parent: undefined };
    return { shape, validator, path: [name], node: kind === 'list' ? empty : value, key };
  });
}

function check(part: Part, data: (node: Node) => unknown): SchemaProblem[] {
  const validator = part.shape.validators[part.validator];
  if (typeof validator !== 'function') return [];
  const run = validator as ((data: unknown) => boolean) & { errors?: ErrorObject[] | null };
  if (run(data(part.node))) return [];
  return (run.errors ?? []).flatMap((error) => {
    const problem = problemOf(part, error);
    return problem === undefined ? [] : [problem];
  });
}

/** A node as plain data. Maps have no prototype: a key such as `__proto__` is a key like any other. */
function toData(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(toData);
  const data: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.pairs) data[String(key.value)] = toData(value);
  return data;
}

function shallow(node: Node): unknown {
  const data: Record<string, unknown> = Object.create(null);
  if (node.kind === 'mapping') for (const { key } of node.pairs) data[String(key.value)] = true;
  return data;
}
