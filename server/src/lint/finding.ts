import type { Document } from '../document/document.ts';
import type { Fix } from '../document/edit.ts';
import type { Node, Span, SyntaxProblem } from '../document/node.ts';
import type { SchemaProblem } from '../schema/problem.ts';

/** error: mail fails or leaks; warning: likely wrong; information: worth knowing; hint: could be simpler. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

export interface Related {
  readonly message: string;
  readonly at: Span;
}

/** One thing that is wrong, whoever found it: the reader, the schema or a rule. Made from a node or a key, never from a default place. */
export interface Finding {
  /** `syntax/…`, `schema/…`, `suppression/…`, or the id of a rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Span;
  /** The node whose JSON pointer names the place; undefined for a problem of the syntax or of a comment. */
  readonly node: Node | undefined;
  /** Further nodes that are written in the same place: what an alias or a merge key repeats. */
  readonly copies?: readonly Node[];
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
}

/** A text with what was found in it. */
export interface Checked {
  readonly document: Document;
  /** In file order. */
  readonly findings: readonly Finding[];
  /** What comments of the file suppress and the configuration ignores, in file order. */
  readonly suppressed: readonly Suppressed[];
}

/** A finding that somebody accepted. */
export interface Suppressed {
  readonly finding: Finding;
  /** Why, in the words of whoever accepted it. */
  readonly reason: string | undefined;
  /** What says so: an entry of the configuration (in its own document), or a comment. */
  readonly at: Span;
  /** Further entries, which cover the other places that an alias repeats. */
  readonly also?: readonly Span[];
}

export function syntaxFinding(problem: SyntaxProblem): Finding {
  const { code, message } = problem;
  return { rule: `syntax/${code}`, severity: 'error', message, at: problem, node: undefined, fixes: [], related: [] };
}

export function schemaFinding({ code, message, at, node, fix }: SchemaProblem): Finding {
  const fixes = fix === undefined ? [] : [fix];
  return { rule: `schema/${code}`, severity: 'error', message, at, node, fixes, related: [] };
}
