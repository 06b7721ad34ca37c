import type { Fix } from '../document/edit.ts';
import type { Node, Span } from '../document/node.ts';

/** error: mail fails or leaks; warning: likely wrong; information: worth knowing; hint: could be simpler. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Related {
  readonly message: string;
  readonly at: Span;
}

/** One thing that is wrong, whoever found it: the reader, the schema or a rule. Made from a node or a key, never from a default place. */
export interface Finding {
  /** `syntax/…`, `schema/…`, or the id of a rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Span;
  /** The node whose JSON pointer names the place; undefined for a problem of the syntax. */
  readonly node: Node | undefined;
  /** Further nodes that are written in the same place: what an alias or a merge key repeats. */
  readonly copies?: readonly Node[];
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
}
